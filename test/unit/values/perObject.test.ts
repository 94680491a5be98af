import { perObject } from '../../../nodes/WhatsAppCloud/values/once/perObject';

test('makes something of each object once, also nothing', () => {
	const given: object[] = [];
	const made = perObject((object: object) => {
		given.push(object);
		return given.length === 1 ? null : given.length;
	});
	const [first, second] = [{}, {}];
	expect([made(first), made(second), made(first), made(second)]).toEqual([null, 2, null, 2]);
	expect(given).toEqual([first, second]);
});

import { credentials, ids, itemsOf } from '../account';
import { dayMs, onBothEngines } from '../rules/rulesSetup';

const phoneNumberId = ids.phoneNumber;
const wrote = (agoMs: number) =>
	({ fact: 'inbound', phoneNumberId, messageId: 'wamid.in', agoMs }) as const;

onBothEngines((setup) => {
	const list = async (silentDays: unknown) =>
		await setup.engine.runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'contact', operation: 'getMany', returnAll: true, silentDays },
			credentials: credentials(setup.simulator.url, setup.state),
		});
	const listed = async (silentDays: unknown) =>
		itemsOf(await list(silentDays)).map(({ json }) => json['contact']);

	test('lists who has been silent for so many days, and nobody who never wrote', async () => {
		const [ana, ben, clara] = [setup.stranger(), setup.stranger(), setup.stranger()];
		await setup.know(ana, wrote(31 * dayMs));
		await setup.know(ben, wrote(29 * dayMs));
		await setup.know(clara, { fact: 'windowClosed', phoneNumberId });
		expect(await listed(30)).toEqual([ana]);
		expect((await listed(0.5)).toSorted()).toEqual([ana, ben].toSorted());
		expect((await listed(0)).toSorted()).toEqual([ana, ben, clara].toSorted());
		await setup.know(ana, wrote(0));
		expect(await listed(30)).toEqual([]);
		expect((await list(-1)).error?.message).toMatch(/"Silent for at Least" must be/);
		// Nobody would be found: that is forgotten by then.
		expect((await list(90)).error?.message).toMatch(/"Silent for at Least" must be/);
	});
});

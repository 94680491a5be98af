import { join } from 'node:path';
import {
	buildMessage,
	readMessageFixtures,
	readValues,
	sendOperationNamed,
	sendOperations,
	storedParameters,
} from '../../fixtures/messageFixtures';

const fixtures = readMessageFixtures(join(__dirname, '../../fixtures/messages'));

describe.each(fixtures)('$name', ({ name, operation, values, body }) => {
	test('is stored by the editor as it is written', () => {
		expect(storedParameters(operation, values)).toMatchObject(values);
	});

	test('becomes the body that Meta expects', async () => {
		const send = sendOperationNamed(operation);
		const read = readValues(send, storedParameters(operation, values));
		expect(await buildMessage(send, read)).toStrictEqual(body);
	});

	test('is named after its operation', () => {
		expect(name.split('.')[0]).toBe(operation);
		expect(name).toMatch(/^\w+\.\w+\.[\w-]+$/);
	});
});

describe.each(Object.keys(sendOperations))('%s', (operation) => {
	test('has a fixture for each of its types', () => {
		const { choice } = sendOperationNamed(operation).message;
		const own = fixtures.filter((fixture) => fixture.operation === operation);
		expect(own).not.toEqual([]);
		if (choice === undefined) return;
		const covered = own.map(({ values }) => values[choice.parameter]);
		for (const type of Object.keys(choice.variants)) expect(covered).toContain(type);
	});
});

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
		const { message } = sendOperationNamed(operation);
		// A type that other types are chosen from has that choice as its first field.
		const [choice] = message.fields;
		const types = choice?.name.endsWith('Type')
			? (choice.options ?? []).map((option) => ('value' in option ? option.value : undefined))
			: [undefined];
		const covered = fixtures
			.filter((fixture) => fixture.operation === operation)
			.map(({ values }) => values[choice?.name ?? '']);
		for (const type of types) {
			if (type === undefined) expect(covered).not.toHaveLength(0);
			else expect(covered).toContain(type);
		}
	});
});

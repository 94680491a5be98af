import { join } from 'node:path';
import fc from 'fast-check';
import { uploadBinaries } from '../../../nodes/WhatsAppCloud/messages/mediaReference';
import { parsing } from '../../../nodes/WhatsAppCloud/values/words';
import {
	readMessageFixtures,
	readValues,
	sendOperationNamed,
	storedParameters,
	uploadedMediaId,
} from '../../fixtures/messageFixtures';

const fixtures = readMessageFixtures(join(__dirname, '../../fixtures/messages'));

/** How zod's own messages begin. */
const foreign = /^(Invalid|Too |Unrecognized|Expected)/;

/** What expressions and tables return by mistake. */
const odd = fc.oneof(
	fc.constantFrom(
		'',
		' ',
		'0',
		0,
		-1,
		1.5,
		true,
		false,
		null,
		undefined,
		[],
		{},
		'[]',
		'{}',
		'[1]',
	),
	fc.string({ unit: 'grapheme' }),
	fc.jsonValue(),
	fc.anything({ withDate: true }),
);

describe.each(fixtures)('$name', ({ operation, values }) => {
	const { message } = sendOperationNamed(operation);
	const good = readValues(sendOperationNamed(operation), storedParameters(operation, values));
	const names = Object.keys(good);

	test('whatever stands in its fields, it is refused or becomes a body', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.dictionary(fc.constantFrom(...names), odd, { minKeys: 1, maxKeys: 3 }),
				async (changed) => {
					const checked = message.schema.safeParse({ ...good, ...changed }, parsing);
					if (!checked.success) {
						expect(checked.error.issues).not.toEqual([]);
						for (const issue of checked.error.issues) expect(issue.message).not.toMatch(foreign);
						return;
					}
					const ready = await uploadBinaries(checked.data, () => Promise.resolve(uploadedMediaId));
					for (const content of [message.build(ready)].flat()) {
						expect(typeof content.type).toBe('string');
						expect(() => JSON.stringify(content)).not.toThrow();
					}
				},
			),
			{ numRuns: 60 },
		);
	});
});

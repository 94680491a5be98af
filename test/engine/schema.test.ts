import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { corpusFolder, whereThere } from '../besideCheckout';
import { readMessageFixtures } from '../fixtures/messageFixtures';

/** Meta's published specification as a JSON Schema. */
const schemaPath = join(corpusFolder, 'openapi/message.patched.schema.json');

const fixtures = readMessageFixtures(join(__dirname, '../fixtures/messages'));

whereThere(schemaPath, 'bodies against the specification that Meta publishes', () => {
	const schema = JSON.parse(readFileSync(schemaPath, 'utf8')) as Record<string, unknown>;
	const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

	test.each(fixtures)('$name', ({ body, notInSpecification }) => {
		for (const content of [body].flat()) {
			const isValid = validate({ messaging_product: 'whatsapp', to: '+15551234567', ...content });
			const problems = isValid ? [] : validate.errors;
			// An exception that is needed no longer fails, too.
			if (notInSpecification === undefined) expect(problems).toEqual([]);
			else expect(problems).not.toEqual([]);
		}
	});

	test('a body that breaks a rule is found', () => {
		const tooLong = { text: { body: 'x'.repeat(4097) } };
		expect(
			validate({ messaging_product: 'whatsapp', to: '+15551234567', type: 'text', ...tooLong }),
		).toBe(false);
	});
});

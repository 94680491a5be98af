import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import {
	buildMessage,
	readMessageFixtures,
	readValues,
	sendOperationNamed,
	storedParameters,
} from '../fixtures/messageFixtures';
import { samplesFolder, withSamples } from '../samples';
import {
	corpusFolder,
	firstDifference,
	readCorpus,
	rebuild,
	startRecorder,
	type Rebuilt,
	type Recorder,
} from './corpus';
import { coveragePage } from './coverage';
import { fieldsFromBody } from './fieldsFromBody';
import { normalise } from './fieldsFromBody/normalise';
import { rootFolder, runNode } from './harness';

const messageFixtures = readMessageFixtures(join(__dirname, '../fixtures/messages'));

const page = join(rootFolder, 'docs/coverage.md');

withSamples(corpusFolder(rootFolder), 'bodies that others have written', () => {
	const files = readCorpus(rootFolder) ?? [];
	const results: Rebuilt[] = [];
	let recorder: Recorder;

	beforeAll(async () => {
		recorder = await startRecorder();
	});

	afterAll(() => recorder.close());

	test('are sent as they are written, as far as docs/coverage.md says', async () => {
		for (const [index, file] of files.entries()) {
			results.push(await rebuild(file, index, recorder, runNode));
		}
		expect(coveragePage(results)).toBe(existsSync(page) ? readFileSync(page, 'utf8') : '');
	}, 180_000);

	test('are all expressed but those that Meta would refuse', () => {
		expect(files).not.toEqual([]);
		expect(results).toHaveLength(files.length);
		const notExpressed = results.filter(({ way }) => way === null).map(({ name }) => name);
		expect(notExpressed).toEqual(['pywa/template+context+callback_data.json']);
	});
});

/** Meta's published specification as a JSON Schema. */
const schemaPath = join(samplesFolder(rootFolder), 'openapi/message.patched.schema.json');

withSamples(schemaPath, 'bodies against the specification that Meta publishes', () => {
	const schema = JSON.parse(readFileSync(schemaPath, 'utf8')) as Record<string, unknown>;
	const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
	const envelope = { messaging_product: 'whatsapp', to: '+15551234567' };

	test.each(messageFixtures)('$name', ({ body, notInSpecification }) => {
		for (const content of [body].flat()) {
			const problems = validate({ ...envelope, ...content }) ? [] : validate.errors;
			// An exception that is no longer needed fails, too.
			if (notInSpecification === undefined) expect(problems).toEqual([]);
			else expect(problems).not.toEqual([]);
		}
	});

	test('a body that breaks a rule is found', () => {
		const tooLong = { text: { body: 'x'.repeat(4097) } };
		expect(validate({ ...envelope, type: 'text', ...tooLong })).toBe(false);
	});
});

describe('the way back from a body', () => {
	const fixtures = messageFixtures
		// A custom body passes as it is and proves nothing; a split text leaves only its parts.
		.filter(({ operation, body }) => operation !== 'sendCustom' && !Array.isArray(body))
		// For some types nobody else has written bodies, so there is no rule for the way back.
		.filter(({ body }) => fieldsFromBody(body as Record<string, unknown>).length > 0);

	test('is known for the types of Meta', () =>
		expect(new Set(fixtures.map(({ operation }) => operation)).size).toBeGreaterThan(7));

	test.each(fixtures)('$name', async ({ body }) => {
		const expected = normalise(body as Record<string, unknown>);
		const differences: (string | null)[] = [];
		for (const { parameters } of fieldsFromBody(body as Record<string, unknown>)) {
			const name = String(parameters['operation']);
			const send = sendOperationNamed(name);
			const stored = storedParameters(name, parameters as Parameters<typeof storedParameters>[1]);
			const built = await buildMessage(send, readValues(send, stored));
			differences.push(firstDifference(expected, normalise(built as Record<string, unknown>)));
		}
		expect(differences).toContain(null);
	});

	test('nothing leads back from a kind that is not known', () => {
		expect(fieldsFromBody({ type: 'hologram', hologram: {} })).toEqual([]);
		expect(fieldsFromBody({ type: 'interactive', interactive: { type: 'hologram' } })).toEqual([]);
	});
});

describe('what differs first', () => {
	test.each([
		[{ a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] }, null],
		[{ a: 1 }, {}, 'body.a cannot be given'],
		[{}, { a: 1 }, 'body.a comes in addition'],
		[{ a: [{ b: 'x' }] }, { a: [{ b: 1 }] }, 'body.a[0].b is 1 instead of "x"'],
		[{ a: [1] }, { a: [1, 2] }, 'body.a[1] comes in addition'],
		[{ a: null }, { a: {} }, 'body.a is {} instead of null'],
	])('%j and %j: %s', (expected, actual, difference) =>
		expect(firstDifference(expected, actual)).toBe(difference),
	);
});

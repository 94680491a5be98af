import { endpointFlow, flowWithMistake, validFlow } from '../../../fixtures/flowJson';
import { runNode, useSimulator } from '../../harness';
import { credentials, ids, itemsOf, onlyJson, requests, withoutStatuses } from '../account';
import { binaryFile } from '../files';
import { byId, operationsOf, withScopes } from './call';

const simulator = useSimulator(withoutStatuses);
const flow = operationsOf(simulator, 'flow');

const published = '600000000000001';
const draft = '600000000000002';

const named = (json: unknown, name = 'Booking', options = {}) => ({
	name,
	categories: ['OTHER'],
	flowJsonFrom: 'json',
	flowJson: json,
	options,
});

const statusOf = async (id: unknown) => onlyJson(await flow('get', { flow: byId(String(id)) }));

describe('lists and look-ups', () => {
	test('of all Flows', async () => {
		const items = itemsOf(await flow('getMany', { returnAll: true }));
		expect(items.map(({ json }) => json)).toEqual([
			{
				flowId: published,
				name: 'appointment_booking',
				status: 'PUBLISHED',
				categories: ['APPOINTMENT_BOOKING'],
				validationErrors: [],
			},
			expect.objectContaining({ flowId: draft, status: 'DRAFT' }),
		]);
	});

	test('of one, with its preview link', async () => {
		expect(onlyJson(await flow('get', { flow: byId(published) }))).toEqual({
			flowId: published,
			name: 'appointment_booking',
			status: 'PUBLISHED',
			categories: ['APPOINTMENT_BOOKING'],
			validationErrors: [],
			jsonVersion: '7.3',
			dataApiVersion: null,
			endpointUri: null,
			applicationId: null,
			businessAccountId: ids.businessAccount,
			canSendMessages: 'AVAILABLE',
			healthProblems: [],
			previewUrl: expect.stringMatching(/\/preview\/\?token=/),
			previewExpiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
			flowJson: null,
		});
	});

	test('with its JSON and a new link', async () => {
		const options = { includeJson: true, newPreview: true };
		const first = onlyJson(await flow('get', { flow: byId(published), options }));
		expect(first).toMatchObject({ flowJson: { version: '7.3', screens: [{ id: 'DETAILS' }] } });
		const second = onlyJson(await flow('get', { flow: byId(published), options }));
		expect(second['previewUrl']).not.toBe(first['previewUrl']);
	});

	test.each([
		['', '"Flow" is empty'],
		['my flow', '"Flow" must be the ID of a Flow, which consists of digits only, but is "my flow"'],
	])('of the Flow "%s" is refused', async (id, problem) => {
		const { error } = await flow('get', { flow: { ...byId(''), value: `={{ "${id}" }}` } });
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});

	test('without the permission is told by its name', async () => {
		await withScopes(simulator, ['whatsapp_business_messaging']);
		const { error } = await flow('getMany');
		expect(error?.message).toContain('lacks the permission whatsapp_business_management');
	});
});

describe('creating', () => {
	test.each([
		['text', JSON.stringify(validFlow())],
		['an object of an expression', '={{ $json.flow }}'],
	])('from %s', async (_name, json) => {
		const created = onlyJson(await flow('create', named(json), [{ json: { flow: validFlow() } }]));
		expect(created).toEqual({
			flowId: expect.stringMatching(/^\d+$/),
			name: 'Booking',
			isPublished: false,
			validationErrors: [],
		});
		expect(await statusOf(created['flowId'])).toMatchObject({
			status: 'DRAFT',
			jsonVersion: '7.3',
		});
	});

	test('from a file with a byte order mark, published at once', async () => {
		const file = binaryFile(
			Buffer.from(`\uFEFF${JSON.stringify(endpointFlow())}`),
			'application/json',
			'flow.json',
		);
		const created = onlyJson(
			await flow(
				'create',
				{
					name: 'From a file',
					categories: ['SURVEY', 'OTHER'],
					flowJsonFrom: 'binary',
					options: { publish: true, endpointUri: 'https://example.com/flow' },
				},
				[{ json: {}, binary: { data: file } }],
			),
		);
		expect(created).toMatchObject({ isPublished: true });
		expect(await statusOf(created['flowId'])).toMatchObject({
			status: 'PUBLISHED',
			endpointUri: 'https://example.com/flow',
			categories: ['SURVEY', 'OTHER'],
		});
	});

	test('as a copy, and empty', async () => {
		const base = { categories: ['OTHER'], options: {} };
		const copy = { ...base, name: 'Copy', flowJsonFrom: 'copy', sourceFlow: byId(published) };
		const { flowId } = onlyJson(await flow('create', copy));
		expect(await statusOf(flowId)).toMatchObject({ status: 'DRAFT', jsonVersion: '7.3' });
		const empty = { ...base, name: 'Empty', flowJsonFrom: 'none' };
		expect(onlyJson(await flow('create', empty))).toMatchObject({ validationErrors: [] });
	});

	test("with errors fails with Meta's words, line and column", async () => {
		const { error } = await flow('create', named(flowWithMistake()));
		expect(error?.message).toBe(
			"The Flow JSON has 2 errors: line 10, column 11: Required property 'text' is missing [item 0]",
		);
		expect(error?.description).toMatch(
			/^Meta has created the Flow \d+ as a draft all the same\. .* \(2\) line 12, column 13: Property 'words' is not allowed in 'TextBody' component\.$/,
		);
	});

	test.each([
		['continueRegularOutput', 0, (json: Record<string, unknown>) => json],
		['continueErrorOutput', 1, (json: Record<string, unknown>) => json['details']],
	] as const)('with errors and On Error at %s keeps ID and list', async (onError, output, of) => {
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'flow', operation: 'create', ...named(flowWithMistake()) },
			credentials: credentials(simulator.url, { stateStore: 'off' }),
			onError,
		});
		const [item] = itemsOf(result, output);
		expect(of(item?.json ?? {})).toMatchObject({
			flowId: expect.stringMatching(/^\d+$/),
			validationErrors: [{ line: 10 }, { line: 12, column: 13 }],
		});
	});

	test('with errors is returned where that is allowed', async () => {
		const created = onlyJson(
			await flow('create', named(flowWithMistake(), 'Wrong', { allowErrors: true, publish: true })),
		);
		expect(created).toMatchObject({
			isPublished: false,
			validationErrors: [
				{ error: 'MISSING_REQUIRED_PROPERTY', line: 10, column: 11 },
				{
					error: 'INVALID_PROPERTY_KEY',
					message: "Property 'words' is not allowed in 'TextBody' component.",
					line: 12,
					column: 13,
					path: 'screens[0].layout.children[0].words',
				},
			],
		});
	});

	test.each<[string, Record<string, unknown>, string]>([
		['no JSON', named('{"version": "7.3",}'), '"Flow JSON" is no valid JSON: '],
		['a list', named('[]'), '"Flow JSON" must be a JSON object'],
		['nothing', named(' '), '"Flow JSON" is empty'],
		[
			'a number of an expression',
			named('={{ 7 }}'),
			'"Flow JSON" must be a JSON object, but is the number 7',
		],
		['no name', named('{}', '={{ "" }}'), '"Name" is empty'],
		['no category', { ...named('{}'), categories: [] }, '"Categories" is empty'],
		['another category', { ...named('{}'), categories: ['FUN'] }, '"Categories'],
		[
			'a file that is not there',
			{ ...named(''), flowJsonFrom: 'binary' },
			'"Input Binary Field" is "data", but the item has no such binary field',
		],
		['a copy of nothing', { ...named(''), flowJsonFrom: 'copy' }, '"Flow to Copy" is empty'],
		[
			'publishing nothing',
			{ ...named(''), flowJsonFrom: 'none', options: { publish: true } },
			'"Options › Publish" needs Flow JSON',
		],
		[
			'an endpoint without https',
			named('{}', 'x', { endpointUri: 'http://x.example' }),
			'"Options › Endpoint URL" must be a web address that begins with https://',
		],
	])('%s is refused before anything is asked', async (_name, parameters, problem) => {
		const { error } = await flow('create', parameters);
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});

	test('a name that is taken is refused by Meta', async () => {
		const { error } = await flow('create', named(JSON.stringify(validFlow()), 'feedback_form'));
		expect(error?.description).toContain('Flow name is not unique');
	});
});

describe('changing', () => {
	test('the JSON and the rest of a draft', async () => {
		const updated = await flow('update', {
			flow: byId(draft),
			flowJsonFrom: 'json',
			flowJson: JSON.stringify(endpointFlow()),
			updateFields: {
				name: 'Opinions',
				categories: ['OTHER'],
				endpointUri: 'https://example.com/flow',
				applicationId: ids.app,
			},
		});
		expect(onlyJson(updated)).toEqual({ success: true, flowId: draft, validationErrors: [] });
		expect(await statusOf(draft)).toMatchObject({
			name: 'Opinions',
			categories: ['OTHER'],
			endpointUri: 'https://example.com/flow',
			applicationId: ids.app,
			dataApiVersion: '4.0',
		});
	});

	test('to JSON with errors fails, and the draft has it', async () => {
		const wrong = { flow: byId(draft), flowJsonFrom: 'json', flowJson: flowWithMistake() };
		const { error } = await flow('update', wrong);
		expect(error?.message).toContain('The Flow JSON has 2 errors: line 10, column 11');
		expect(error?.description).toContain('Meta has saved the draft with this JSON');
		const allowed = await flow('update', { ...wrong, options: { allowErrors: true } });
		expect(onlyJson(allowed)).toMatchObject({ validationErrors: [{ line: 10 }, { line: 12 }] });
	});

	test('nothing is refused', async () => {
		const { error } = await flow('update', { flow: byId(draft), flowJsonFrom: 'none' });
		expect(error?.message).toContain('"Update Fields" changes nothing');
		expect(await requests(simulator)).toEqual([]);
	});

	test("a published one is refused in Meta's words", async () => {
		const { error } = await flow('update', {
			flow: byId(published),
			flowJsonFrom: 'none',
			updateFields: { name: 'x' },
		});
		expect(error?.message).toContain('A published Flow cannot be changed (139001)');
	});
});

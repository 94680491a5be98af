import { loadTemplates, templateFixture } from '../../../fixtures/templateFixtures';
import { png } from '../../../simulator/support/files';
import { useEngine, useSimulator } from '../../harness';
import { credentials, onlyJson, requests, withoutStatuses } from '../account';
import { binaryFile } from '../files';
import { byId, operationsOf } from '../management/call';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();
const template = operationsOf(simulator, 'template');
const update = async (name: string, parameters: object, items: object[] = [{}]) =>
	await template('update', { templateId: byId(templateFixture(name).id), ...parameters }, items);
const present = async (name: string) =>
	onlyJson(await template('get', { templateId: byId(templateFixture(name).id) }));
const edits = async () => (await requests(simulator)).filter(({ method }) => method === 'POST');

beforeEach(async () => {
	await loadTemplates(simulator.url);
});

describe('the panel shows the components before they are changed', () => {
	const shown = async (templateId: unknown) =>
		await engine.mapFields({
			node: 'whatsAppCloud',
			method: 'getPresentComponents',
			parameters: { resource: 'template', operation: 'update', templateId },
			credentials: credentials(simulator.url),
		});

	test('whole, as Meta has them', async () => {
		const { id, components } = templateFixture('visit_reminder');
		const { fields = [] } = await shown(byId(id));
		expect(fields).toMatchObject([
			{ displayName: 'visit_reminder · en_US · APPROVED · UTILITY', readOnly: true },
		]);
		expect(JSON.parse(String(fields[0]?.defaultValue))).toEqual({ components });
		const other = await shown(byId(templateFixture('season_opening').id));
		expect(other.fields?.[0]?.id).not.toBe(fields[0]?.id);
	});

	test.each([
		[byId(''), 'Choose a template, and its components appear here.'],
		[byId('4711'), 'The template could not be looked up: '],
	])('or says why there are none: %j', async (templateId, notice) => {
		const { fields, emptyFieldsNotice } = await shown(templateId);
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toContain(notice);
	});
});

test('one part changes, the others go along', async () => {
	const before = templateFixture('visit_reminder').components;
	const json = onlyJson(
		await update('visit_reminder', { parts: ['footer'], footerText: 'See you soon' }),
	);
	expect(json).toMatchObject({ updated: true, name: 'visit_reminder', previousComponents: before });
	const [edit] = await edits();
	expect(edit?.body).toEqual({
		components: before.map((component) =>
			component['type'] === 'FOOTER' ? { type: 'FOOTER', text: 'See you soon' } : component,
		),
	});
	expect((await present('visit_reminder'))['text']).toContain('See you soon');
});

test('names or numbers of variables stay as they are in the template', async () => {
	const result = await update('visit_reminder', {
		parts: ['body'],
		bodyText: 'Dear {1}, see you.',
		bodySamples: { sample: [{ value: 'Ada' }] },
	});
	expect(result.error?.message).toContain('"Body Text" has {{1}} beside variables with names');
	expect(await edits()).toEqual([]);
});

test('a part is added and another one removed', async () => {
	const json = onlyJson(
		await update('season_opening', {
			parts: ['buttons'],
			buttonsInput: 'fields',
			buttons: { button: [{ type: 'quick_reply', text: 'Fine' }] },
			removedParts: ['header'],
		}),
	);
	expect(json['components']).toMatchObject([{ type: 'BODY' }, { type: 'BUTTONS' }]);
});

test('preview: what is there and what would be, without a change', async () => {
	const json = onlyJson(
		await update('visit_reminder', {
			parts: ['footer'],
			footerText: 'Bye',
			options: { previewOnly: true },
		}),
	);
	expect(json).toMatchObject({
		updated: false,
		isPreview: true,
		previousComponents: templateFixture('visit_reminder').components,
		components: expect.arrayContaining([{ type: 'FOOTER', text: 'Bye' }]),
	});
	expect(await edits()).toEqual([]);
});

test('all components as JSON', async () => {
	itemsOfOne(
		await update('opening_hours', {
			updateFrom: 'json',
			templateJson: '[{"type":"BODY","text":"Open until nine."}]',
		}),
	);
	expect((await present('opening_hours'))['text']).toBe('Open until nine.');
});

test('a new picture goes up', async () => {
	const item = { binary: { data: binaryFile(png(), 'image/png', 'new.png') } };
	const json = onlyJson(
		await update('market_day', { parts: ['header'], headerFormat: 'IMAGE' }, [item]),
	);
	expect(json['components']).toMatchObject([
		{ type: 'HEADER', example: { header_handle: [expect.stringMatching(/^4::/)] } },
		{ type: 'BODY' },
		{ type: 'BUTTONS' },
	]);
});

test('a picture that cannot be fetched again says what to give', async () => {
	const { error } = await update('market_day', { parts: ['footer'], footerText: 'See you' });
	expect(error?.message).toContain(
		'"Template › Header" is the address of a file that cannot be fetched',
	);
	expect(error?.description).toContain('Name a binary field of the item for the header instead');
	expect(await edits()).toEqual([]);
});

test('the time to live alone', async () => {
	itemsOfOne(await update('opening_hours', { parts: [], options: { ttlSeconds: 60 } }));
	expect((await edits())[0]?.body).toEqual({ message_send_ttl_seconds: 60 });
});

describe('what Meta would refuse', () => {
	const footer = { parts: ['footer'], footerText: 'Hello' };

	test.each<[string, object, string]>([
		['pending_news', footer, '"Template" is pending_news, whose status is PENDING'],
		['disabled_tips', footer, '"Template" is disabled_tips, whose status is DISABLED'],
		[
			'opening_hours',
			{ parts: [], options: { category: 'MARKETING' } },
			'"Options › Category" cannot become MARKETING',
		],
		[
			'opening_hours',
			{ parts: [] },
			'"Parts to Change" is empty, and nothing else is to be changed',
		],
		[
			'opening_hours',
			{ parts: ['footer'], removedParts: ['footer'], footerText: 'a' },
			'"Parts to Remove" has Footer, which is to be changed',
		],
		[
			'opening_hours',
			{ parts: ['body'], bodyText: 'x'.repeat(1_025) },
			'"Body Text" can have at most 1,024',
		],
		[
			'opening_hours',
			{ parts: [], options: { ttlSeconds: 20 } },
			'"Options › Time to Live" must be from 30 to 43,200',
		],
	])('%s with %j', async (name, parameters, problem) => {
		const { error } = await update(name, parameters);
		expect(error?.message).toContain(problem);
		expect(await edits()).toEqual([]);
	});

	test('a second change on the same day', async () => {
		itemsOfOne(await update('opening_hours', footer));
		await simulator.admin('PATCH', `/templates/${templateFixture('opening_hours').id}`, {
			status: 'APPROVED',
		});
		const { error } = await update('opening_hours', { ...footer, footerText: 'Again' });
		expect(error?.message).toMatch(/\(100/);
	});

	test('a template made by Direct Send', async () => {
		const { id } = templateFixture('direct_send_parcel', 'en');
		const { error } = await template('update', { templateId: byId(id), ...footer });
		expect(error?.message).toContain('(100/2388318)');
	});

	test('a template deleted meanwhile', async () => {
		const { error } = await template('update', { templateId: byId('499999999999999'), ...footer });
		expect(error?.message).toContain('Nothing with the ID 499999999999999 exists any more');
	});
});

/** Fails with the problem if the execution failed. */
const itemsOfOne = (result: Parameters<typeof onlyJson>[0]) => onlyJson(result);

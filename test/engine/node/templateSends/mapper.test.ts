import {
	changeTemplate,
	loadTemplates,
	removeTemplate,
	templateFixture,
} from '../../../fixtures/templateFixtures';
import { useEngine, useSimulator } from '../../harness';
import { requests, tokens, withoutStatuses } from '../account';
import { templateNode } from './picked';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();
const { fields, mapper } = templateNode(engine, simulator);

beforeEach(async () => {
	// What an earlier test has looked up is forgotten.
	await engine.reload({});
	await loadTemplates(simulator.url);
});

const slot = templateFixture('delivery_slot');

describe('the fields of a template', () => {
	test('follow it when it changes', async () => {
		const before = await fields(slot);
		await changeTemplate(simulator.url, 'delivery_slot');
		await engine.reload({});
		const { fields: after = [] } = await mapper(slot, {
			templateValues: {
				mappingMode: 'defineBelow',
				value: { text: before[0]?.defaultValue, 'body.1': 'Friday' },
			},
		});
		expect(after.map(({ id }) => id)).toEqual([
			'text',
			'header.image',
			'body.1',
			'body.2',
			'body.3',
		]);
		expect(after[0]?.displayName).toBe('Text before its change');
	});

	test('are asked for once a minute', async () => {
		await fields(slot);
		await fields(slot);
		const asked = (await requests(simulator)).filter(({ path }) =>
			path.includes('message_templates'),
		);
		expect(asked).toHaveLength(1);
	});

	test('are the same for a name with its language and for one with the language beside it', async () => {
		const template = { __rl: true, mode: 'name', value: 'order_shipped' };
		const beside = await mapper(slot, { template, language: 'de' });
		expect(beside.fields).toEqual(await fields(templateFixture('order_shipped', 'de')));
	});
});

describe('instead of fields, the panel says', () => {
	test.each([
		[
			'to choose a template',
			{ template: { __rl: true, mode: 'list', value: '' } },
			/^Choose a template/,
		],
		[
			'in which languages a template is',
			{ template: { __rl: true, mode: 'name', value: 'order_shipped' }, language: 'es' },
			/^The template order_shipped is not there in es, but in .*en_US/,
		],
		[
			'that a template is not there',
			{ template: { __rl: true, mode: 'name', value: 'no_such' }, language: 'en_US' },
			/^The business account has no template no_such/,
		],
	])('%s', async (_, parameters, words) => {
		const answer = await mapper(slot, parameters);
		expect(answer.fields).toEqual([]);
		expect(answer.emptyFieldsNotice).toMatch(words);
	});

	test('that a template was deleted', async () => {
		await removeTemplate(simulator.url, slot.id);
		expect((await mapper(slot)).emptyFieldsNotice).toMatch(/has no template delivery_slot/);
	});

	test('which permission the token lacks', async () => {
		const { emptyFieldsNotice } = await mapper(slot, {}, { accessToken: tokens.withoutAccount });
		expect(emptyFieldsNotice).toMatch(/^The template could not be looked up: /);
		expect(emptyFieldsNotice).toContain('whatsapp_business_management');
	});

	test('what the credential lacks', async () => {
		const { emptyFieldsNotice } = await mapper(slot, {}, { businessAccountId: '' });
		expect(emptyFieldsNotice).toContain('WhatsApp Business Account ID is empty');
	});
});

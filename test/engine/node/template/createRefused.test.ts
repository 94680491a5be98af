import { loadTemplates, templateFixture } from '../../../fixtures/templateFixtures';
import { useSimulator } from '../../harness';
import { itemsOf, onlyJson, requests, withoutStatuses } from '../account';
import { operationsOf, withScopes } from '../management/call';

const simulator = useSimulator(withoutStatuses);
const template = operationsOf(simulator, 'template');
const create = async (parameters: object, items: object[] = [{}]) =>
	await template('create', { templateName: 'autumn_sale', ...parameters }, items);

/** Bodies of the requests that created something. */
const creations = async () =>
	(await requests(simulator)).filter(
		({ method, path }) => method === 'POST' && path.includes('/message_templates'),
	);

describe('what Meta refuses says what to do', () => {
	const body = { bodyText: 'Hello.' };

	test('a name and language that exist', async () => {
		await loadTemplates(simulator.url, [templateFixture('order_shipped')]);
		const { error } = await create({ ...body, templateName: 'order_shipped' });
		expect(error?.message).toContain(
			'The template has content in this language already (100/2388024)',
		);
		expect(error?.description).toContain('Update');
	});

	test('a name that was deleted', async () => {
		await loadTemplates(simulator.url, [templateFixture('order_shipped')]);
		itemsOf(await template('delete', { deleteBy: 'name', templateName: 'order_shipped' }));
		const { error } = await create({ ...body, templateName: 'order_shipped' });
		expect(error?.message).toContain('(100/2388023)');
	});

	test('too many variables for so little text', async () => {
		const { error } = await create({
			bodyText: 'Hi {1}, {2} or {3}.',
			bodySamples: { sample: ['a', 'b', 'c'].map((value) => ({ value })) },
		});
		expect(error?.message).toContain('(100/2388293)');
		expect(error?.description).toContain('Use fewer, or write more text');
	});

	test('a handle that is none', async () => {
		const { error } = await create({
			...body,
			headerFormat: 'IMAGE',
			headerFileFrom: 'handle',
			headerHandle: '4::nonsense',
		});
		expect(error?.message).toContain('2494102');
		expect(error?.description).toContain('binary field');
	});

	test('a token without the permission', async () => {
		await withScopes(simulator, ['whatsapp_business_messaging']);
		const { error } = await create(body);
		expect(error?.message).toContain('lacks the permission whatsapp_business_management');
	});
});

describe('what may be repeated', () => {
	const hello = { bodyText: 'Hello.' };

	test('a refusal for load is, since Meta did nothing', async () => {
		await simulator.addFault({
			kind: 'error',
			code: 4,
			count: 1,
			match: { path: '/message_templates' },
		});
		expect(onlyJson(await create(hello))).toMatchObject({ status: 'PENDING' });
		expect(await creations()).toHaveLength(2);
	});

	test('a lost answer is not: the templates of the account tell', async () => {
		await simulator.addFault({
			kind: 'reset',
			when: 'after',
			count: 1,
			match: { method: 'POST', path: '/message_templates' },
		});
		expect(onlyJson(await create(hello))).toMatchObject({
			id: expect.stringMatching(/^\d+$/),
			name: 'autumn_sale',
		});
		expect(await creations()).toHaveLength(1);
	});

	test('if it is not there either, the error says that it may be', async () => {
		await simulator.addFault({
			kind: 'reset',
			when: 'before',
			count: 1,
			match: { method: 'POST', path: '/message_templates' },
		});
		const { error } = await create(hello);
		expect(error?.description).toContain('Meta may have acted on it, so it was not repeated');
		expect(await creations()).toHaveLength(1);
	});
});

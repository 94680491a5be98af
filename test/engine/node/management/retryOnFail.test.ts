import { useEngine, useSimulator } from '../../harness';
import { credentials, itemsOf, requests, withoutStatuses } from '../account';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();

const textsOf = async (path: string): Promise<unknown[]> =>
	(await requests(simulator))
		.filter((request) => request.path.includes(path))
		.map(({ body }) => body);

/** Makes a message link for each item, and tries the node twice. */
const makeLinks = async (texts: unknown[], parameters: Record<string, unknown> = {}) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: {
			resource: 'messageLink',
			operation: 'create',
			prefilledMessage: '={{ $json.text }}',
			...parameters,
		},
		credentials: credentials(simulator.url, { stateStore: 'off' }),
		items: texts.map((text) => ({ json: { text } })),
		retryOnFail: { maxTries: 2, waitMs: 10 },
	});

describe('"Retry On Fail"', () => {
	test('makes nothing again that an earlier try has made', async () => {
		await simulator.addFault({
			kind: 'error',
			code: 100,
			after: 1,
			count: 1,
			match: { path: '/message_qrdls' },
		});
		const items = itemsOf(await makeLinks(['One', 'Two']));
		expect(items.map(({ json }) => json['prefilledMessage'])).toEqual(['One', 'Two']);
		expect(new Set(items.map(({ json }) => json['code'])).size).toBe(2);
		const made = (await textsOf('/message_qrdls')).map(
			(body) => (body as { prefilled_message: string }).prefilled_message,
		);
		expect(made.sort()).toHaveLength(3);
		const { data } = (await (
			await fetch(`${simulator.url}/v25.0/300000000000001/message_qrdls`, {
				headers: { authorization: 'Bearer SIMULATOR_ACCESS_TOKEN' },
			})
		).json()) as { data: { prefilled_message: string }[] };
		expect(data.map((link) => link.prefilled_message).sort()).toEqual(['One', 'Two']);
	});

	test('does not repeat what Meta may have done', async () => {
		await simulator.addFault({
			kind: 'reset',
			when: 'after',
			count: 1,
			match: { path: '/message_qrdls' },
		});
		const { error } = await makeLinks(['One']);
		expect(error?.description).toContain('Meta may have acted on it, so it was not repeated');
		expect(await textsOf('/message_qrdls')).toHaveLength(1);
	});

	test('a template that is there from the first try stands in no later one’s way', async () => {
		await simulator.addFault({
			kind: 'error',
			code: 100,
			after: 1,
			count: 1,
			match: { path: '/message_templates' },
		});
		const items = itemsOf(
			await makeLinks(['retry_one', 'retry_two'], {
				resource: 'template',
				operation: 'create',
				templateName: '={{ $json.text }}',
				bodyText: 'Your order is on its way.',
			}),
		);
		expect(items.map(({ json }) => json['name'])).toEqual(['retry_one', 'retry_two']);
	});
});

test('all items are checked before anything is made', async () => {
	const { error } = await makeLinks(['Fine', 'x'.repeat(141)]);
	expect(error?.message).toContain(
		'"Message" can have at most 140 characters, but has 141 [item 1]',
	);
	expect(await requests(simulator)).toEqual([]);
});

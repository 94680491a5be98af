import { accepted, credentials, itemsOf, onlyJson } from './account';
import { keptRuns, withTime } from './keptRuns';
import { keepState } from './keptState';

const kept = keepState();
const { run, operationIds, loseFirstAnswer } = keptRuns(kept);

describe('as a tool', () => {
	const tool = { asTool: true, toolInput: { what: 'Your table is booked.' } };
	const parameters = { text: "={{ $fromAI('what', '', 'string') }}" };
	const retryOnFail = { maxTries: 3, waitMs: 10 };

	test('of an agent, "Retry On Fail" after a lost answer sends once', async () => {
		await loseFirstAnswer();
		const result = await run(parameters, { ...tool, retryOnFail });
		expect(result.error?.message).toMatch(/may have/);
		expect(await accepted(kept.simulator)).toHaveLength(1);
	});

	test('of an agent, "Retry On Fail" sends what was refused, under one ID', async () => {
		await kept.simulator.addFault({ kind: 'error', code: 131048, count: 2 });
		expect(
			onlyJson(await run({ ...parameters, ...withTime }, { ...tool, retryOnFail })),
		).toMatchObject({ outcome: 'sent' });
		const { data } = await kept.simulator.admin<{ data: { body: Record<string, unknown> }[] }>(
			'GET',
			'/requests?limit=10',
		);
		const used = data.map(({ body }) => body['biz_opaque_callback_data']);
		expect(used).toHaveLength(3);
		expect(new Set(used).size).toBe(1);
	});

	test('two calls of the model with the same text are two messages', async () => {
		const result = await run(parameters, { ...tool, retryOnFail, toolCalls: 2 });
		expect(itemsOf(result).map(({ json }) => json['outcome'])).toEqual(['sent', 'sent']);
		expect(new Set(await operationIds()).size).toBe(2);
	});

	test('an execution that the user retried repeats the calls of the first, and no more', async () => {
		const agent = { ...tool, toolInput: { what: 'Your taxi is here.' }, toolCalls: 2 };
		await run(parameters, { ...agent, executionId: 'agent-1' });
		const retried = await run(parameters, {
			...agent,
			toolCalls: 3,
			executionId: 'agent-2',
			mode: 'retry',
		});
		expect(itemsOf(retried).map(({ json }) => json['outcome'])).toEqual([
			'duplicate',
			'duplicate',
			'sent',
		]);
		expect(await accepted(kept.simulator)).toHaveLength(3);
	});
});

describe('as a tool of the MCP Server Trigger, where no execution has begun', () => {
	const tool = { asTool: true, toolOfWebhook: true };

	test.each(['sqlite', 'off'])(
		'each call is a message of its own (state: %s)',
		async (stateStore) => {
			const call = async () =>
				onlyJson(
					await run(
						{ text: 'Booked' },
						{ ...tool, credentials: credentials(kept.simulator.url, { stateStore }) },
					),
				);
			const items = [await call(), await call()];
			expect(items.map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
			expect(new Set(items.map(({ operationId }) => operationId)).size).toBe(2);
			expect((await operationIds()).sort()).toEqual(
				items.map(({ operationId }) => operationId).sort(),
			);
		},
	);

	test('"Retry On Fail" after a lost answer sends once', async () => {
		await loseFirstAnswer();
		const retryOnFail = { maxTries: 3, waitMs: 10 };
		await expect(run({ text: 'Booked' }, { ...tool, retryOnFail })).resolves.toMatchObject({
			error: { message: expect.stringMatching(/may have/) },
		});
		expect(await accepted(kept.simulator)).toHaveLength(1);
	});

	test('Record All Before Sending, waves and hours throw nothing', async () => {
		const delivery = {
			recordFirst: true,
			campaign: 'mcp',
			waves: { waves: { size: 5, pauseMinutes: 1 } },
		};
		expect(onlyJson(await run({ text: 'Booked', delivery }, tool))['outcome']).toBe('sent');
	});

	test.each([
		['markAsRead', { operation: 'markAsRead', messageId: 'wamid.unknown' }],
		['resume', { operation: 'resume' }],
		['token', { resource: 'token', operation: 'debug' }],
		['delivery', { resource: 'report', operation: 'delivery' }],
		['getSubscriptions', { resource: 'webhook', operation: 'getSubscriptions' }],
		['mediaGet', { resource: 'media', operation: 'get', mediaId: '123' }],
		['mediaDelete', { resource: 'media', operation: 'delete', mediaId: '123' }],
	])('%s works, or says what Meta says', async (_, parameters) => {
		const result = await run(parameters, { ...tool, onError: 'continueRegularOutput' });
		const shown = result.error?.message ?? JSON.stringify(itemsOf(result));
		expect(shown).not.toMatch(/Cannot read|undefined|is not a function|TypeError/);
	});
});

import type { OrphanResult } from '../../../nodes/WhatsAppCloud/sending/campaign/orphanedMessages';
import { createResumed } from '../../../nodes/WhatsAppCloud/operations/message/resumed';
import type { Run } from '../../../nodes/WhatsAppCloud/node/run';
import { cancelledResult } from '../../../nodes/WhatsAppCloud/sending/attempt/outcome';
import type { OutboxEntry } from '../../../nodes/WhatsAppCloud/store/outbox/outboxEntry';
import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';

function createRun(continueOnFail: boolean) {
	const hints: string[] = [];
	const run = {
		host: {
			continueOnFail: () => continueOnFail,
			getNode: () => ({ name: 'Resume', type: 'whatsAppCloud', parameters: {} }),
			logger: { info: () => undefined, warn: () => undefined },
			addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		},
		account: { graphVersion: 'v25.0' },
		identity: { executionId: 'now' },
		messenger: { settings: () => ({ concurrency: 2 }) },
	} as unknown as Run;
	return { run, hints };
}

const record = (operationId: string): OutboxEntry =>
	({
		operationId,
		phoneNumberId: '1',
		payloadHash: 'hash',
		recipientKey: '+15551234567',
		workflowId: 'workflow',
		executionId: 'earlier',
		campaign: null,
	}) as OutboxEntry;

const send = ({ operationId }: OutboxEntry): Promise<OrphanResult> =>
	Promise.resolve({
		message: {
			operationId,
			phoneNumberId: '1',
			recipient: { to: '+15551234567' },
			endpoint: 'messages',
			body: {},
			payloadHash: 'hash',
		},
		result: {
			...cancelledResult('active'),
			outcome: 'sent',
			messageId: `wamid.${operationId}`,
		},
		isTried: true,
	});

const gone = new StateProblem('unreachable', 'Nobody listens there');

test.each([[true], [false]])(
	'a state that fails between two lots takes nothing from what was sent (continue: %s)',
	async (continueOnFail) => {
		const { run } = createRun(continueOnFail);
		const resumed = createResumed(run, 10, 0);
		const work = async () => {
			await resumed.handle([record('a'), record('b')], send);
			throw gone;
		};
		const items = await resumed.endOf(work());
		expect(items.map(({ json }) => json['messageId'])).toEqual(['wamid.a', 'wamid.b', undefined]);
		expect(items[2]?.json['error']).toMatchObject({
			class: 'state',
			message: expect.stringContaining('Nobody listens there') as string,
		});
		// With "Stop", an error would make n8n discard the two that were sent.
		expect(items[2]?.error !== undefined).toBe(continueOnFail);
	},
);

test('a state that fails before anything was sent is the error of the node', async () => {
	const { run } = createRun(false);
	await expect(createResumed(run, 10, 0).endOf(Promise.reject(gone))).rejects.toThrow(
		/Nobody listens there/,
	);
});

test('a message for which the state fails has its item, and no further one is begun', async () => {
	const { run } = createRun(true);
	const resumed = createResumed(run, 10, 0);
	const begun: string[] = [];
	await resumed.handle(['a', 'b', 'c', 'd', 'e'].map(record), async (each) => {
		begun.push(each.operationId);
		if (each.operationId === 'b') throw gone;
		return await send(each);
	});
	expect(resumed.mayGoOn()).toBe(false);
	const items = await resumed.endOf(Promise.resolve());
	const outcomes = new Map(items.map(({ json }) => [json['operationId'], json['outcome']]));
	expect(outcomes.get('b')).toBe('unknown');
	expect(outcomes.get('a')).toBe('sent');
	expect(begun.length).toBeLessThan(5);
	expect(items).toHaveLength(begun.length);
});

test('what is left alone does not count', async () => {
	const { run, hints } = createRun(true);
	const resumed = createResumed(run, 1, 0);
	await resumed.handle(['a', 'b', 'c', 'd'].map(record), async (each) =>
		each.operationId < 'c' ? 'outside_hours' : await send(each),
	);
	const items = await resumed.endOf(Promise.resolve());
	expect(items.map(({ json }) => json['operationId'])).toEqual(['c']);
	expect(hints.join('\n')).toMatch(/2 messages were left for later/);
});

test('a run that finds nothing says so, and any other does not', async () => {
	const nothing = createRun(true);
	expect(await createResumed(nothing.run, 1, 0).endOf(Promise.resolve())).toEqual([]);
	expect(nothing.hints).toEqual(['Nothing to resume: no message is waiting']);
	const one = createRun(true);
	const resumed = createResumed(one.run, 2, 0);
	await resumed.handle([record('a')], send);
	await resumed.endOf(Promise.resolve());
	expect(one.hints).toEqual([]);
});

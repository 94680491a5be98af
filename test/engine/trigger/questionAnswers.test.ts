import { accountKeyOf } from '../../../nodes/WhatsAppCloud/graph/identifiers';
import type { QuestionContent } from '../../../nodes/WhatsAppCloud/questions/wait';
import { decodeEvents } from '../../../nodes/WhatsAppCloud/trigger/deliveries/content';
import { messagesWebhook } from '../../unit/events/fixture';
import { approval } from '../../unit/questions/asked';
import { DispatchHost } from './dispatchHost';
import { account, messageWebhook } from './simulatedN8n';

let host: DispatchHost;

beforeEach(async () => {
	host = await DispatchHost.open();
});
afterEach(async () => await host.close());

const ada = '4915123456789';
const phoneNumberId = '200000000000001';
/** The business account of the webhooks. */
const accountKey = accountKeyOf({ ...account, businessAccountId: '300000000000001' });

async function ask(waitId: string, changes: Partial<QuestionContent> = {}): Promise<void> {
	const content: QuestionContent = {
		question: { steps: [approval], mostAttempts: null },
		recipient: `+${ada}`,
		startsWorkflows: false,
		opening: null,
		...changes,
	};
	const wait = {
		waitId,
		accountKey,
		appKey: 'app:simulated',
		workflowId: 'workflow',
		executionId: `execution ${waitId}`,
		nodeId: 'node',
		nodeName: 'Ask',
		resumeUrl: 'https://n8n.example.com/',
		content: '{}',
	};
	const question = {
		questionId: `${waitId}1`,
		phoneNumberId,
		personKey: `+${ada}`,
		itemIndex: 0,
		place: 0,
		content: JSON.stringify(content),
		whenAsked: 'wait' as const,
	};
	await host.store.questions.start(wait, [question], host.clock.now());
}

const tap = (id: string, replyId: string, from = ada) =>
	messagesWebhook({
		messages: [
			{
				id,
				from,
				timestamp: String(Math.floor(host.clock.now() / 1_000)),
				type: 'interactive',
				interactive: { type: 'button_reply', button_reply: { id: replyId, title: 'Approve' } },
			},
		],
	});

const due = async () => {
	const lease = { appKey: 'app:simulated', leaseMs: 1, limit: 10 };
	return (await host.store.questions.take(lease, host.clock.now())).map(({ waitId }) => waitId);
};

const answersOf = async (waitId: string) => {
	const held = await host.store.questions.hold(waitId, 'me', 1, host.clock.now());
	if (held === null || held === 'held') throw new Error(`${waitId}: ${String(held)}`);
	return held.answers.flatMap(({ content }) => decodeEvents([content], account.appSecret) ?? []);
};

test('an answer makes its wait due, is kept once and starts no workflow of any trigger', async () => {
	const n8n = await host.start({}, ['first', 'second']);
	await ask('abc');
	expect(await due()).toEqual([]);
	const webhook = tap('wamid.tap', 'q:abc1:0:o0');
	for (let time = 0; time < 2; time++) {
		const received = await host.clock.run(n8n.receive(webhook));
		expect(received).toMatchObject({ startingIds: [], repeated: 0 });
		expect(received.found.withheld.size).toBe(1);
		// The second time, it has answered before.
		expect(received.found.answers.size).toBe(time === 0 ? 1 : 0);
		expect(received.found.lateTaps).toBe(0);
	}
	await host.pass(60_000);
	expect(host.begun).toEqual([]);
	expect(await due()).toEqual(['abc']);
	expect(await answersOf('abc')).toMatchObject([{ id: 'wamid.tap', replyId: 'q:abc1:0:o0' }]);
});

test('with the wish for it, an answer starts workflows as well', async () => {
	const n8n = await host.start({}, ['first', 'second']);
	await ask('abc', { startsWorkflows: true });
	await host.clock.run(n8n.receive(tap('wamid.tap', 'q:abc1:0:o0')));
	await host.pass(60_000);
	expect(host.begun.map(({ trigger }) => trigger).sort()).toEqual(['first', 'second']);
	expect(await answersOf('abc')).toHaveLength(1);
});

test('repeated for a trigger that could not be read, such an answer gets there, and answers once', async () => {
	const n8n = await host.start();
	await n8n.publish('second', { settings: { senders: { from: 'a newer version' } } });
	await ask('abc', { startsWorkflows: true });
	const webhook = tap('wamid.tap', 'q:abc1:0:o0');
	const refused = await host.clock.run(n8n.receive(webhook));
	expect(refused.unreadable).toHaveLength(1);
	await n8n.unpublish('second');
	await n8n.publish('second');
	const repeated = await host.clock.run(n8n.receive(webhook));
	expect(repeated).toMatchObject({ unreadable: [], startingIds: ['second'] });
	await host.pass(60_000);
	expect(host.begun.map(({ trigger }) => trigger).sort()).toEqual(['first', 'second']);
	expect(await answersOf('abc')).toHaveLength(1);
});

test('a message that answers nothing starts workflows as ever', async () => {
	const n8n = await host.start();
	await ask('abc');
	await host.clock.run(n8n.receive(messageWebhook('wamid.other', '4999', host.clock.now())));
	await host.pass(60_000);
	expect(host.begun).toHaveLength(1);
	expect(await due()).toEqual([]);
});

test.each([
	['is somebody else’s', 'q:abc1:0:o0', '4999'],
	['was answered', 'q:abc1:0:o0', ada],
])('a tap on a question that %s starts nothing', async (_, replyId, from) => {
	const n8n = await host.start();
	await ask('abc');
	if (from === ada) await host.store.questions.end('abc', host.clock.now());
	const received = await host.clock.run(n8n.receive(tap('wamid.late', replyId, from)));
	expect(received.found.withheld.size).toBe(1);
	expect(received.found).toMatchObject({ answers: new Map(), lateTaps: 1 });
	await host.pass(60_000);
	expect(host.begun).toEqual([]);
	expect(await due()).toEqual([]);
});

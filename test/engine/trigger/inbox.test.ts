import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import type { WebhookEvent } from '../../../nodes/WhatsAppCloud/events/webhookEvent';
import type { PostWebhook } from '../../../nodes/WhatsAppCloud/trigger/sharing/forward';
import { Inbox } from '../../../nodes/WhatsAppCloud/trigger/receive/inbox';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import { RefusalCounters } from '../../../nodes/WhatsAppCloud/trigger/counters/refusalCounters';
import { counterNames } from '../../../nodes/WhatsAppCloud/trigger/counters/counterNames';
import { until } from '../../until';
import { changeWebhook } from '../../unit/events/fixture';
import { UserFolder } from './store';

const GROUP = 'app:group';
const folder = new UserFolder();
let store: Store;
let logs: string[] = [];
let posted: string[] = [];

beforeAll(async () => {
	store = await folder.openStore();
});
beforeEach(async () => {
	logs = [];
	posted = [];
	const known = await store.listeners.list(GROUP, 0);
	await store.listeners.remove(known.map(({ listenerId }) => listenerId));
});
afterAll(async () => await folder.remove());

const listen = async (id: string, isTest = false, leaseUntil: number | null = null) =>
	await store.listeners.register(
		{
			listenerId: id,
			accountKey: GROUP,
			workflowId: `workflow of ${id}`,
			nodeId: id,
			nodeName: `Trigger ${id}`,
			isTest,
			address: `https://n8n.example.com/${id}`,
			owner: 'test',
			leaseUntil,
			details: JSON.stringify({
				scope: 'manual',
				businessAccountId: '',
				phoneNumberId: '',
				interests: null,
				canRegister: true,
				session: 0,
			}),
		},
		Date.now(),
	);

type Answer = Awaited<ReturnType<PostWebhook>>;

const inboxOf = (answers: Record<string, Answer | Promise<Answer>> = {}) =>
	new Inbox({
		store,
		account: parseAccountWithoutToken({ appSecret: 'secret', businessAccountId: '1' }),
		group: GROUP,
		listenerId: 'self',
		scope: { scope: 'manual', businessAccountId: '', phoneNumberId: '' },
		ownUrl: 'https://n8n.example.com/self',
		post: async (url) => {
			posted.push(url);
			return await (answers[url] ?? Promise.resolve({ status: 200 }));
		},
		refusals: new RefusalCounters(),
		clock: { now: () => Date.now(), sleep: async () => await Promise.resolve() },
		log: (level, message) => logs.push(`${level}: ${message}`),
	});

let sequence = 0;
const newEvents = (): WebhookEvent[] =>
	normalise(
		changeWebhook('messages', {
			messages: [{ id: `wamid.${sequence++}`, from: '49', type: 'text', text: { body: 'hi' } }],
		}),
	);
const request = { body: Buffer.from('{}'), signature: 'sha256=abc' };
const refusedBy = (id: string) => ({
	[`https://n8n.example.com/${id}`]: { problem: `${id} cannot be reached` },
});

/** Waits for the counter, because the request does not. */
async function counted(name: string) {
	const find = async () =>
		(await store.counters.list(GROUP, name)).find((each) => each.name === name);
	await until(`${name} was counted`, async () => (await find()) !== undefined);
	return await find();
}

test('a forward that fails is reported, logged and counted, and the others get it', async () => {
	for (const id of ['self', 'a', 'b']) await listen(id);
	const recorded = await inboxOf(refusedBy('a')).record(newEvents(), false);
	const problems = await recorded.share(request);
	expect(problems).toEqual([expect.stringContaining('"Trigger a" of workflow workflow of a')]);
	// Meta is asked to deliver again, so this trigger gets its own share by a request to itself.
	expect(posted.sort()).toEqual(['a', 'b', 'self'].map((id) => `https://n8n.example.com/${id}`));
	expect(logs).toEqual([expect.stringMatching(/^error: .*failed: a cannot be reached/)]);
	expect(await counted(`${counterNames.forwardFailed}a`)).toMatchObject({
		count: 1,
		lastDetail: 'a cannot be reached',
	});
});

test('nobody waits for a test run', async () => {
	let end = (): void => undefined;
	const pending = new Promise<void>((resolve) => (end = resolve));
	await listen('tried', true, Date.now() + 60_000);
	const recorded = await inboxOf({
		'https://n8n.example.com/tried': pending.then(() => ({ problem: 'it has ended' })),
	}).record(newEvents(), false);
	// It has not answered by the time the others have.
	expect(await recorded.share(request)).toEqual([]);
	expect([posted, logs]).toEqual([['https://n8n.example.com/tried'], []]);
	end();
	expect(await counted(`${counterNames.forwardFailed}tried`)).toMatchObject({
		lastDetail: 'it has ended',
	});
	expect(logs).toEqual([expect.stringMatching(/^error: .*test run "Trigger tried".*it has ended/)]);
});

test('a test run that breaks is logged', async () => {
	await listen('tried', true, Date.now() + 60_000);
	const broken = Promise.reject(new Error('broken'));
	const recorded = await inboxOf({ 'https://n8n.example.com/tried': broken }).record(
		newEvents(),
		false,
	);
	expect(await recorded.share(request)).toEqual([]);
	await new Promise(setImmediate);
	expect(logs).toEqual(['error: forwarding to test runs failed: broken']);
});

test('whom Meta reaches stays, whatever the others say', async () => {
	await listen('self', false, Date.now() - 1);
	await inboxOf().record(newEvents(), true);
	expect(await store.listeners.list(GROUP, 0)).toHaveLength(1);
	await inboxOf().record(newEvents(), false);
	expect(await store.listeners.list(GROUP, 0)).toMatchObject([{ leaseUntil: null }]);
	expect(logs).toEqual([]);
});

test('a listener that is gone for too long is dropped, with a line in the log', async () => {
	await listen('self');
	await listen('lost', false, Date.now() - 1);
	const recorded = await inboxOf(refusedBy('lost')).record(newEvents(), false);
	expect(await recorded.share(request)).toEqual([]);
	expect(posted).toEqual([]);
	expect(logs).toEqual([expect.stringMatching(/^error: .*"Trigger lost".*counts as gone/)]);
	expect(await store.listeners.list(GROUP, 0)).toMatchObject([{ listenerId: 'self' }]);

	await inboxOf().record(newEvents(), false);
	expect(logs).toHaveLength(1);
});

test('what a filter keeps out is counted under its name', async () => {
	const recorded = await inboxOf().record(newEvents(), true);
	await recorded.claim([], new Map([['Registration', 2]]));
	expect(await counted(`${counterNames.filtered}self:Registration`)).toMatchObject({ count: 2 });
});

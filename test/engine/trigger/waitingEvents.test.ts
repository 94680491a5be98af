import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { listenerIdOf } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import { seal } from '../../../nodes/WhatsAppCloud/store/sealedText';
import { startExecution } from '../../../nodes/WhatsAppCloud/trigger/execution/startExecution';
import { readOptions } from '../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import { systemClock } from '../../../nodes/WhatsAppCloud/time/system/systemClock';
import { until } from '../../until';
import { CallbackServer } from './callback';
import { HookedTrigger } from './hooks';
import { UserFolder } from './store';
import { WatchedStore } from './watchedStore';

const ID = 'node-1';
const listenerId = listenerIdOf(`workflow of ${ID}`, ID, false);
const minuteMs = 60_000;

let folder: UserFolder;
let watched: WatchedStore;
let store: Store;
let n8n: CallbackServer;

beforeEach(async () => {
	folder = new UserFolder();
	watched = new WatchedStore(await folder.openStore());
	({ store } = watched);
	n8n = await CallbackServer.start('verify');
});
afterEach(async () => {
	await n8n.stop();
	await folder.remove();
});

/** @param sleep until when an unpublished workflow may come back */
const trigger = (sleep?: (ms: number) => Promise<void>, settings: object = {}) =>
	new HookedTrigger(
		n8n,
		() => ({ appSecret: 'secret', verifyToken: 'verify', businessAccountId: '1' }),
		{ registration: 'manual', settings },
		{ id: ID, store, ...(sleep === undefined ? {} : { sleep }) },
	);

async function receive(
	names: readonly string[],
	at: number,
	contentOf = (name: string) => name,
): Promise<void> {
	const events = names.map((name) => ({
		accountKey: '1',
		eventKey: name,
		content: contentOf(name),
		orderKey: 'person',
		contactKey: 'person',
		occurredAt: at,
		deliveries: [{ listenerId, batchId: `batch of ${name}`, dueAt: 0 }],
	}));
	await store.inbox.receive({ statuses: [], contacts: [], links: [], events }, at);
}

const waiting = async () => (await store.inbox.backlogs([listenerId], Date.now()))[0]?.waiting;
const dropped = ({ logs }: HookedTrigger) => logs.filter((line) => line.includes('dropped'));

test('unpublished while events wait: they are dropped, and the log says how many', async () => {
	const hooked = trigger();
	await hooked.activate();
	await receive(['a', 'b', 'c'], Date.now() - 1_000);
	await hooked.deactivate();
	await until('they are dropped', () => dropped(hooked).length > 0);
	expect(dropped(hooked)).toEqual([expect.stringMatching(/^warn: .*waited .*is unpublished: 3$/)]);
	expect(await waiting()).toBe(0);
	expect(await store.listeners.find([listenerId])).toEqual([]);
});

test.each([
	['lost its app secret', ''],
	['got another app secret', 'another'],
])('unpublished when the credential has %s: the trigger leaves the state', async (_, appSecret) => {
	const hooked = trigger();
	await hooked.activate();
	await receive(['a'], Date.now() - 1_000);
	await hooked.deactivate({ appSecret });
	await until('it is dropped', () => dropped(hooked).length > 0);
	expect(await store.listeners.find([listenerId])).toEqual([]);
});

test('unpublished without a credential: the log says that the trigger may stay', async () => {
	const hooked = trigger();
	await hooked.activate();
	hooked.loseCredential();
	await hooked.deactivate();
	expect(hooked.logs).toContainEqual(
		expect.stringMatching(new RegExp(`^error: .*may stay.*"${listenerId}".*Unsubscribe`)),
	);
});

test('published again within the minute: they stay', async () => {
	let endMinute = (): void => undefined;
	const minute = new Promise<void>((resolve) => (endMinute = resolve));
	const hooked = trigger(async () => await minute);
	await hooked.activate();
	await receive(['a', 'b', 'c'], Date.now());
	await hooked.deactivate();
	const [leaving] = await store.listeners.find([listenerId]);
	expect(leaving?.leaseUntil).toBeGreaterThan(Date.now());
	await hooked.activate();
	endMinute();
	await minute;
	await watched.idle();
	expect(dropped(hooked)).toEqual([]);
	expect(await waiting()).toBe(3);
	expect(await store.listeners.find([listenerId])).toMatchObject([{ leaseUntil: null }]);
});

test('published again later, n8n stopped in between: they are dropped, and the log says so', async () => {
	await receive(['a', 'b'], Date.now() - minuteMs - 1_000);
	await receive(['c'], Date.now());
	const hooked = trigger();
	await hooked.activate();
	expect(dropped(hooked)).toEqual([
		expect.stringMatching(/^warn: .*waited .*was unpublished.*: 2$/),
	]);
	expect(await waiting()).toBe(1);
});

test('what waits stays for as long as the user chose', async () => {
	const slept: number[] = [];
	const hooked = trigger(
		async (ms) => {
			slept.push(ms);
			await Promise.resolve();
		},
		{ keptMinutes: 90 },
	);
	await receive(['old'], Date.now() - 91 * minuteMs);
	await receive(['new'], Date.now() - 89 * minuteMs);
	await hooked.activate();
	expect(await waiting()).toBe(1);
	await hooked.deactivate();
	await until('the other is dropped', () => dropped(hooked).length > 1);
	expect(slept).toContain(90 * minuteMs);
	expect(await waiting()).toBe(0);
});

/** Starts an execution for the batch of event "a". */
const begin = async (kept: Pick<Store, 'inbox'> | null, settings: Record<string, unknown> = {}) =>
	await startExecution(
		{ batchId: 'batch of a' },
		{
			executionId: '1',
			options: readOptions({ timeZone: 'UTC', settings }),
			account: parseAccountWithoutToken({ appSecret: 'secret' }),
			store: kept,
			otherSecrets: async () => await Promise.resolve([]),
			openGraph: () => {
				throw new Error('Meta is not called');
			},
			keepFile: async () => await Promise.reject(new Error('No files are kept')),
			startTimeout: () => new AbortController().signal,
			onEnd: () => undefined,
			onClaim: () => undefined,
			clock: systemClock,
			log: () => undefined,
		},
	);

test('the state is switched off while events wait: the execution says so and what to do', async () => {
	await expect(begin(null)).rejects.toMatchObject({
		message: expect.stringContaining('switched off'),
		advice: expect.stringContaining('Keep State In'),
	});
});

test('what was encrypted under another app secret fails once and does not wait on', async () => {
	await receive(['a'], Date.now(), () => seal('{}', 'the secret of before'));
	await expect(begin(store, { whenKilled: 'restart' })).rejects.toMatchObject({
		message: expect.stringContaining('another app secret'),
	});
	const [backlog] = await store.inbox.backlogs([listenerId], Date.now());
	expect(backlog).toMatchObject({ waiting: 0, claimed: 0 });
});

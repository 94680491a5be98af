import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../scripts/host/autoresponder.ts';
import { testAccount, testCredentialData } from '../../scripts/host/test-account.ts';
import { Receiver } from '../receivers';
import { until } from '../until';
import { allDelivered, isCalled } from './simulated-people';
import { OwnN8n } from './trigger-host';

const START_MS = 300_000;
const LONG_MS = 600_000;
const ANA = '15550200001';
/** Shorter than the ten seconds that a receiver has: whoever waits for it answers Meta too late. */
const META_WAITS_MS = 8_000;

let own: OwnN8n;
let receivers: Record<'works' | 'hangs' | 'refuses' | 'redirects' | 'down', Receiver>;

/** Ana writes. @returns the messages' IDs */
async function write(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let index = 0; index < count; index++) {
		const { id } = await own.admin<{ id: string }>('POST', '/chat/messages', {
			phoneNumberId: testAccount.phoneNumberId,
			customer: ANA,
			message: { type: 'text', text: { body: `message ${index}` } },
		});
		ids.push(id);
	}
	return ids;
}

/** Every webhook was answered the first time that Meta sent it, within its time limit. */
async function answeredAtOnce(): Promise<void> {
	await allDelivered(own.admin.bind(own));
	const { data } = await own.admin<{
		data: { attempts: { httpStatus: number; error: string | null }[] }[];
	}>('GET', '/webhooks?limit=1000');
	expect(data.flatMap(({ attempts }) => attempts.slice(0, -1))).toEqual([]);
}

/** How many webhooks wait for the receivers, from the package's state. */
function waiting(): number {
	const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
	const file = join(own.folder, '.n8n', 'whatsapp-cloud', 'state.sqlite');
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return Number(database.prepare('SELECT COUNT(*) AS n FROM forwards').get()?.['n']);
	} finally {
		database.close();
	}
}

const attempts = (receiver: Receiver): number => receiver.got.length;

beforeAll(async () => {
	receivers = {
		works: await Receiver.start('take'),
		hangs: await Receiver.start('hang'),
		refuses: await Receiver.start('refuse'),
		redirects: await Receiver.start('redirect'),
		down: await Receiver.start('take'),
	};
	await receivers.down.goDown();
	own = await OwnN8n.start();
	const webhooks = { timeoutMs: META_WAITS_MS, maxAttempts: 20, retryBaseMs: 500 };
	await own.admin('PATCH', '/settings', { webhooks });
	const { id, name } = await own.api.saveCredential('WhatsApp Cloud API', CREDENTIAL_TYPE, {
		...testCredentialData(own.simulator.baseUrl),
		allowPrivateForwards: true,
	});
	const addresses = Object.values(receivers).map(({ url }) => ({ url, events: ['message'] }));
	const workflow = await own.api.createWorkflow({
		name: 'Hands on',
		nodes: [
			{
				id: randomUUID(),
				name: 'WhatsApp Cloud Trigger',
				type: TRIGGER_TYPE,
				typeVersion: 2,
				position: [0, 0],
				webhookId: 'forwarding',
				parameters: {
					registration: 'phoneNumber',
					events: ['message'],
					settings: { forwards: { address: addresses } },
				},
				credentials: { [CREDENTIAL_TYPE]: { id, name } },
			},
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	});
	await own.publish(workflow);
	await isCalled(own.simulator.baseUrl);
}, START_MS);
afterAll(async () => {
	await own.stop();
	await Promise.all(Object.values(receivers).map(async (receiver) => await receiver.goDown()));
});

test(
	'receivers that hang, refuse, redirect or are down: Meta is answered at once, and each message arrives there once',
	async () => {
		const { works, hangs, refuses, redirects, down } = receivers;
		const ids = await write(5);
		await answeredAtOnce();
		await until('the one that works has all', () => works.taken.length === ids.length);
		await until('the others have been tried', () =>
			[hangs, refuses, redirects].every((receiver) => attempts(receiver) > 0),
		);
		// More comes while they are out of order, and while calls to one of them hang.
		ids.push(...(await write(5)));
		await answeredAtOnce();
		await until('the one that works has all', () => works.taken.length === ids.length);
		expect([hangs, refuses, redirects, down].flatMap(({ taken }) => taken)).toEqual([]);

		for (const receiver of [hangs, refuses, redirects]) receiver.behaviour = 'take';
		await down.comeUp();
		await until('nothing waits', () => waiting() === 0, LONG_MS);
		for (const { taken, got } of Object.values(receivers)) {
			expect([...taken].sort()).toEqual([...ids].sort());
			expect(got.every(({ isSigned }) => isSigned)).toBe(true);
		}
	},
	LONG_MS,
);

test(
	'n8n is killed while webhooks wait, and while receivers have them: each arrives, under the ID that it had',
	async () => {
		const { works, hangs, refuses } = receivers;
		const before = Object.values(receivers).map(attempts);
		hangs.behaviour = 'hang';
		refuses.behaviour = 'refuse';
		works.thinksMs = 2_000;
		const ids = await write(20);
		await answeredAtOnce();
		const news = (receiver: Receiver) =>
			receiver.got.slice(before[Object.values(receivers).indexOf(receiver)]);
		const takenOf = (receiver: Receiver) => news(receiver).filter(({ isTaken }) => isTaken);
		await until(
			'some are taken, some hang, and some were refused',
			() => takenOf(works).length >= 5 && news(hangs).length > 0 && news(refuses).length > 0,
		);
		await own.kill();
		expect(waiting()).toBeGreaterThan(0);
		hangs.behaviour = 'take';
		refuses.behaviour = 'take';
		works.thinksMs = 0;
		await own.restart();
		await until('nothing waits', () => waiting() === 0, LONG_MS);

		for (const receiver of Object.values(receivers)) {
			const taken = takenOf(receiver);
			expect([...new Set(taken.flatMap(({ messageIds }) => messageIds))].sort()).toEqual(
				[...ids].sort(),
			);
			// One whose answer the kill kept from being noted comes again, and says so by its ID.
			const deliveries = new Set(news(receiver).map(({ deliveryId }) => deliveryId));
			expect(deliveries.size).toBe(ids.length);
		}
		for (const receiver of [hangs, refuses]) {
			expect(takenOf(receiver)).toHaveLength(ids.length);
		}
	},
	LONG_MS,
);

import { createHash, randomBytes } from 'node:crypto';

import type { OutputItem } from '../../../scripts/engine/result';
import { replayWebhook, useSimulator } from '../harness';
import { CaptureServer } from './capture';

const APP_ID = '100000000000001';
const BUSINESS = '200000000000001';
const NUMBER = '300000000000001';
const CUSTOMER = '15550200001';

const simulator = useSimulator();
let capture: CaptureServer;
let credentials: Record<string, Record<string, unknown>>;

beforeAll(async () => {
	capture = await CaptureServer.start();
	credentials = {
		whatsAppCloudApi: {
			accessToken: 'SIMULATOR_ACCESS_TOKEN',
			appId: APP_ID,
			appSecret: 'simulator-app-secret',
			advancedSettings: true,
			graphBaseUrl: simulator.url,
		},
	};
});
beforeEach(async () => {
	await simulator.admin('PATCH', '/account', {
		apps: { [APP_ID]: { subscription: { callbackUrl: capture.url, fields: ['messages'] } } },
		businessAccounts: { [BUSINESS]: { subscribedApps: [{ appId: APP_ID }] } },
	});
});
afterAll(async () => {
	await capture.stop();
});

/** Writes as a customer; returns the message's ID. */
async function write(message: Record<string, unknown>): Promise<string> {
	const { id } = await simulator.admin<{ id: string }>('POST', '/chat/messages', {
		phoneNumberId: NUMBER,
		customer: CUSTOMER,
		message,
	});
	return id;
}

/** Gives the simulator's next webhook to the trigger. */
async function receive(options: Record<string, unknown> = {}) {
	const [webhook] = await capture.take(1);
	return await replayWebhook({ ...webhook, credentials, parameters: { settings: options } });
}

async function onlyItem(options: Record<string, unknown> = {}): Promise<OutputItem> {
	const { outputs, status } = await receive(options);
	expect(status).toBe(200);
	const [item, ...others] = outputs?.[0] ?? [];
	if (item === undefined || others.length > 0) throw new Error('not exactly one item');
	return item;
}

async function uploadFile(content: Buffer, mimeType: string, filename: string): Promise<string> {
	const form = new FormData();
	form.append('file', new Blob([new Uint8Array(content)], { type: mimeType }), filename);
	const response = await fetch(`${simulator.url}/_simulator/chat/media`, {
		method: 'POST',
		body: form,
	});
	return ((await response.json()) as { id: string }).id;
}

describe('what a customer sends', () => {
	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['text', { text: { body: 'Zoë says “hi” 👋' } }, { text: 'Zoë says “hi” 👋' }],
		['location', { location: { latitude: 1.5, longitude: 2 } }, { text: '1.5, 2' }],
		['reaction', { reaction: { message_id: 'wamid.X', emoji: '🎉' } }, { text: '🎉' }],
		['unsupported', {}, { text: null, errors: [{ code: 131051 }] }],
	])('arrives readable: %s', async (type, content, expected) => {
		const id = await write({ type, ...content });
		const { json } = await onlyItem();
		expect(json).toMatchObject({
			event: 'message',
			type,
			id,
			from: CUSTOMER,
			phoneNumberId: NUMBER,
			businessAccountId: BUSINESS,
			contact: { waId: CUSTOMER },
			...expected,
		});
	});
});

describe('blue ticks', () => {
	it('are shown at once, with typing', async () => {
		await write({ type: 'text', text: { body: 'Anybody there?' } });
		await onlyItem({ showTyping: true });
		expect(await simulator.counters()).toMatchObject({ readReceipts: 1 });
		const requests = await simulator.admin('GET', '/requests');
		expect(JSON.stringify(requests)).toContain('"typing_indicator":{"type":"text"}');
	});

	it('are not shown unasked', async () => {
		await write({ type: 'text', text: { body: 'Anybody there?' } });
		await onlyItem();
		expect(await simulator.counters()).toMatchObject({ readReceipts: 0 });
	});

	it('are not shown for messages that were not chosen', async () => {
		await write({ type: 'text', text: { body: 'Anybody there?' } });
		expect((await receive({ markAsRead: true, senders: ['+49 151 1'] })).outputs).toEqual([]);
		expect(await simulator.counters()).toMatchObject({ readReceipts: 0 });
	});

	it('cost no message when Meta refuses', async () => {
		await simulator.addFault({ kind: 'error', code: 131000 });
		const id = await write({ type: 'text', text: { body: 'Anybody there?' } });
		const { outputs, logs } = await receive({ markAsRead: true });
		expect(outputs).toMatchObject([[{ json: { id } }]]);
		expect(logs).toContainEqual(
			expect.objectContaining({ level: 'warn', message: expect.stringContaining('mark as read') }),
		);
	});
});

describe('files', () => {
	const content = randomBytes(3 * 1024 * 1024 + 17);
	const sha256 = createHash('sha256').update(content).digest('hex');
	const document = (id: string) => ({ type: 'document', document: { id, filename: 'offer.pdf' } });

	it('come into a binary field, whole', async () => {
		await write(document(await uploadFile(content, 'application/pdf', 'offer.pdf')));
		const { json, binary } = await onlyItem({ downloadMedia: true, outputField: 'file' });
		expect(json).toMatchObject({ media: { filename: 'offer.pdf', outputField: 'file' } });
		expect(binary).toMatchObject({
			file: {
				fileName: 'offer.pdf',
				mimeType: 'application/pdf',
				fileSize: content.length,
				sha256,
			},
		});
	});

	it('get a name where the customer gave none', async () => {
		const id = await uploadFile(content, 'image/jpeg', 'x');
		await write({ type: 'image', image: { id } });
		const { binary } = await onlyItem({ downloadMedia: true });
		expect(binary?.['data']?.fileName).toMatch(/\.jpg$|^x$/);
	});

	it('are left at Meta unasked', async () => {
		await write(document(await uploadFile(content, 'application/pdf', 'offer.pdf')));
		const { json, binary } = await onlyItem();
		expect(binary).toBeUndefined();
		expect(json['media']).not.toHaveProperty('outputField');
	});

	it('that are too large are reported, not fetched', async () => {
		await write(document(await uploadFile(content, 'application/pdf', 'offer.pdf')));
		const { json, binary } = await onlyItem({ downloadMedia: true, maxMegabytes: 2 });
		expect(binary).toBeUndefined();
		expect(json).toMatchObject({ media: { problem: expect.stringContaining('2 MB') } });
	});

	it('that are gone do not cost the message', async () => {
		const id = await write(document('999999999999999'));
		const { json, binary } = await onlyItem({ downloadMedia: true });
		expect(binary).toBeUndefined();
		expect(json).toMatchObject({ id, media: { problem: expect.stringMatching(/\w/) } });
	});
});

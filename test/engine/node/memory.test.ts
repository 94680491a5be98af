import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { RunNodeResult } from '../../../scripts/engine/result';
import { postgresFields, startPostgres, type PostgresServer } from '../../postgres';
import { serverTimeoutMs } from '../../usedDatabase';
import { loadTemplates, templateFixture } from '../../fixtures/templateFixtures';
import { appSecret, credentials, ids, itemsOf, onlyJson } from './account';
import { keepState } from './keptState';

const { engine, simulator, folder } = keepState();

// Its own: the files are searched for what was written.
let server: PostgresServer;
beforeAll(async () => {
	server = await startPostgres();
}, serverTimeoutMs);
afterAll(async () => await server.remove());

let messages = 0;

describe.each(['sqlite', 'postgres'] as const)('kept texts in %s', (stateStore) => {
	const access = (changes: Record<string, unknown> = {}) =>
		credentials(simulator.url, {
			stateStore,
			...(stateStore === 'postgres'
				? { ...postgresFields(server.connection), postgresTls: 'off' }
				: {}),
			keepTexts: true,
			...changes,
		});
	const run = async (
		resource: string,
		operation: string,
		parameters: Record<string, unknown>,
		changes: Record<string, unknown> = {},
	): Promise<RunNodeResult> =>
		await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { resource, operation, ...parameters },
			credentials: access(changes),
		});
	const say = async (recipient: string, text: string, parameters = {}, changes = {}) =>
		onlyJson(await run('message', 'sendText', { recipient, text, ...parameters }, changes));
	/** Gives the trigger a webhook of Meta's. */
	const receive = async (field: string, value: object, changes: Record<string, unknown> = {}) => {
		const { appSecret: secret = appSecret } = changes as { appSecret?: string };
		const { account = ids.businessAccount, ...content } = value as { account?: string };
		const metadata = { display_phone_number: '15550100001', phone_number_id: ids.phoneNumber };
		const change = { field, value: { messaging_product: 'whatsapp', metadata, ...content } };
		const body = JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [{ id: account, changes: [change] }],
		});
		const signature = createHmac('sha256', secret).update(body).digest('hex');
		const answer = await engine.replayWebhook({
			body: { base64: Buffer.from(body).toString('base64') },
			headers: [
				['content-type', 'application/json'],
				['x-hub-signature-256', `sha256=${signature}`],
			],
			parameters: { events: ['status'] },
			credentials: access(changes),
		});
		expect(answer.status).toBe(200);
	};
	const message = (digits: string, text: string) => ({
		from: digits,
		id: `wamid.${stateStore}.${++messages}`,
		timestamp: String(Math.floor(Date.now() / 1000)),
		type: 'text',
		text: { body: text },
	});
	const hear = async (digits: string, text: string, changes = {}) =>
		await receive('messages', { messages: [message(digits, text)] }, changes);
	const read = async (contact: string, parameters = {}, changes = {}) =>
		itemsOf(await run('contact', 'getMessages', { contact, ...parameters }, changes)).map(
			({ json }) => json,
		);

	test('a conversation: the person, workflows, a campaign and somebody in the app', async () => {
		const [digits, contact] = ['15550207101', '+1 555 020 7101'];
		await say(contact, 'Our spring plants are here', { delivery: { campaign: 'spring' } });
		await hear(digits, 'Do you have ferns?');
		await say(contact, 'Yes, we do.');
		const echo = { ...message('15550100001', 'Ann here: I keep one for you.'), to: digits };
		await receive('smb_message_echoes', { message_echoes: [echo] });
		expect(await read(contact)).toMatchObject([
			{ author: 'campaign', type: 'text', line: 'Our spring plants are here' },
			{ author: 'contact', text: 'Do you have ferns?', at: expect.stringMatching(/^\d{4}-/) },
			{ author: 'workflow', text: 'Yes, we do.', messageId: expect.stringMatching(/^wamid\./) },
			{ author: 'person', text: 'Ann here: I keep one for you.' },
		]);
		expect(await read(contact, { messageCount: 1 })).toHaveLength(1);
		expect(await read(contact, { options: { authors: ['contact'] } })).toHaveLength(1);
		expect(await read(contact, { options: { maxAgeDays: 0 } })).toEqual([]);
		expect(await read(contact, { phoneNumberId: ids.secondPhoneNumber })).toEqual([]);
	});

	test('number and user ID are one person', async () => {
		const digits = '15550207102';
		const userId = 'US.13491208655302749999';
		await receive('messages', {
			contacts: [{ wa_id: digits, user_id: userId, profile: { name: 'Eve' } }],
			messages: [{ ...message(digits, 'By number'), from_user_id: userId }],
		});
		await receive('messages', {
			contacts: [{ user_id: userId, profile: { name: 'Eve' } }],
			messages: [{ ...message('', 'By user ID'), from: undefined, from_user_id: userId }],
		});
		const both = [{ text: 'By number' }, { text: 'By user ID' }];
		expect(await read(`+${digits}`)).toMatchObject(both);
		expect(await read(userId)).toMatchObject(both);
	});

	test('a template reads as its recipient saw it', async () => {
		await loadTemplates(simulator.url, [templateFixture('opening_hours')]);
		const contact = '+15550207103';
		const sent = await run('message', 'sendTemplate', {
			recipient: contact,
			template: { __rl: true, mode: 'id', value: 'opening_hours:en_US' },
			componentsInput: 'json',
			componentsJson: '[]',
		});
		expect(onlyJson(sent)).toMatchObject({ outcome: 'sent' });
		const body = templateFixture('opening_hours').components.find(({ type }) => type === 'BODY');
		expect(await read(contact)).toMatchObject([
			{ type: 'template', text: expect.stringContaining(String(body?.['text'])) },
		]);
	});

	test('with the switch off, nothing is kept, and whoever asks is told the way out', async () => {
		const contact = '+15550207104';
		await hear('15550207104', 'Kept by nobody', { keepTexts: false });
		await say(contact, 'Nor is this', {}, { keepTexts: false });
		expect(await read(contact)).toEqual([]);
		const { error } = await run('contact', 'getMessages', { contact }, { keepTexts: false });
		expect(error?.message).toMatch(/Keep Texts is off.*Switch it on under Advanced Settings/);
		const secretless = await run('contact', 'getMessages', { contact }, { appSecret: '' });
		expect(secretless.error?.message).toMatch(/Keep Texts is on, but App Secret is empty/);
	});

	test('Get Data shows it in plain text, Erase takes it away', async () => {
		const [digits, contact] = ['15550207105', '+15550207105'];
		await hear(digits, 'My door code is 4711');
		await say(contact, 'Thank you for the code.');
		const data = itemsOf(await run('contact', 'getData', { contact }));
		const texts = data.filter(({ json }) => json['table'] === 'texts');
		expect(texts.map(({ json }) => json)).toMatchObject([
			{
				kind: 'What was written',
				data: { author: 'contact', content: { text: 'My door code is 4711' } },
			},
			{ data: { author: 'workflow', content: { text: 'Thank you for the code.' } } },
		]);
		await run('contact', 'erase', { contact, options: { compact: false } });
		expect(await read(contact)).toEqual([]);
	});

	test('after a change of the app secret, old texts cannot be read, and new ones can', async () => {
		const [digits, contact] = ['15550207106', '+15550207106'];
		const changed = { appSecret: 'another-secret' };
		await hear(digits, 'Before');
		await hear(digits, 'Afterwards', changed);
		expect(await read(contact, {}, changed)).toMatchObject([{ text: 'Afterwards' }]);
		expect(await read(contact)).toMatchObject([{ text: 'Before' }]);
	});

	test('an edit and a deletion are followed', async () => {
		const [digits, contact] = ['15550207107', '+15550207107'];
		const [first, second] = [message(digits, 'Tomato'), message(digits, 'Delete me')];
		await receive('messages', { messages: [first, second] });
		const { id, timestamp } = message(digits, '');
		const edit = {
			original_message_id: first.id,
			message: { type: 'text', text: { body: 'Two' } },
		};
		await receive('messages', {
			messages: [
				{ from: digits, id, timestamp, type: 'edit', edit },
				{
					from: digits,
					id: `${id}.2`,
					timestamp,
					type: 'revoke',
					revoke: { original_message_id: second.id },
				},
			],
		});
		expect(await read(contact)).toMatchObject([{ text: 'Two', type: 'text' }]);
		// Meta repeats a webhook whose answer was lost.
		await receive('messages', { messages: [first, second] });
		expect(await read(contact)).toMatchObject([{ text: 'Two', type: 'text' }]);
	});

	test('what Meta accepted and could not deliver was never said', async () => {
		const [digits, contact] = ['15550207109', '+15550207109'];
		await say(contact, 'Delivered');
		const { messageId } = await say(contact, 'Never delivered');
		const timestamp = String(Math.floor(Date.now() / 1000));
		const failed = { id: messageId, status: 'failed', recipient_id: digits, timestamp };
		await receive('messages', { statuses: [failed] });
		expect(await read(contact)).toMatchObject([{ text: 'Delivered' }]);
	});

	test('texts of another business account are left to its own credential', async () => {
		const [digits, contact] = ['15550207110', '+15550207110'];
		const account = '999000000000001';
		await receive('messages', { account, messages: [message(digits, 'To somebody else')] });
		expect(await read(contact, {}, { businessAccountId: account })).toEqual([]);
		expect(await read(contact)).toEqual([]);
	});

	test('the database holds no plain text', async () => {
		const contact = '+15550207108';
		const words = ['pomegranate', 'rhododendron', 'chrysanthemum'];
		await hear('15550207108', `I like ${words[0] ?? ''}`);
		await say(contact, `We sell ${words[1] ?? ''}`);
		await say(contact, `Now with ${words[2] ?? ''}`, { delivery: { campaign: 'plants' } });
		expect(await read(contact)).toHaveLength(3);
		for (const file of await filesOf(stateStore)) {
			const bytes = readFileSync(file).toString('latin1');
			for (const word of words) {
				expect({ file, word, found: bytes.includes(word) }).toEqual({ file, word, found: false });
			}
		}
	});
});

/** The files of the state, with what has been written to them. */
async function filesOf(stateStore: 'sqlite' | 'postgres'): Promise<string[]> {
	if (stateStore === 'sqlite') {
		const place = dirname(folder.stateFile);
		return readdirSync(place).map((file) => join(place, file));
	}
	await server.sql('CHECKPOINT');
	const data = (await server.sql('SHOW data_directory')).trim();
	const files = readdirSync(data, { recursive: true, withFileTypes: true });
	return files
		.filter(
			(file) => file.isFile() && /^(base|pg_wal)/.test(file.parentPath.slice(data.length + 1)),
		)
		.map((file) => join(file.parentPath, file.name));
}

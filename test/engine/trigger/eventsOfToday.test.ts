import type {
	JsonObject,
	JsonValue,
} from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { changeWebhook } from '../../unit/events/fixture';
import { useEngine } from '../harness';
import { UserFolder } from './store';

const SECRET = 'the-app-secret';
const ACCOUNT = '300000000000001';
const PERSON = '4915112345678';
const credentials = { whatsAppCloudApi: { appSecret: SECRET, businessAccountId: ACCOUNT } };
const metadata = { display_phone_number: '15550001111', phone_number_id: '200000000000001' };
const folder = new UserFolder();
const engine = useEngine({ N8N_USER_FOLDER: folder.path });

afterAll(async () => await folder.remove());

const timestamp = () => String(Math.floor(Date.now() / 1000));

/** The items that a workflow gets for a change. */
async function itemsOf(field: string, value: JsonValue, parameters: JsonObject = {}) {
	const body = JSON.stringify(changeWebhook(field, value));
	const answer = await engine.replayWebhook({ credentials, secret: SECRET, body, parameters });
	expect(answer.status).toBe(200);
	return answer.outputs?.flat().map(({ json }) => json) ?? [];
}

const echo = (id: string) => ({
	id,
	timestamp: timestamp(),
	message: { to: PERSON, type: 'text', text: { body: 'It leaves today.' } },
});

test('a conversation on standby gives its items, and a bot that chose messages sees none of it', async () => {
	const value = {
		messaging_product: 'whatsapp',
		metadata,
		standby: {
			contacts: [{ profile: { name: 'Ada' }, wa_id: PERSON }],
			messages: [
				{ from: PERSON, id: 'wamid.E1', timestamp: timestamp(), type: 'text', text: { body: '?' } },
			],
			message_echoes: [echo('wamid.E2'), { id: 'wamid.E3', timestamp: timestamp() }],
		},
	};
	expect(await itemsOf('standby', value, { events: ['message', 'status', 'other'] })).toEqual([]);
	expect(await itemsOf('standby', value)).toMatchObject([
		{ event: 'standby', direction: 'inbound', text: '?', contact: { name: 'Ada' } },
		{ event: 'standby', direction: 'outbound', text: 'It leaves today.', contact: { name: 'Ada' } },
		{ event: 'standby', direction: 'outbound', type: 'unknown', text: null },
	]);
});

test('a handover comes to the trigger of its number alone', async () => {
	const handover = (recipient: JsonObject): JsonObject => ({
		messaging_product: 'whatsapp',
		type: 'control_passed',
		...recipient,
		sender: { phone_number: PERSON },
		timestamp: timestamp(),
		control_passed: { previous_owner_role: 'ai_agent', new_owner_role: 'escalation' },
	});
	const chosen = (number: string) => ({ settings: { phoneNumberIds: [number] } });
	const named = handover({ recipient: metadata });
	expect(await itemsOf('messaging_handovers', named, chosen('2'))).toEqual([]);
	expect(
		await itemsOf('messaging_handovers', named, chosen(metadata.phone_number_id)),
	).toMatchObject([{ event: 'messaging_handovers', contact: { waId: PERSON } }]);
	const unnamed = handover({});
	expect(await itemsOf('messaging_handovers', unnamed, chosen('2'))).toEqual([]);
	expect(await itemsOf('messaging_handovers', unnamed)).toHaveLength(1);
});

test('a payment is an event of its own and leaves the status of its message alone', async () => {
	const at = timestamp();
	const status = { id: 'wamid.E4', recipient_id: PERSON, timestamp: at };
	const statuses = [
		{ ...status, status: 'sent' },
		{
			...status,
			type: 'payment',
			status: 'failed',
			payment: { reference_id: 'order-1', amount: { value: 500, offset: 100 }, currency: 'INR' },
		},
	];
	expect(await itemsOf('messages', { metadata, statuses }, { events: ['payment'] })).toMatchObject([
		{ event: 'payment', type: 'failed', payment: { referenceId: 'order-1', amount: { value: 5 } } },
	]);
	const store = await folder.openStore();
	expect(await store.statuses.timelines(['wamid.E4'])).toMatchObject([
		{ status: 'sent', failedAt: null, otherStatus: null },
	]);
});

test('a shared contact that is a card alone can be read', async () => {
	const vcard = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bea\r\nTEL;waid=46701234567:+46 70\r\nEND:VCARD`;
	const message = { from: PERSON, id: 'wamid.E5', timestamp: timestamp(), type: 'contacts' };
	const messages = [{ ...message, contacts: [{ origin: 'contact_request', vcard }] }];
	expect(await itemsOf('messages', { metadata, messages })).toMatchObject([
		{
			text: 'Bea: +46 70',
			sharedContacts: [{ name: { formattedName: 'Bea' }, phones: [{ waId: '46701234567' }] }],
		},
	]);
});

test('a message in a group opens no window for its writer', async () => {
	const [inGroup, alone] = ['4915112340001', '4915112340002'];
	const message = { timestamp: timestamp(), type: 'text', text: { body: 'hi' } };
	await itemsOf('messages', {
		metadata,
		messages: [
			{ ...message, from: inGroup, id: 'wamid.E6', group_id: 'group-1' },
			{ ...message, from: alone, id: 'wamid.E7' },
		],
	});
	const store = await folder.openStore();
	const { entries } = await store.contacts.list({
		accountKey: ACCOUNT,
		fact: 'inbound',
		limit: 10,
		after: null,
	});
	expect(entries.map(({ contactKey }) => contactKey)).toEqual([`+${alone}`, `+${PERSON}`]);
});

import { parseAccountWithoutToken } from '../../../../nodes/WhatsAppCloud/graph/account';
import type { KnownListener } from '../../../../nodes/WhatsAppCloud/trigger/listeners/knownListeners';
import {
	checkFurtherFields,
	furtherFieldsOf,
} from '../../../../nodes/WhatsAppCloud/trigger/diagnosis/furtherFields';

const account = parseAccountWithoutToken({ appSecret: 'secret' });
const address = 'https://n8n.example.com/webhook/shop';
const app = { callbackUrl: address, fields: ['messages'], active: true };
const all = ['calls', 'messaging_handovers', 'smb_message_echoes', 'standby', 'user_preferences'];

const listener = (parameters: object, isTest = false): KnownListener => ({
	listenerId: 'w:n',
	accountKey: 'app',
	workflowId: 'w',
	nodeId: 'n',
	nodeName: 'Trigger',
	isTest,
	owner: 'test',
	leaseUntil: null,
	details: null,
	registeredAt: 0,
	updatedAt: 0,
	address,
	about: {
		...{ scope: 'manual', businessAccountId: '', phoneNumberId: '' },
		...{ interests: null, credentialId: null, canRegister: true, session: 0 },
		parameters: JSON.stringify({ timeZone: 'UTC', ...parameters }),
	},
});

test('published triggers say what they need, together; one that cannot be read costs none of the others', () => {
	const silent = listener({ events: ['message'], settings: { pauseMinutes: 0 } });
	const templates = listener({ events: ['message_template_status_update'] });
	const broken = listener({ events: ['message'], settings: { pauseMinutes: 'soon' } });
	expect(furtherFieldsOf([silent, templates, broken], account)).toEqual(
		all.filter((field) => field !== 'smb_message_echoes'),
	);
	expect(furtherFieldsOf([listener({ events: ['message'] })], account)).toEqual(all);
	expect(furtherFieldsOf([listener({ events: ['message'] }, true)], account)).toEqual([]);
});

test('nothing is said where all of it comes, nothing is needed, or Meta does not say', () => {
	const complete = { ...app, fields: ['messages', ...all] };
	const listeners = [{ address }];
	expect(checkFurtherFields({ app: complete, furtherFields: all, listeners })).toEqual([]);
	expect(checkFurtherFields({ app, furtherFields: [], listeners: [] })).toEqual([]);
	expect(checkFurtherFields({ app: null, furtherFields: all, listeners })).toEqual([]);
});

test('what the app is not subscribed to is named, and is no error', () => {
	const [check] = checkFurtherFields({ app, furtherFields: all, listeners: [{ address }] });
	expect(check).toMatchObject({
		ok: null,
		finding: `The app is not subscribed to ${all.join(', ')}`,
		advice: expect.stringContaining('App Dashboard'),
	});
});

test('what comes to the callback of the app alone, which is none of ours, is named', () => {
	const callbackUrl = 'https://crm.example.com/hook';
	const elsewhere = { ...app, callbackUrl, fields: ['messages', ...all] };
	const [check] = checkFurtherFields({
		app: elsewhere,
		furtherFields: all,
		listeners: [{ address }],
	});
	expect(check).toMatchObject({ ok: null, finding: expect.stringContaining(callbackUrl) });
	expect(check?.finding).toMatch(/^standby, user_preferences come/);
	const overridable = checkFurtherFields({
		app: elsewhere,
		furtherFields: ['calls', 'smb_message_echoes'],
		listeners: [],
	});
	expect(overridable).toEqual([]);
});

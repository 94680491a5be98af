import {
	credentialName,
	parseAccountWithoutToken,
} from '../../../nodes/WhatsAppCloud/graph/account';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import {
	optionsOf,
	readListeners,
} from '../../../nodes/WhatsAppCloud/trigger/listeners/knownListeners';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import { listenerFor } from '../../../nodes/WhatsAppCloud/trigger/listeners/ownListener';
import { followSecret } from '../../../nodes/WhatsAppCloud/trigger/registration/followSecret';
import {
	keepRecord,
	readRecords,
	type RegistrationRecord,
} from '../../../nodes/WhatsAppCloud/trigger/registration/registrationRecords';
import { present } from '../../present';
import { UserFolder } from './store';

const former = parseAccountWithoutToken({ appSecret: 'former', businessAccountId: '1' });
const account = { ...former, appSecret: 'new' };
const hashed = { hashIdentifiers: true };
const [formerGroup, group] = [listenerGroup('former'), listenerGroup('new')];

let folder: UserFolder;
let store: Store;
let now: number;

beforeEach(async () => {
	folder = new UserFolder();
	store = await folder.openStore();
	now = Date.now();
});
afterEach(async () => await folder.remove());

const describeTrigger = (id: string, keeper = former, credentialId = 'shared') =>
	listenerFor({
		listenerId: id,
		group: listenerGroup(keeper.appSecret),
		workflow: { id: 'workflow' },
		node: {
			id,
			name: id,
			parameters: {},
			credentials: { [credentialName]: { id: credentialId, name: 'Account' } },
		},
		url: `https://n8n.example.com/${id}`,
		isTest: false,
		scope: { scope: 'manual', businessAccountId: '', phoneNumberId: '' },
		parameters: { events: [id], timeZone: 'UTC' },
		account: keeper,
		now,
	});
const publish = async (...args: Parameters<typeof describeTrigger>) =>
	await store.listeners.register(describeTrigger(...args), now);

/** The trigger "own" is called, with the new secret. @returns the names of those left behind */
const follow = async (keeper = account, formerAppSecret: string | null = null) => {
	const own = { ...describeTrigger('own', keeper), registeredAt: now, updatedAt: now };
	const about = { store, account: keeper, formerAppSecret, now };
	const behind = await followSecret(present(readListeners([own])[0]), about);
	return behind.map(({ nodeName }) => nodeName);
};
const listed = async (inGroup = group) => readListeners(await store.listeners.list(inGroup, 0));
const namesOf = (listeners: readonly { nodeName: string }[]) =>
	listeners.map(({ nodeName }) => nodeName).sort();

test('triggers of the same credential come along as they are', async () => {
	for (const id of ['own', 'other']) await publish(id);
	await publish('stranger', former, 'another');
	expect(await follow()).toEqual(['stranger']);
	const [other, own] = await listed();
	expect([other?.nodeName, own?.nodeName]).toEqual(['other', 'own']);
	expect([...optionsOf(present(other), account).choice.events]).toEqual(['other']);
	expect(namesOf(await listed(formerGroup))).toEqual(['stranger']);
	expect(await follow()).toEqual([]);
});

test('what they have registered at Meta comes along', async () => {
	for (const id of ['own', 'other']) await publish(id);
	await publish('stranger', former, 'another');
	const recordOf = (id: string, scope: RegistrationRecord['scope']) =>
		({ scope, url: `https://n8n.example.com/${id}` }) as RegistrationRecord;
	const records = [recordOf('other', 'app'), recordOf('stranger', 'businessAccount')];
	for (const record of records) {
		await keepRecord(store.registrationRecords, formerGroup, record, now);
	}
	await follow();
	expect(await readRecords(store.registrationRecords, group)).toEqual([records[0]]);
	expect(await readRecords(store.registrationRecords, formerGroup)).toEqual([records[1]]);
});

describe('encrypted parameters', () => {
	beforeEach(async () => {
		for (const id of ['own', 'other']) await publish(id, { ...former, ...hashed });
	});

	test('are encrypted anew if the secret of before is known', async () => {
		const keeper = { ...account, ...hashed };
		expect(await follow(keeper, 'former')).toEqual([]);
		for (const listener of await listed()) {
			expect(listener.about.parameters).toMatch(/^sealed:/);
			expect([...optionsOf(listener, keeper).choice.events]).toEqual([listener.nodeName]);
		}
		expect(namesOf(await listed())).toEqual(['other', 'own']);
	});

	test('stay behind if it is not, but for those of the trigger that is called', async () => {
		const keeper = { ...account, ...hashed };
		expect(await follow(keeper)).toEqual(['other']);
		const [own, ...others] = await listed();
		expect(others).toEqual([]);
		expect([...optionsOf(present(own), keeper).choice.events]).toEqual(['own']);
	});
});

test('a trigger that the state does not know, or that is where it belongs, moves nothing', async () => {
	await publish('other');
	expect(await follow()).toEqual([]);
	await publish('own', account);
	expect(await follow()).toEqual([]);
	expect(namesOf(await listed(formerGroup))).toEqual(['other']);
});

import type { IHookFunctions } from 'n8n-workflow';

import { parseAccount, parseAccountWithoutToken, type Account } from '../graph/account';
import type { Store } from '../state/store';
import { readScope, readTriggerOptions, type ConfiguredHost } from './configuration';
import {
	coversRegistration,
	isSameListener,
	listenerGroup,
	listenerIdOf,
	readListeners,
	type KnownListener,
	type ListenerScope,
} from './listeners';
import { listenerFor } from './listener';
import { fieldsFor, overridableFieldsFor } from './metaFields';
import {
	isRegistered,
	register,
	unregister,
	verifyTokenFor,
	type Registration,
	type RegistrationRecord,
	type RegistrationScope,
	type Sharing,
} from './registration';
import { forgetRecord, keepRecord, recordsOf } from './registrationRecords';
import { missing, RegistrationProblem } from './registrationProblem';
import type { Subscriptions } from './subscriptions';

/** What is needed of n8n's context of activation and deactivation. */
export type HookHost = ConfiguredHost &
	Pick<
		IHookFunctions,
		'getMode' | 'getNode' | 'getNodeWebhookUrl' | 'getWorkflow' | 'getWorkflowStaticData'
	>;

/** The ways to the outside. */
export type Surroundings = {
	credentialName: string;
	/** Opens Meta's side of an account. */
	connect: (account: Account) => Subscriptions;
	/** `null` where the state is off. @throws StateProblem */
	openStore: (account: Account) => Promise<Store | null>;
	/** Whether a trigger of the app answers there when it is asked with this token. */
	answers: (url: string, verifyToken: string) => Promise<boolean>;
	now: () => number;
	sleep: (ms: number) => Promise<void>;
};

/** What Meta has on its way to an address that it was just told to leave. */
const ON_THEIR_WAY_MS = 1_000;

/** Whether nothing is left to do at Meta and in the list of listeners. */
export async function hasRegistration(host: HookHost, around: Surroundings): Promise<boolean> {
	const opened = await open(host, around);
	const { registration, subscriptions, store, listener } = opened;
	if (store !== null && !isSameListener(opened.own, listener)) return false;
	if (registration === null) return true;
	return await isRegistered(subscriptions, registration, sharingOf(opened, around));
}

/**
 * Joins the other triggers of the app, and registers at Meta what is not led to one of them.
 *
 * @throws RegistrationProblem, CredentialProblem, StateProblem or OptionProblem: what keeps it from
 * working
 */
export async function createRegistration(host: HookHost, around: Surroundings): Promise<void> {
	const opened = await open(host, around);
	const { registration, subscriptions, store, listener, group } = opened;
	if (store !== null) {
		await checkReachable(opened, around);
		await store.listeners.register(listener, around.now());
	}
	if (registration === null) return;
	const outcome = await register(subscriptions, registration, sharingOf(opened, around)).then(
		(record) => ({ record }),
		(error: unknown) => ({ error: error instanceof Error ? error : new Error(String(error)) }),
	);
	if ('error' in outcome) {
		await store?.listeners.remove([listener.listenerId]);
		throw outcome.error;
	}
	const { record } = outcome;
	if (record === null) return;
	if (store === null) host.getWorkflowStaticData('node')['registration'] = record;
	else await keepRecord(store.notes, group, record, around.now());
}

/**
 * Leaves the other triggers of the app, and undoes the registration, unless one of them takes it
 * over. What was registered counts, not what the parameters say by now.
 *
 * @throws RegistrationProblem, CredentialProblem or StateProblem
 */
export async function deleteRegistration(host: HookHost, around: Surroundings): Promise<void> {
	const data = host.getWorkflowStaticData('node');
	const kept = (data['registration'] ?? null) as RegistrationRecord | null;
	// n8n calls this after a failed activation, too, when there is nothing to undo.
	if (kept === null && !(await isReady(host, around))) return;
	const opened = await open(host, around, kept?.scope);
	const { registration, store, listener, group } = opened;
	if (store !== null) await store.listeners.remove([listener.listenerId]);
	const records = store === null ? [] : await recordsOf(store.notes, group, listener.address);
	if (kept !== null) records.push(kept);
	for (const record of records) {
		const undone = await unregister(
			opened.subscriptions,
			{ ...(registration ?? registrationOf(opened, record.scope)), ...record },
			record,
			successorsOf(opened, record),
		);
		if (store === null) continue;
		await forgetRecord(store.notes, group, record, around.now());
		if (undone.outcome !== 'taken over') continue;
		await keepRecord(store.notes, group, undone.record, around.now());
		await around.sleep(ON_THEIR_WAY_MS);
	}
	if (records.length === 0 && registration !== null) {
		await unregister(opened.subscriptions, registration, null, successorsOf(opened, registration));
	}
	delete data['registration'];
}

/** Whether the parameters and the credential are enough to have registered anything. */
async function isReady(host: HookHost, around: Surroundings): Promise<boolean> {
	return await open(host, around).then(
		() => true,
		() => false,
	);
}

type Opened = {
	account: Account;
	url: string;
	isTest: boolean;
	subscriptions: Subscriptions;
	/** `null` for a registration by hand. */
	registration: Registration | null;
	store: Store | null;
	/** Where the triggers of the app find each other. */
	group: string;
	listener: ReturnType<typeof listenerFor>;
	/** The same as the state has it. */
	own: KnownListener | undefined;
	others: KnownListener[];
};

/** Reads and checks everything before Meta is asked. */
async function open(
	host: HookHost,
	around: Surroundings,
	recordedScope?: RegistrationScope,
): Promise<Opened> {
	const credential = await host.getCredentials(around.credentialName);
	const loose = parseAccountWithoutToken(credential);
	if (loose.appSecret === '') throw missing('App Secret');
	const { choice, replaceCallback } = readTriggerOptions(host);
	const wanted = readScope(host, loose);
	const scope = recordedScope ?? wanted.scope;
	if (scope === 'manual' && loose.verifyToken === '') throw missing('Verify Token');
	const account = scope === 'manual' ? loose : parseAccount(credential);
	const url = host.getNodeWebhookUrl('default');
	if (url === undefined) throw new RegistrationProblem('n8n gives the trigger no address', '');
	const store = await around.openStore(account);
	const group = listenerGroup(account.appSecret);
	const now = around.now();
	const everybody = readListeners((await store?.listeners.list(group, 0)) ?? []);
	const known = everybody.filter(({ leaseUntil }) => leaseUntil === null || leaseUntil > now);
	// When a test run ends, n8n does not say that it was one; its address does.
	const atUrl = everybody.find(({ address }) => address === url);
	const isTest = atUrl?.isTest ?? host.getMode() === 'manual';
	const registration =
		scope === 'manual'
			? null
			: {
					...complete(account, scope, wanted.phoneNumberId),
					callback: { url, verifyToken: verifyTokenFor(account.verifyToken, account.appSecret) },
					fields: scope === 'app' ? fieldsFor(choice.events) : overridableFieldsFor(choice.events),
					isTest,
					replaceOthers: replaceCallback,
				};

	const node = host.getNode();
	const workflowId = host.getWorkflow().id ?? '';
	const listenerId = listenerIdOf(workflowId, node.id, isTest);
	return {
		account,
		url,
		isTest,
		subscriptions: around.connect(account),
		registration,
		store,
		group,
		listener: listenerFor({
			listenerId,
			group,
			workflowId,
			node,
			url,
			isTest,
			scope: { ...wanted, scope },
			choice,
			account,
			now,
		}),
		own: known.find((each) => each.listenerId === listenerId),
		others: known.filter((each) => each.listenerId !== listenerId),
	};
}

/** @throws RegistrationProblem where the credential lacks what Meta asks for */
function complete(
	{ appId, appSecret, businessAccountId }: Account,
	scope: RegistrationScope,
	phoneNumberId: string,
): Pick<Registration, 'scope' | 'appId' | 'appSecret' | 'businessAccountId' | 'phoneNumberId'> {
	if (appId === '') throw missing('App ID');
	if (businessAccountId === '') throw missing('WhatsApp Business Account ID');
	if (scope === 'phoneNumber' && phoneNumberId === '') throw missing('Default Phone Number ID');
	return {
		scope,
		appId,
		appSecret,
		businessAccountId,
		phoneNumberId: scope === 'phoneNumber' ? phoneNumberId : '',
	};
}

/** For what a trigger by hand has taken over from another one. */
function registrationOf({ account, url, isTest }: Opened, scope: RegistrationScope): Registration {
	const { appId, appSecret, businessAccountId, phoneNumberId, verifyToken } = account;
	return {
		scope,
		appId,
		appSecret,
		businessAccountId,
		phoneNumberId,
		callback: { url, verifyToken: verifyTokenFor(verifyToken, appSecret) },
		fields: [],
		isTest,
		replaceOthers: false,
	};
}

/** Published triggers that hand on to this one. */
function sharingOf({ account, others, store }: Opened, around: Surroundings): Sharing {
	const token = verifyTokenFor('', account.appSecret);
	return {
		addresses: others.filter(({ isTest }) => !isTest).map(({ address }) => address),
		testAddresses: others.filter(({ isTest }) => isTest).map(({ address }) => address),
		// Without state nobody knows who the others are, so that all are taken for living.
		answers: async (url) => store === null || (await around.answers(url, token)),
	};
}

/** Who may take the place: whoever gets all of it anyway, and can give it back. */
function successorsOf({ others, isTest, url }: Opened, place: ListenerScope): string[] {
	// A test run puts back what was there before.
	if (isTest) return [];
	const fitting = others.filter(
		({ isTest: isOtherTest, about, address }) =>
			!isOtherTest && about.canRegister && address !== url && coversRegistration(about, place),
	);
	const rank = ({ about }: KnownListener) =>
		about.scope === place.scope ? 0 : about.scope === 'manual' ? 2 : 1;
	return fitting.sort((a, b) => rank(a) - rank(b)).map(({ address }) => address);
}

/**
 * The triggers of an app call each other by the addresses that Meta calls.
 *
 * @throws RegistrationProblem where n8n does not reach itself
 */
async function checkReachable(
	{ url, account, others }: Opened,
	around: Surroundings,
): Promise<void> {
	const isShared = others.some(({ isTest }) => !isTest);
	if (!isShared) return;
	if (await around.answers(url, verifyTokenFor('', account.appSecret))) return;
	throw new RegistrationProblem(
		`n8n does not reach its own address ${url}, by which triggers on one number hand their webhooks to each other`,
		'Check WEBHOOK_URL, and let the machine of n8n reach its own public address (a hosts entry, split DNS, or hairpin NAT in the router). Or set "Keep State In" to off in the credential, and use one trigger per number.',
	);
}

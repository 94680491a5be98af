import type { IHookFunctions } from 'n8n-workflow';

import { parseAccount, parseAccountWithoutToken, type Account } from '../../graph/account';
import type { Clock } from '../../time/clock';
import type { Store } from '../../store/store';
import type { RegistrationScope } from '../listeners/listenerScope';
import { readScope } from '../listeners/readScope';
import { readParameters, type ConfiguredHost } from '../settings/configuration';
import { readOptions } from '../settings/triggerOptions';
import { listenerFor } from '../listeners/ownListener';
import {
	isLeaving,
	isLiving,
	readListeners,
	type KnownListener,
} from '../listeners/knownListeners';
import { listenerIdOf } from '../listeners/listenerIds';
import { listenerGroup } from '../listeners/listenerIds';
import { coversRegistration } from '../listeners/listenerScope';
import { type ListenerScope } from '../listeners/listenerScope';
import { fieldsFor, furtherFieldsFor, overridableFieldsFor } from './metaFields';
import type { Registration, Sharing } from './registration';
import { missing, RegistrationProblem } from './registrationProblem';
import { readRecords, type RegistrationRecord } from './registrationRecords';
import type { Subscriptions } from '../../graph/endpoints/subscriptions';
import { verifyTokenFor } from '../../graph/verifyToken';

/** What activation and deactivation need from n8n's context. */
export type HookHost = ConfiguredHost &
	Pick<
		IHookFunctions,
		'getMode' | 'getNode' | 'getNodeWebhookUrl' | 'getWorkflow' | 'getWorkflowStaticData' | 'logger'
	>;

/** Access to the outside world. */
export interface RegistrationContext {
	credentialName: string;
	/** Opens an account at Meta. */
	connect: (account: Account) => Subscriptions;
	/** `null` if the state is off. @throws StateProblem */
	openStore: (account: Account) => Promise<Store | null>;
	/** Whether one of the app's triggers answers at this URL when asked with this token. */
	answers: (url: string, verifyToken: string) => Promise<boolean>;
	clock: Clock;
}

/** A trigger as currently set up, and what is known about the others. */
export interface Setup {
	account: Account;
	url: string;
	isTest: boolean;
	subscriptions: Subscriptions;
	/** `null` if registered by hand. */
	registration: Registration | null;
	store: Store | null;
	/** The group in which the app's triggers find each other. */
	group: string;
	listener: ReturnType<typeof listenerFor>;
	/** The same, as stored in the state. */
	own: KnownListener | undefined;
	/** How long what waits for it stays once it is unpublished, in milliseconds. */
	keptMs: number;
	others: KnownListener[];
	/** What this trigger has registered or taken over, by the state. */
	records: RegistrationRecord[];
	/** What a trigger that is gone has registered, and nobody has undone. */
	orphans: RegistrationRecord[];
}

/**
 * Reads and checks everything before calling Meta.
 *
 * @throws RegistrationProblem, CredentialProblem, StateProblem or FieldProblem
 */
export async function openSetup(
	host: HookHost,
	around: RegistrationContext,
	recordedScope?: RegistrationScope,
): Promise<Setup> {
	const credential = await host.getCredentials(around.credentialName);
	const loose = parseAccountWithoutToken(credential);
	if (loose.appSecret === '') throw missing('App Secret');
	const parameters = readParameters(host);
	const options = readOptions(parameters);
	const { choice, replaceCallback, keptMs } = options;
	const wanted = readScope(host, loose);
	const scope = recordedScope ?? wanted.scope;
	if (scope === 'manual' && loose.verifyToken === '') throw missing('Verify Token');
	const account = scope === 'manual' ? loose : parseAccount(credential);
	const url = host.getNodeWebhookUrl('default');
	if (url === undefined) throw new RegistrationProblem('n8n gives the trigger no address', '');
	const store = await around.openStore(account);
	const group = listenerGroup(account.appSecret);
	const now = around.clock.now();
	const everybody = readListeners((await store?.listeners.list(group, 0)) ?? []);
	const known = everybody.filter((listener) => isLiving(listener, now));
	// When a test run ends, n8n does not say it was one, but its address does.
	const atUrl = everybody.find(({ address }) => address === url);
	const isTest = atUrl?.isTest ?? host.getMode() === 'manual';
	const registration =
		scope === 'manual'
			? null
			: {
					...complete(account, scope, wanted.phoneNumberId),
					callback: { url, verifyToken: verifyTokenFor(account.verifyToken, account.appSecret) },
					fields: scope === 'app' ? fieldsFor(choice.events) : overridableFieldsFor(choice.events),
					furtherFields: furtherFieldsFor(options),
					isTest,
					replaceOthers: replaceCallback,
				};

	const node = host.getNode();
	const workflow = host.getWorkflow();
	const listenerId = listenerIdOf(workflow.id ?? '', node.id, isTest);
	const records = store === null ? [] : await readRecords(store.registrationRecords, group);
	// Published triggers that nobody reaches come back; test runs do not.
	const owners = everybody.filter(
		(each) => !isLeaving(each) && (!each.isTest || isLiving(each, now)),
	);
	const owned = new Set([url, ...owners.map(({ address }) => address)]);
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
			workflow,
			node,
			url,
			isTest,
			scope: { ...wanted, scope },
			parameters,
			account,
			now,
		}),
		own: known.find((each) => each.listenerId === listenerId),
		keptMs,
		others: known.filter((each) => each.listenerId !== listenerId && !isLeaving(each)),
		records: records.filter((record) => record.url === url),
		orphans: records.filter((record) => !owned.has(record.url)),
	};
}

/** @throws RegistrationProblem if the credential lacks what Meta requires */
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

/** The registration for what a trigger registered by hand has taken over from another. */
export function registrationOf(
	{ account, url, isTest }: Setup,
	scope: RegistrationScope,
): Registration {
	const { appId, appSecret, businessAccountId, phoneNumberId, verifyToken } = account;
	return {
		scope,
		appId,
		appSecret,
		businessAccountId,
		phoneNumberId,
		callback: { url, verifyToken: verifyTokenFor(verifyToken, appSecret) },
		fields: [],
		furtherFields: [],
		isTest,
		replaceOthers: false,
	};
}

/** The app's other triggers, with which this one shares webhooks. */
export function sharingOf({ account, others, store }: Setup, around: RegistrationContext): Sharing {
	const token = verifyTokenFor('', account.appSecret);
	const published = others.filter(({ isTest }) => !isTest);
	return {
		addresses: published.map(({ address }) => address),
		registering: published.filter(({ about }) => about.canRegister).map(({ address }) => address),
		testAddresses: others.filter(({ isTest }) => isTest).map(({ address }) => address),
		// Without state nobody knows who the others are, so all count as alive.
		answers: async (url) => store === null || (await around.answers(url, token)),
	};
}

/**
 * Who may take over, best first: triggers that cover everything this place gets and can undo the
 * registration. Where nothing else would stand, any trigger keeps the callback of the app, without
 * which Meta delivers to no override.
 */
export function successorsOf(
	{ others, isTest, url }: Setup,
	place: ListenerScope & Partial<Pick<RegistrationRecord, 'previousUrl'>>,
): string[] {
	// A test run restores what was there before.
	if (isTest) return [];
	const isForAnybody = place.scope === 'app' && (place.previousUrl ?? null) === null;
	const fitting = others.filter(
		({ isTest: isOtherTest, about, address }) =>
			!isOtherTest &&
			about.canRegister &&
			address !== url &&
			(isForAnybody || coversRegistration(about, place)),
	);
	const rank = ({ about }: KnownListener) => {
		if (about.scope === place.scope) return 0;
		return coversRegistration(about, place) && about.scope !== 'manual' ? 1 : 2;
	};
	return fitting.sort((a, b) => rank(a) - rank(b)).map(({ address }) => address);
}

import type { IHookFunctions } from 'n8n-workflow';

import { parseAccount, parseAccountWithoutToken, type Account } from '../../graph/account';
import type { Clock } from '../../time/clock';
import type { Store } from '../../store/store';
import type { RegistrationScope } from '../listeners/listenerScope';
import { readScope, readTriggerOptions, type ConfiguredHost } from '../settings/configuration';
import { listenerFor } from '../listeners/ownListener';
import { isLiving, readListeners, type KnownListener } from '../listeners/knownListeners';
import { listenerIdOf } from '../listeners/listenerIds';
import { listenerGroup } from '../listeners/listenerIds';
import { coversRegistration } from '../listeners/listenerScope';
import { type ListenerScope } from '../listeners/listenerScope';
import { fieldsFor, overridableFieldsFor } from './metaFields';
import type { Registration, Sharing } from './registration';
import { missing, RegistrationProblem } from './registrationProblem';
import type { Subscriptions } from '../../graph/endpoints/subscriptions';
import { verifyTokenFor } from '../../graph/verifyToken';

/** What is needed of n8n's context of activation and deactivation. */
export type HookHost = ConfiguredHost &
	Pick<
		IHookFunctions,
		'getMode' | 'getNode' | 'getNodeWebhookUrl' | 'getWorkflow' | 'getWorkflowStaticData' | 'logger'
	>;

/** The ways to the outside. */
export interface RegistrationContext {
	credentialName: string;
	/** Opens Meta's side of an account. */
	connect: (account: Account) => Subscriptions;
	/** `null` where the state is off. @throws StateProblem */
	openStore: (account: Account) => Promise<Store | null>;
	/** Whether a trigger of the app answers there when it is asked with this token. */
	answers: (url: string, verifyToken: string) => Promise<boolean>;
	clock: Clock;
}

/** A trigger as it is set up now, and what is known of the others. */
export interface Setup {
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
}

/**
 * Reads and checks everything before Meta is asked.
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
	const { choice, replaceCallback } = readTriggerOptions(host);
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
		isTest,
		replaceOthers: false,
	};
}

/** Published triggers that hand on to this one. */
export function sharingOf({ account, others, store }: Setup, around: RegistrationContext): Sharing {
	const token = verifyTokenFor('', account.appSecret);
	return {
		addresses: others.filter(({ isTest }) => !isTest).map(({ address }) => address),
		testAddresses: others.filter(({ isTest }) => isTest).map(({ address }) => address),
		// Without state nobody knows who the others are, so that all are taken for living.
		answers: async (url) => store === null || (await around.answers(url, token)),
	};
}

/** Who may take the place: whoever gets all of it anyway, and can give it back. */
export function successorsOf({ others, isTest, url }: Setup, place: ListenerScope): string[] {
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

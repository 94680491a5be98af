import { credentialName, parseAccountWithoutToken, type Account } from '../../graph/account';
import { accountKeyOf } from '../../graph/identifiers';
import { Subscriptions } from '../../graph/endpoints/subscriptions';
import { answersAsTrigger } from '../../graph/http/callbacks';
import { createSteadyClient } from '../../graph/steps/steadyClient';
import { openAccountStore } from '../../store/accountStore';
import { purgeNowAndThen } from '../../store/purgeNowAndThen';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { RefusalCounters } from '../counters/refusalCounters';
import { RequestCounters } from '../counters/requestCounters';
import { Signals } from '../deliveries/signals';
import { DueWatch } from '../dispatch/dueWatch';
import { listenerIdOf } from '../listeners/listenerIds';
import { log, type LoggingHost } from '../log';
import { ReplayLog } from '../receive/replayLog';
import { TestRunCalls } from '../receive/testRunCalls';
import type { RegistrationContext } from '../registration/setup';
import { readWebhookSecrets, type WebhookSecrets } from '../settings/configuration';
import { CredentialCache } from '../settings/credentialCache';
import { reasonOf } from '../../values/unknown';
import type { FunctionsBase, INode } from 'n8n-workflow';

/** What all triggers in this process share. */
export const refusals = new RefusalCounters();
export const replayLog = new ReplayLog();
export const signals = new Signals();
export const testRunCalls = new TestRunCalls();
const credentials = new CredentialCache(() => systemClock.now());
const accounts = new WeakMap<object, Account>();
const watches = new WeakMap<Store, DueWatch>();
const nodes = new WeakMap<object, INode>();

type Host = LoggingHost & Pick<FunctionsBase, 'getCredentials'>;

export const registrationContext: RegistrationContext = {
	credentialName,
	connect: (account) => new Subscriptions(createSteadyClient(account, { clock: systemClock })),
	openStore: openAccountStore,
	answers: answersAsTrigger,
	clock: systemClock,
};

/** The trigger's credential, as it was within the last ten seconds. @throws what n8n throws */
export async function secretsOf(host: Host): Promise<WebhookSecrets> {
	return await credentials.read(
		credentialIdOf(host),
		async () => await readWebhookSecrets(host, credentialName),
	);
}

/** The credential as it is now, if it was read since these secrets were; else `null`. */
export async function newerSecretsOf(
	host: Host,
	secrets: WebhookSecrets,
): Promise<WebhookSecrets | null> {
	const id = credentialIdOf(host);
	if (id === null) return null;
	credentials.expire(id);
	const newer = await secretsOf(host);
	return newer === secrets ? null : newer;
}

/**
 * The account that a credential describes. One that is kept is checked once, which takes longer than
 * everything else that it is needed for.
 *
 * @throws CredentialProblem if a part has the wrong form
 */
export function accountOf(credential: unknown): Account {
	if (typeof credential !== 'object' || credential === null) {
		return parseAccountWithoutToken(credential);
	}
	const account = accounts.get(credential) ?? parseAccountWithoutToken(credential);
	accounts.set(credential, account);
	return account;
}

const credentialIdOf = (host: Host): string | null =>
	nodeOf(host).credentials?.[credentialName]?.id ?? null;

/** The node of a call. n8n copies it whenever it is asked for it. */
export function nodeOf(host: Pick<FunctionsBase, 'getNode'>): INode {
	const node = nodes.get(host) ?? host.getNode();
	nodes.set(host, node);
	return node;
}

/** What connects all of the process's loops that use a state. */
export function watchOf(store: Store): DueWatch {
	const watch = watches.get(store) ?? new DueWatch(store.inbox, systemClock);
	watches.set(store, watch);
	return watch;
}

/**
 * The account's state; `null` if it is off. Old state is deleted now and then: if nothing is sent,
 * nobody else does it.
 *
 * @throws StateProblem
 */
export async function openState(host: LoggingHost, account: Account): Promise<Store | null> {
	const store = await openAccountStore(account);
	if (store !== null) {
		void purgeNowAndThen(store, accountKeyOf(account), account, (what, error) =>
			log(host, 'warn', `${what}: ${reasonOf(error)}`),
		);
	}
	return store;
}

/** Counts for one request or execution. */
export const countersOf = (
	host: LoggingHost,
	store: Store | null,
	group: string,
): RequestCounters =>
	new RequestCounters({
		store,
		group,
		refusals,
		clock: systemClock,
		log: (level, message) => log(host, level, message),
	});

/** The name under which the state knows the trigger, or its test run. */
export const listenerIdFor = (host: LoggingHost, isTest: boolean): string =>
	listenerIdOf(host.getWorkflow().id ?? '', nodeOf(host).id, isTest);

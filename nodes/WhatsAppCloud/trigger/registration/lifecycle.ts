import { errorOf, reasonOf } from '../../values/unknown';
import { unregister, type Unregistered } from './deregistration';
import { isSameListener } from '../listeners/knownListeners';
import { log } from '../log';
import { isRegistered, register } from './registration';
import { RegistrationProblem } from './registrationProblem';
import {
	forgetRecord,
	keepRecord,
	recordsOf,
	type RegistrationRecord,
} from './registrationRecords';
import {
	openSetup,
	registrationOf,
	sharingOf,
	successorsOf,
	type HookHost,
	type Setup,
	type RegistrationContext,
} from './setup';
import { verifyTokenFor } from '../../graph/verifyToken';

/** How long webhooks may still arrive at an address after Meta was told to stop using it. */
const ON_THEIR_WAY_MS = 1_000;

/** Whether nothing is left to do, at Meta and in the list of listeners. */
export async function hasRegistration(
	host: HookHost,
	around: RegistrationContext,
): Promise<boolean> {
	const opened = await openSetup(host, around);
	const { registration, subscriptions, store, listener } = opened;
	if (store !== null && !isSameListener(opened.own, listener)) return false;
	if (registration === null) return true;
	return await isRegistered(subscriptions, registration, sharingOf(opened, around));
}

/**
 * Joins the app's other triggers, and registers at Meta whatever does not go to one of them yet.
 *
 * @throws RegistrationProblem, CredentialProblem, StateProblem or FieldProblem, whichever keeps it
 *   from working
 */
export async function createRegistration(
	host: HookHost,
	around: RegistrationContext,
): Promise<void> {
	const opened = await openSetup(host, around);
	const { registration, subscriptions, store, listener, group } = opened;
	if (store !== null) {
		await checkReachable(opened, around);
		await store.listeners.register(listener, around.clock.now());
	}
	if (registration === null) return;
	const outcome = await register(subscriptions, registration, sharingOf(opened, around)).then(
		(record) => ({ record }),
		(error: unknown) => ({ error: errorOf(error) }),
	);
	if ('error' in outcome) {
		await store?.listeners.remove([listener.listenerId]);
		throw outcome.error;
	}
	const { record } = outcome;
	if (record === null) return;
	if (store === null) host.getWorkflowStaticData('node')['registration'] = record;
	else await keepRecord(store.registrationRecords, group, record, around.clock.now());
}

/**
 * Leaves the app's other triggers, and undoes the registration unless one of them takes it over.
 * Goes by what was registered, not by the current parameters.
 *
 * @throws RegistrationProblem, CredentialProblem or StateProblem
 */
export async function deleteRegistration(
	host: HookHost,
	around: RegistrationContext,
): Promise<void> {
	const data = host.getWorkflowStaticData('node');
	const kept = (data['registration'] ?? null) as RegistrationRecord | null;
	const opened = await openSetup(host, around, kept?.scope).catch((error: unknown) => {
		if (kept !== null) throw error;
		// n8n also calls this after a failed activation, when there is nothing to undo.
		log(host, 'warn', `nothing is undone at Meta or in the state: ${reasonOf(error)}`);
		return null;
	});
	if (opened === null) return;
	const { registration, store, listener, group } = opened;
	if (store !== null) await store.listeners.remove([listener.listenerId]);
	const records =
		store === null ? [] : await recordsOf(store.registrationRecords, group, listener.address);
	if (kept !== null) records.push(kept);
	for (const record of records) {
		const undone = await unregister(
			opened.subscriptions,
			{ ...(registration ?? registrationOf(opened, record.scope)), ...record },
			record,
			successorsOf(opened, record),
		);
		logOutcome(host, undone);
		if (store === null) continue;
		await forgetRecord(store.registrationRecords, group, record, around.clock.now());
		if (undone.outcome !== 'taken over') continue;
		await keepRecord(store.registrationRecords, group, undone.record, around.clock.now());
		await around.clock.sleep(ON_THEIR_WAY_MS);
	}
	if (records.length === 0 && registration !== null) {
		const successors = successorsOf(opened, registration);
		logOutcome(host, await unregister(opened.subscriptions, registration, null, successors));
	}
	delete data['registration'];
}

/** Logs what became of the registration, even if nothing went wrong. */
function logOutcome(host: HookHost, { outcome, refusals }: Unregistered): void {
	for (const refusal of refusals) log(host, 'warn', refusal);
	log(host, 'debug', `its registration at Meta: ${outcome}`);
}

/**
 * Checks that n8n can reach itself: an app's triggers call each other at the addresses Meta calls.
 *
 * @throws RegistrationProblem if n8n cannot reach itself
 */
async function checkReachable(
	{ url, account, others }: Setup,
	around: RegistrationContext,
): Promise<void> {
	const isShared = others.some(({ isTest }) => !isTest);
	if (!isShared) return;
	if (await around.answers(url, verifyTokenFor('', account.appSecret))) return;
	throw new RegistrationProblem(
		`n8n does not reach its own address ${url}, through which triggers on one number forward webhooks to each other`,
		'Check WEBHOOK_URL, and let the machine of n8n reach its own public address (a hosts entry, split DNS, or hairpin NAT in the router). Or set "Keep State In" to off in the credential, and use one trigger per number.',
	);
}

import { parseAccountWithoutToken } from '../../graph/account';
import type { Store } from '../../store/store';
import type { Listener } from '../../store/triggers/listenerStore';
import { minuteMs } from '../../time/durations';
import { errorOf, reasonOf } from '../../values/unknown';
import { unregister, type Unregistered } from './deregistration';
import { isSameListener } from '../listeners/knownListeners';
import { listenerIdOf } from '../listeners/listenerIds';
import { log } from '../log';
import { isRegistered, register } from './registration';
import { DEFAULT_KEPT_MINUTES } from '../settings/optionFields';
import { forgetRecord, keepRecord, type RegistrationRecord } from './registrationRecords';
import {
	openSetup,
	registrationOf,
	sharingOf,
	successorsOf,
	type HookHost,
	type Setup,
	type RegistrationContext,
} from './setup';

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
	if (opened.orphans.length > 0) return false;
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
		if (opened.own === undefined) await dropOld(host, opened, around);
		await store.listeners.register(listener, around.clock.now());
	}
	if (!opened.isTest) await undoOrphans(host, opened, around);
	if (registration === null) return;
	const before = staticRecords(host).read();
	const kept: RegistrationRecord[] = [];
	const keep = async (record: RegistrationRecord): Promise<void> => {
		kept.push(record);
		if (store === null) staticRecords(host).write([...before, ...kept]);
		else await keepRecord(store.registrationRecords, group, record, around.clock.now());
	};
	const failure = await register(subscriptions, registration, keep, sharingOf(opened, around)).then(
		() => null,
		errorOf,
	);
	if (failure === null) return;
	if (opened.own === undefined) await store?.listeners.remove([listener.listenerId]);
	else await store?.listeners.register(opened.own, around.clock.now());
	const problems = await undoAll(host, opened, kept, around);
	if (problems.length === 0) staticRecords(host).write(before);
	for (const problem of problems) log(host, 'warn', reasonOf(problem));
	throw failure;
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
	const kept = staticRecords(host);
	const [first] = kept.read();
	const opened = await openSetup(host, around, first?.scope).catch(async (error: unknown) => {
		await leaveAlone(host, around);
		if (first !== undefined) throw error;
		// n8n also calls this after a failed activation, when there is nothing to undo.
		log(host, 'warn', `nothing is undone at Meta: ${reasonOf(error)}`);
		return null;
	});
	if (opened === null) return;
	const { registration, store, listener, keptMs } = opened;
	if (store !== null) await leave(host, store, { ...listener, keptMs }, around);
	const records = [...opened.records, ...kept.read()];
	const [problem] = await undoAll(host, opened, records, around);
	if (problem !== undefined) throw problem;
	if (registration !== null && !records.some(({ scope }) => scope === registration.scope)) {
		const successors = successorsOf(opened, registration);
		logOutcome(host, await unregister(opened.subscriptions, registration, null, successors));
	}
	kept.write([]);
}

/**
 * Leaves the list of listeners: a test run at once, a published trigger after a while, in which it
 * may be published again.
 */
async function leave(
	host: HookHost,
	store: Store,
	{ listenerId, isTest, keptMs }: Pick<Listener, 'listenerId' | 'isTest'> & { keptMs: number },
	around: RegistrationContext,
): Promise<void> {
	if (isTest) {
		await store.listeners.remove([listenerId]);
		return;
	}
	const now = around.clock.now();
	const until = now + keptMs;
	// By its ID: it was listed elsewhere if the app secret has changed since.
	await store.listeners.lease(await store.listeners.find([listenerId]), until, now);
	void dropUnlessPublished(host, store, { listenerId, until, keptMs }, around);
}

/**
 * Leaves the list of listeners where the credential is not enough for anything else. Never throws:
 * the credential may be gone.
 */
async function leaveAlone(host: HookHost, around: RegistrationContext): Promise<void> {
	const [workflowId, url] = [host.getWorkflow().id ?? '', host.getNodeWebhookUrl('default')];
	const ids = [false, true].map((isTest) => listenerIdOf(workflowId, host.getNode().id, isTest));
	try {
		const credential = await host.getCredentials(around.credentialName);
		const store = await around.openStore(parseAccountWithoutToken(credential));
		if (store === null) return;
		for (const known of await store.listeners.find(ids)) {
			if (known.address !== url) continue;
			const keptMs = DEFAULT_KEPT_MINUTES * minuteMs;
			await leave(host, store, { ...known, keptMs }, around);
		}
	} catch (error) {
		const advice = `If Get Subscriptions lists "${ids.join('" or "')}", remove it with the operation Unsubscribe (Trigger).`;
		log(
			host,
			'error',
			`the trigger may stay in the state and get events: ${reasonOf(error)}. ${advice}`,
		);
	}
}

/** What the trigger has registered while the state is off, in the workflow's static data. */
function staticRecords(host: HookHost) {
	const data = host.getWorkflowStaticData('node');
	return {
		read: () => (data['registrations'] ?? []) as RegistrationRecord[],
		write: (records: readonly RegistrationRecord[]) => {
			if (records.length === 0) delete data['registrations'];
			else data['registrations'] = records;
		},
	};
}

/**
 * Undoes what triggers have registered that are gone, such as a test run whose n8n was killed.
 * What cannot be undone is logged and tried again the next time.
 */
async function undoOrphans(
	host: HookHost,
	opened: Setup,
	around: RegistrationContext,
): Promise<void> {
	const { answers } = sharingOf(opened, around);
	const answered = await Promise.all(opened.orphans.map(async ({ url }) => await answers(url)));
	const gone = opened.orphans.filter((_, index) => answered[index] === false);
	for (const problem of await undoAll(host, opened, gone, around)) {
		log(host, 'warn', `what a trigger that is gone has registered stays: ${problem.message}`);
	}
}

/** Undoes each of the records, or leaves it to a successor. @returns what went wrong */
async function undoAll(
	host: HookHost,
	opened: Setup,
	records: readonly RegistrationRecord[],
	around: RegistrationContext,
): Promise<Error[]> {
	const problems: Error[] = [];
	for (const record of records) {
		await undo(host, opened, record, around).catch((error: unknown) => {
			problems.push(errorOf(error));
		});
	}
	return problems;
}

/** @throws RegistrationProblem or StateProblem; the record stays */
async function undo(
	host: HookHost,
	opened: Setup,
	record: RegistrationRecord,
	{ clock }: RegistrationContext,
): Promise<void> {
	const { registration, subscriptions, store, group } = opened;
	const undone = await unregister(
		subscriptions,
		registration ?? registrationOf(opened, record.scope),
		record,
		successorsOf(opened, record),
	);
	logOutcome(host, undone);
	if (store === null) return;
	await forgetRecord(store.registrationRecords, group, record, clock.now());
	if (undone.outcome !== 'taken over') return;
	await keepRecord(store.registrationRecords, group, undone.record, clock.now());
	await clock.sleep(ON_THEIR_WAY_MS);
}

/** Logs what became of the registration, even if nothing went wrong. */
function logOutcome(host: HookHost, { outcome, refusals }: Unregistered): void {
	for (const refusal of refusals) log(host, 'warn', refusal);
	log(host, 'debug', `its registration at Meta: ${outcome}`);
}

/** Drops what was waiting when the trigger was unpublished, long ago. */
async function dropOld(
	host: HookHost,
	{ store, listener, keptMs }: Setup,
	{ clock }: RegistrationContext,
): Promise<void> {
	const before = clock.now() - keptMs;
	const dropped = (await store?.inbox.drop(listener.listenerId, before)) ?? 0;
	logDropped(host, dropped, 'was unpublished for longer than they are kept');
}

function logDropped(host: HookHost, dropped: number, why: string): void {
	if (dropped === 0) return;
	log(host, 'warn', `events that waited were dropped, since the workflow ${why}: ${dropped}`);
}

/**
 * Removes a trigger that was unpublished, and drops what waits for it, unless it is published again
 * meanwhile. Never throws, since nobody awaits it.
 */
async function dropUnlessPublished(
	host: HookHost,
	store: Store,
	{ listenerId, until, keptMs }: { listenerId: string; until: number; keptMs: number },
	{ clock }: RegistrationContext,
): Promise<void> {
	try {
		await clock.sleep(keptMs);
		const [known] = await store.listeners.find([listenerId]);
		if (known !== undefined) {
			if (known.leaseUntil === null || known.leaseUntil > until) return;
			const [isRemoved] = await store.listeners.removeUnchanged([known]);
			if (isRemoved !== true) return;
		}
		logDropped(host, await store.inbox.drop(listenerId, clock.now()), 'is unpublished');
	} catch (error) {
		log(host, 'warn', `events that wait were not dropped: ${reasonOf(error)}`);
	}
}

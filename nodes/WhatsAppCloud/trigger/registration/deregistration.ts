import { errorOf, reasonOf } from '../../values/unknown';
import {
	readApp,
	readCallback,
	readSubscribedApps,
	writeCallback,
	type CurrentCallback,
} from './callbackAtMeta';
import { sharedCallback, type Registration } from './registration';
import { registrationStep } from './registrationProblem';
import type { RegistrationRecord } from './registrationRecords';
import type { Subscriptions } from '../../graph/endpoints/subscriptions';

/** What became of the registration. */
export type Unregistered = {
	/** In words: which triggers could not take over, and why. */
	refusals: readonly string[];
} & (
	| { outcome: 'removed' | 'restored' | 'left to somebody else' }
	/** Another trigger has taken over, including what it has to undo later. */
	| { outcome: 'taken over'; record: RegistrationRecord }
);

/**
 * Undoes what `register` did. Leaves someone else's callback alone.
 *
 * @param successors Addresses of triggers that may take over, best first.
 * @param record What `register` returned; without it, only the callback is removed.
 * @throws RegistrationProblem naming the step and what to do
 */
export async function unregister(
	subscriptions: Subscriptions,
	registration: Registration,
	record: RegistrationRecord | null,
	successors: readonly string[] = [],
): Promise<Unregistered> {
	const undone: Registration =
		record === null
			? registration
			: { ...registration, ...record, callback: { ...registration.callback, url: record.url } };
	const apps = await readSubscribedApps(subscriptions, undone);
	const current = await readCallback(subscriptions, undone, apps);
	const { url } = current;
	if (successors.length === 0 && record?.gaveAppCallback === true)
		await removeAppCallback(subscriptions, undone);
	if (url !== undone.callback.url) return { outcome: 'left to somebody else', refusals: [] };

	const refusals: string[] = [];
	for (const successor of successors) {
		const refusal = await handOverTo(successor, subscriptions, undone, current, record).then(
			() => null,
			(error: unknown) => reasonOf(error),
		);
		if (refusal !== null) {
			refusals.push(`${successor} does not take the registration: ${refusal}`);
			continue;
		}
		return record === null
			? { outcome: 'left to somebody else', refusals }
			: { outcome: 'taken over', record: { ...record, url: successor }, refusals };
	}
	const previousUrl = record?.previousUrl ?? null;
	if (previousUrl === null || previousUrl === url) {
		await writeCallback(subscriptions, undone, null, []);
		return { outcome: 'removed', refusals };
	}
	const previous = { url: previousUrl, verifyToken: undone.callback.verifyToken };
	const failure = await writeCallback(
		subscriptions,
		undone,
		previous,
		record?.previousFields ?? [],
	).then(() => null, errorOf);
	if (failure === null) return { outcome: 'restored', refusals };
	// Better no callback than one nobody answers.
	await writeCallback(subscriptions, undone, null, []);
	throw failure;
}

/** @throws RegistrationProblem if Meta does not accept the address */
async function handOverTo(
	successor: string,
	subscriptions: Subscriptions,
	registration: Registration,
	{ fields }: CurrentCallback,
	record: RegistrationRecord | null,
): Promise<void> {
	const callback = sharedCallback(registration, successor);
	await writeCallback(subscriptions, registration, callback, fields);
	if (record?.gaveAppCallback !== true) return;
	const app = await readApp(subscriptions, registration);
	if (app?.callbackUrl !== registration.callback.url) return;
	await registrationStep(
		`lead the app ${registration.appId} to ${successor}`,
		() => subscriptions.setAppSubscription(registration, callback, app.fields),
		successor,
	);
}

async function removeAppCallback(
	subscriptions: Subscriptions,
	registration: Registration,
): Promise<void> {
	const app = await readApp(subscriptions, registration);
	if (app?.callbackUrl !== registration.callback.url) return;
	await registrationStep(`end the subscription of the app ${registration.appId}`, () =>
		subscriptions.deleteAppSubscription(registration),
	);
}

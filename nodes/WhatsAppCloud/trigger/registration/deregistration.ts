import { errorOf, reasonOf } from '../../values/unknown';
import { readCallback, readSubscribedApps, writeCallback } from './callbackAtMeta';
import { sharedCallback, type Registration } from './registration';
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
	const apps =
		undone.scope === 'businessAccount' ? await readSubscribedApps(subscriptions, undone) : [];
	const { url, fields } = await readCallback(subscriptions, undone, apps);
	if (url !== undone.callback.url) return { outcome: 'left to somebody else', refusals: [] };

	const refusals: string[] = [];
	for (const successor of successors) {
		const callback = sharedCallback(undone, successor);
		const refusal = await writeCallback(subscriptions, undone, callback, fields).then(
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

import type { FilterName } from '../settings/eventChoice';
import { bad, good, type Check, type Counter } from './check';

const REPLAYS: FilterName = 'Drop Replays Older Than';

type Tallies = Readonly<Record<'expired' | 'filtered' | 'missed' | 'started', readonly Counter[]>>;

/** What was lost behind Meta's answer. Included only if something was: it says nothing otherwise. */
export function checkLosses(found: Tallies & { now: number }): Check[] {
	return [...checkMissed(found), ...checkExpired(found), ...checkReplays(found)];
}

/** How many, and when last; `null` if there are none. */
function summed(counters: readonly Counter[]): { count: number; lastAt: string } | null {
	const lastAt = counters
		.map((each) => each.lastAt)
		.sort()
		.at(-1);
	if (lastAt === undefined) return null;
	return { count: counters.reduce((sum, { count }) => sum + count, 0), lastAt };
}

function checkMissed({ missed }: Pick<Tallies, 'missed'>): Check[] {
	if (missed.length === 0) return [];
	const names = missed.map(({ reason, lastAt }) => `${reason}, since ${lastAt}`);
	return [
		bad(
			'Triggers know the app secret',
			`It was changed, and these get nothing: ${names.join('; ')}`,
			'If their credential is another one, enter the new app secret there. Unpublish the workflows and publish them again.',
		),
	];
}

function checkExpired({ expired, started }: Pick<Tallies, 'expired' | 'started'>): Check[] {
	const check = 'What waits starts in time';
	const dropped = summed(expired);
	if (dropped === null) return [];
	const ids = expired.map(({ listenerId }) => listenerId ?? '').join(', ');
	const summary = `${dropped.count} dropped after a week of waiting, the last at ${dropped.lastAt}, for ${ids}`;
	const isOver = expired.every(({ listenerId, lastAt }) =>
		started.some((each) => each.listenerId === listenerId && each.lastAt > lastAt),
	);
	return isOver
		? [good(check, `Others have started workflows since then; before: ${summary}`)]
		: [
				bad(
					check,
					summary,
					'Check the log of the n8n process that runs triggers: the only one, or the main process in queue mode. If the workflow is gone, end its listener with the operation Unsubscribe.',
				),
			];
}

function checkReplays({
	filtered,
	started,
	now,
}: Pick<Tallies, 'filtered' | 'started'> & { now: number }): Check[] {
	const check = 'Messages and statuses are new';
	const dropped = summed(filtered.filter(({ reason }) => reason === REPLAYS));
	if (dropped === null) return [];
	const { count, lastAt: last } = dropped;
	const summary = `${count} were dropped as replays by "${REPLAYS}", the last one at ${last}`;
	if (started.some(({ lastAt }) => lastAt > last)) {
		return [good(check, `Others have started workflows since then; before: ${summary}`)];
	}
	return [
		bad(
			check,
			summary,
			`If they were new, the clock of this machine is wrong: it says ${new Date(now).toISOString()}. Correct it, and set "${REPLAYS}" to 0 until then. If they were not, somebody sends old webhooks again, and nothing has to be done.`,
		),
	];
}

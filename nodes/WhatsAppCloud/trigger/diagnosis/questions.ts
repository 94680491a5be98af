import type { QuestionBacklog } from '../../store/questions/questionStore';
import type { KnownListener } from '../listeners/knownListeners';
import { bad, good, type Check, type Counter } from './check';

/**
 * Whether answers reach the executions that wait for them. Included only if some do, or if people
 * have tapped on what is over.
 */
export function checkQuestions({
	questions: { waiting, unreachable },
	lateTaps,
	listeners,
}: {
	questions: QuestionBacklog;
	lateTaps: readonly Counter[];
	listeners: readonly (Pick<KnownListener, 'isTest'> & { backlog: { isAlive: boolean } })[];
}): Check[] {
	const check = 'Answers reach the executions that wait for them';
	const [taps] = lateTaps;
	if (waiting === 0 && taps === undefined) return [];
	const isAlive = listeners.some(({ isTest, backlog }) => !isTest && backlog.isAlive);
	const finding = [
		`questions: ${waiting} open`,
		isAlive ? 'loop alive' : 'no loop',
		...(taps === undefined
			? []
			: [`taps on questions that were over: ${taps.count}, the last at ${taps.lastAt}`]),
	].join(', ');
	if (waiting > 0 && !isAlive) {
		return [
			bad(
				check,
				finding,
				'Publish a workflow with a trigger that has this app secret: it receives the answers, and its n8n process calls the executions.',
			),
		];
	}
	return unreachable === 0
		? [good(check, finding)]
		: [
				bad(
					check,
					`${finding}; called ten times or more without success: ${unreachable}`,
					'The log of the n8n process that runs triggers says why. It calls WEBHOOK_URL of n8n, and then n8n on the same machine.',
				),
			];
}

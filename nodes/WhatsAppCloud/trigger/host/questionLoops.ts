import { callCallback } from '../../graph/http/callbacks';
import { ownServer } from '../../graph/http/ownServer';
import { unseal } from '../../store/sealedText';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { QuestionLoop, RESUME_MS } from '../dispatch/questionLoop';
import { ResumeCaller } from '../dispatch/resumeCaller';
import { listenerGroup } from '../listeners/listenerIds';
import { log, type LoggingHost } from '../log';
import type { FoundAnswers } from '../receive/findAnswers';
import { SharedLoops } from './sharedLoops';

const loops = new SharedLoops();

/**
 * Calls executions that wait for answers, for as long as a trigger of the app is published in this
 * process. All of its triggers that share a state share the loop.
 *
 * @returns how to leave it
 */
export function joinQuestionLoop(
	host: LoggingHost,
	store: Store,
	appSecret: string,
): () => Promise<void> {
	const group = listenerGroup(appSecret);
	return loops.join(store, group, () => startLoop(host, store, appSecret));
}

/** Lets the loop of this process know what a webhook has brought for questions. */
export function tellQuestions(
	host: LoggingHost,
	store: Store,
	group: string,
	{ answers, unreadable }: FoundAnswers,
): void {
	if (answers.size > 0) loops.wake(store, group);
	if (unreadable > 0) {
		log(
			host,
			'error',
			`questions were asked under another app secret, and messages cannot answer them: ${unreadable}`,
		);
	}
}

function startLoop(host: LoggingHost, store: Store, appSecret: string): QuestionLoop {
	const caller = new ResumeCaller({
		post: callCallback,
		timeoutMs: RESUME_MS,
		ownServer: ownServer(),
	});
	const loop = new QuestionLoop({
		questions: store.questions,
		appKey: listenerGroup(appSecret),
		call: async ({ resumeUrl }) => await caller.call(unseal(resumeUrl, appSecret) ?? ''),
		clock: systemClock,
		log: (level, message) => log(host, level, message),
	});
	loop.start();
	return loop;
}

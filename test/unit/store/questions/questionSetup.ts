import {
	questionListener,
	type NewQuestion,
	type NewWait,
} from '../../../../nodes/WhatsAppCloud/store/questions/questionStore';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { arrived, start, webhookOf } from '../samples';

/** A wait of an execution of its own. */
export const wait = (waitId: string): NewWait => ({
	waitId,
	accountKey: 'account',
	appKey: 'app',
	workflowId: 'workflow',
	executionId: `execution of ${waitId}`,
	nodeId: 'node',
	nodeName: 'Ask',
	resumeUrl: `https://n8n.example.com/${waitId}`,
	content: `content of ${waitId}`,
});

/** The question of a wait with one item. */
export const question = (questionId: string, personKey = 'ada'): NewQuestion => ({
	questionId,
	phoneNumberId: '200',
	personKey,
	itemIndex: 0,
	place: 0,
	content: `content of ${questionId}`,
});

/**
 * What the tests of questions do with a store.
 *
 * @param opened gives the store of the present test
 */
export function questionsIn(opened: () => Store) {
	const ask = async (
		waitId: string,
		questions: NewQuestion[],
		whenAsked: 'wait' | 'replace' | 'fail' = 'wait',
		now = start,
	) =>
		await opened().questions.start(
			wait(waitId),
			questions.map((each) => ({ ...each, whenAsked })),
			now,
		);
	const statesOf = async (waitId: string) => {
		const stored = await opened().questions.start(wait(waitId), [], start);
		return stored.map(({ state }) => state);
	};
	const due = async (now = start) =>
		(await opened().questions.take({ appKey: 'app', leaseMs: 30_000, limit: 10 }, now)).map(
			({ waitId }) => waitId,
		);
	const hold = async (waitId: string, owner = 'me', now = start) => {
		const held = await opened().questions.hold(waitId, owner, 30_000, now);
		if (held === null || held === 'held') throw new Error(`${waitId}: ${String(held)}`);
		return held;
	};
	/** Gives a wait back with its first question changed. */
	const change = async (waitId: string, changes: object, dueAt: number | null = null) => {
		const { questions, answers } = await hold(waitId);
		const changed = questions.map((each) => ({ ...each, ...changes }));
		return await opened().questions.update(
			waitId,
			'me',
			{ questions: changed, read: answers, isDecided: false, dueAt },
			start,
		);
	};
	/** A message arrives that may answer a question. */
	const answer = async (questionId: string, key: string, waitId: string) => {
		const event = arrived(key);
		const [delivery] = event.deliveries;
		if (delivery === undefined) throw new Error('one delivery');
		const deliveries = [{ ...delivery, listenerId: questionListener(questionId) }];
		await opened().inbox.receive(
			{ ...webhookOf([{ ...event, deliveries }]), answeredWaits: [waitId] },
			start,
		);
	};

	return { ask, statesOf, due, hold, change, answer };
}

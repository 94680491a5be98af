import { decodeWait, toAsked } from '../../../nodes/WhatsAppCloud/asking/storedWait';
import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import { advance } from '../../../nodes/WhatsAppCloud/questions/advance';
import { anyOne, approval, asked, now } from '../questions/asked';

const account = parseAccountWithoutToken({ appSecret: 'secret' });

/** A wait and its only question as version 0.1.0 has stored them. */
const former = {
	wait: JSON.stringify({
		requests: [
			{
				itemIndex: 0,
				rule: anyOne.rule,
				remindMs: null,
				followUps: { ...anyOne.followUps, expired: 'Too late' },
			},
		],
		expiresAt: now + 1_000,
		workflowId: 'w',
		executionId: 'e',
		runIndex: 0,
		isReview: false,
		left: [],
		outputField: 'data',
	}),
	question: JSON.stringify({
		question: { steps: [approval], mostAttempts: null },
		recipient: '+4915123456789',
		startsWorkflows: false,
		opening: null,
		operationId: 'operation',
		fingerprint: 'fingerprint',
		payloadHash: 'hash',
	}),
};

const questionOf = (content: string) => ({
	...asked('q1', [], { state: 'open', askedAt: now - 1_000 }),
	content,
	progress: '',
});

const waiting = (answers: object[] = []) => {
	const events = answers.map((event) => ({
		questionId: 'q1',
		batchId: 'batch',
		eventId: 'event',
		content: JSON.stringify(event),
	}));
	return {
		wait: decodeWait(former.wait, account),
		questions: toAsked([questionOf(former.question)], events, account),
	};
};

const outside = (at: number, sent: unknown[] = []) => ({
	send: async (_: unknown, message: unknown) => {
		sent.push(message);
		return await Promise.resolve({ messageId: null });
	},
	now: at,
	notSent: () => undefined,
	concurrency: 1,
});

test('a wait of version 0.1.0 keeps its limit', async () => {
	const { wait, questions } = waiting();
	expect(await advance(wait, questions, outside(now))).toEqual({
		isDecided: false,
		dueAt: now + 1_000,
	});
	const sent: unknown[] = [];
	expect(await advance(wait, questions, outside(now + 1_000, sent))).toMatchObject({
		isDecided: true,
	});
	expect(questions).toMatchObject([{ state: 'timedOut', templateText: null, withinWindow: null }]);
	expect(sent).toEqual([{ type: 'text', text: { body: 'Too late' } }]);
});

test('a word to opt out that version 0.1.0 has stored ends the question', async () => {
	const message = { event: 'message', id: 'wamid.1', type: 'text', text: 'STOP', timestamp: null };
	const { wait, questions } = waiting([{ ...message, optsOut: true }]);
	expect(questions[0]?.received[0]?.event).not.toHaveProperty('optsOut');
	await advance(wait, questions, outside(now));
	expect(questions).toMatchObject([{ state: 'optedOut' }]);
});

import { advance } from '../../../nodes/WhatsAppCloud/questions/advance';
import { replyOf, type Asked, type Send } from '../../../nodes/WhatsAppCloud/questions/asked';
import type { Step } from '../../../nodes/WhatsAppCloud/questions/question';
import type { WaitContent } from '../../../nodes/WhatsAppCloud/questions/wait';
import { anyOne, approval, asked, now, number, says, waitContent } from './asked';

interface Sent {
	questionId: string;
	key: string;
	text: string;
}

/** Carries on and tells what was sent. */
async function carryOn(
	content: WaitContent,
	questions: Asked[],
	{ at = now, fails = false }: { at?: number; fails?: boolean } = {},
) {
	const sent: Sent[] = [];
	const send: Send = async ({ questionId }, message, key) => {
		const body = message === 'opening' ? {} : message;
		const words = JSON.stringify(body);
		sent.push({ questionId, key, text: /"(?:text|body)":"([^"]*)"/.exec(words)?.[1] ?? '' });
		if (fails) throw new Error('Meta refuses');
		return await Promise.resolve({ messageId: `wamid.${key}` });
	};
	const notSent: string[] = [];
	const result = await advance(content, questions, {
		send,
		concurrency: 10,
		now: at,
		notSent: ({ questionId }, key, error) => notSent.push(`${questionId} ${key}: ${String(error)}`),
	});
	return { sent, notSent, ...result };
}

test('a question whose turn it is is asked', async () => {
	const question = asked('a', [approval]);
	const wait = waitContent({ expiresAt: now + 60_000, remindMs: 20_000 });
	const { sent, isDecided, dueAt } = await carryOn(wait, [question]);
	expect(sent).toEqual([{ questionId: 'a', key: 'ask', text: 'Pay 500 €?' }]);
	expect(question).toMatchObject({
		state: 'open',
		messageId: 'wamid.ask',
		askedAt: now,
		expiresAt: now + 60_000,
		remindAt: now + 20_000,
	});
	expect({ isDecided, dueAt }).toEqual({ isDecided: false, dueAt: now + 20_000 });
});

test('a question in line is left alone until the time is up', async () => {
	const question = asked('a', [approval], { state: 'queued' });
	const wait = waitContent({ expiresAt: now + 1 });
	expect(await carryOn(wait, [question])).toEqual({
		sent: [],
		notSent: [],
		isDecided: false,
		dueAt: now + 1,
	});
	expect(await carryOn(wait, [question], { at: now + 1 })).toMatchObject({
		sent: [],
		isDecided: true,
	});
	expect(question.state).toBe('timedOut');
});

test('an answer closes the question, with thanks; what comes after it is ignored', async () => {
	const question = asked('a', [approval], {
		state: 'open',
		received: [says('yes please'), says('approve'), says('deny')],
	});
	const followUps = { thanks: 'Thanks', reminder: '', expired: '', settled: '' };
	const { sent, isDecided } = await carryOn(waitContent({ followUps }), [question]);
	expect(sent.map(({ key, text }) => [key, text])).toEqual([
		['again 1', 'Pay 500 €?'],
		['thanks', 'Thanks'],
	]);
	expect(isDecided).toBe(true);
	expect(question).toMatchObject({ state: 'answered', closedAt: now, attempts: 1 });
	expect(question.given).toMatchObject([{ answer: { id: 'approve' }, messageId: 'wamid.approve' }]);
});

test('thanks that cannot be sent change nothing', async () => {
	const question = asked('a', [approval], { state: 'open', received: [says('deny')] });
	const followUps = { thanks: 'Thanks', reminder: '', expired: '', settled: '' };
	const { isDecided, notSent } = await carryOn(waitContent({ followUps }), [question], {
		fails: true,
	});
	expect(isDecided).toBe(true);
	expect(question.state).toBe('answered');
	expect(notSent).toEqual(['a thanks: Error: Meta refuses']);
});

test('a message that cannot be sent closes its question', async () => {
	const question = asked('a', [approval]);
	const { isDecided } = await carryOn(waitContent(), [question], { fails: true });
	expect(isDecided).toBe(true);
	expect(question).toMatchObject({ state: 'failed', closedAt: now, problem: 'Meta refuses' });
});

test('a form asks step after step', async () => {
	const question = asked('a', [number('Age'), number('Size')], {
		state: 'open',
		received: [says('old'), says('42')],
	});
	const rule = { needed: 1, isApproval: false, firstWins: true };
	const wait = waitContent({ requests: [{ ...anyOne, rule }] });
	const first = await carryOn(wait, [question]);
	expect(first.sent.map(({ text }) => text)).toEqual(['Age as a number, please', 'Size?']);
	expect(first.isDecided).toBe(false);
	expect(question).toMatchObject({ state: 'open', step: 1, attempts: 1 });

	question.received = [says('180')];
	expect((await carryOn(wait, [question])).isDecided).toBe(true);
	expect(question.given.map(({ answer }) => answer.value)).toEqual([42, 180]);
});

test('so many wrong answers end it', async () => {
	const question = asked('a', [approval], {
		state: 'open',
		question: { steps: [approval], mostAttempts: 3 },
		received: ['a', 'b', 'c', 'approve'].map((text) => says(text)),
	});
	const { sent, isDecided } = await carryOn(waitContent(), [question]);
	expect(sent.map(({ key }) => key)).toEqual(['again 1', 'again 2']);
	expect(question.state).toBe('exhausted');
	expect(isDecided).toBe(true);
});

test('somebody who opts out is asked no more', async () => {
	const question = asked('a', [approval], {
		state: 'open',
		received: [says('STOP', { optsOut: true }), says('approve')],
	});
	expect(await carryOn(waitContent(), [question])).toMatchObject({ sent: [], isDecided: true });
	expect(question.state).toBe('optedOut');
});

describe('time', () => {
	const followUps = { thanks: '', reminder: 'Still there?', expired: 'Too late', settled: '' };
	const wait = waitContent({ expiresAt: now + 60_000, remindMs: 20_000, followUps });
	const open = () =>
		asked('a', [approval], { state: 'open', remindAt: now + 20_000, expiresAt: now + 60_000 });

	test('reminds once', async () => {
		const question = open();
		expect((await carryOn(wait, [question], { at: now + 19_999 })).sent).toEqual([]);
		const due = await carryOn(wait, [question], { at: now + 20_000 });
		expect(due.sent.map(({ text }) => text)).toEqual(['Still there?']);
		expect(due.dueAt).toBe(now + 60_000);
		expect((await carryOn(wait, [question], { at: now + 30_000 })).sent).toEqual([]);
	});

	test('ends it, and an answer that came before still counts', async () => {
		const late = open();
		const end = await carryOn(wait, [late], { at: now + 60_000 });
		expect(end.sent.map(({ text }) => text)).toEqual(['Too late']);
		expect(end.isDecided).toBe(true);
		expect(late.state).toBe('timedOut');

		const inTime = { ...open(), received: [says('approve')] };
		await carryOn(wait, [inTime], { at: now + 60_000 });
		expect(inTime.state).toBe('answered');
	});

	test('an answer sent after the end does not count, whenever it is read', async () => {
		const timestamp = new Date(now + 61_000).toISOString();
		const late = says('approve');
		const question = { ...open(), received: [{ ...late, event: { ...late.event, timestamp } }] };
		await carryOn(wait, [question], { at: now + 90_000 });
		expect(question.state).toBe('timedOut');
	});

	test('a clock that was set back ends nothing early', async () => {
		const question = open();
		expect(await carryOn(wait, [question], { at: now - 3_600_000 })).toMatchObject({
			sent: [],
			isDecided: false,
		});
	});
});

describe('several people', () => {
	const followUps = { thanks: '', reminder: '', expired: '', settled: 'Already decided' };
	const people = (rule: Partial<typeof anyOne.rule>, answers: (string | null)[]) => ({
		wait: waitContent({
			requests: [{ ...anyOne, rule: { ...anyOne.rule, ...rule } }],
			followUps,
		}),
		questions: answers.map((text, place) =>
			asked(`q${place}`, [approval], {
				state: 'open',
				place,
				received: text === null ? [] : [says(text)],
			}),
		),
	});

	test.each<[string, Partial<typeof anyOne.rule>, (string | null)[], boolean, string[]]>([
		['the first answer wins', {}, [null, 'deny', null], true, ['settled', 'answered', 'settled']],
		['nobody has answered', {}, [null, null, null], false, ['open', 'open', 'open']],
		[
			'all have to approve, one denies',
			{ firstWins: false, needed: 3 },
			['approve', 'deny', null],
			true,
			['answered', 'answered', 'settled'],
		],
		[
			'two of three have approved',
			{ firstWins: false, needed: 2 },
			['approve', 'approve', null],
			true,
			['answered', 'answered', 'settled'],
		],
		[
			'one of two that are needed, one denial',
			{ firstWins: false, needed: 2 },
			['approve', 'deny', null],
			false,
			['answered', 'answered', 'open'],
		],
	])('%s', async (_, rule, answers, isDecided, states) => {
		const { wait, questions } = people(rule, answers);
		const result = await carryOn(wait, questions);
		expect(result.isDecided).toBe(isDecided);
		expect(questions.map(({ state }) => state)).toEqual(states);
		expect(result.sent.map(({ key }) => key)).toEqual(
			states.filter((state) => state === 'settled'),
		);
	});

	test('too few are left that can answer', async () => {
		const { wait, questions } = people({ firstWins: false, needed: 2 }, ['approve', null]);
		Object.assign(questions[1] ?? {}, { state: 'timedOut' });
		expect((await carryOn(wait, questions)).isDecided).toBe(true);
	});

	test('the first answer is the one that was sent first, in whichever order people were named', async () => {
		const { wait, questions } = people({}, ['approve', 'deny']);
		const [late, early] = questions.flatMap(({ received }) => received);
		if (late !== undefined) late.event = { ...late.event, timestamp: '2026-11-26T10:00:02Z' };
		if (early !== undefined) early.event = { ...early.event, timestamp: '2026-11-26T10:00:01Z' };
		expect(await carryOn(wait, questions)).toMatchObject({ isDecided: true });
		expect(questions.map(({ state }) => state)).toEqual(['settled', 'answered']);
	});

	test('each item is decided on its own; the wait ends with the last', async () => {
		const wait = waitContent({ requests: [anyOne, { ...anyOne, itemIndex: 1 }] });
		const first = asked('a', [approval], { state: 'open', received: [says('approve')] });
		const second = asked('b', [approval], { state: 'open', itemIndex: 1 });
		expect((await carryOn(wait, [first, second])).isDecided).toBe(false);
		expect([first.state, second.state]).toEqual(['answered', 'open']);
		second.received = [says('deny')];
		expect((await carryOn(wait, [first, second])).isDecided).toBe(true);
	});
});

test('each item has its own time; the earliest is the next to look at', async () => {
	const wait = waitContent({
		requests: [
			{ ...anyOne, expiresAt: now + 60_000 },
			{ ...anyOne, itemIndex: 1, expiresAt: now + 20_000 },
			{ ...anyOne, itemIndex: 2 },
		],
	});
	const questions = [0, 1, 2].map((itemIndex) =>
		asked(`q${itemIndex}`, [approval], { state: 'open', itemIndex }),
	);
	expect((await carryOn(wait, questions)).dueAt).toBe(now + 20_000);
	expect((await carryOn(wait, questions, { at: now + 20_000 })).dueAt).toBe(now + 60_000);
	expect((await carryOn(wait, questions, { at: now + 60_000 })).dueAt).toBeNull();
	expect(questions.map(({ state }) => state)).toEqual(['timedOut', 'timedOut', 'open']);
});

test('so many items are asked at once, and each of them once', async () => {
	const requests = Array.from({ length: 25 }, (_, itemIndex) => ({ ...anyOne, itemIndex }));
	const questions = requests.map(({ itemIndex }) =>
		asked(`q${itemIndex}`, [approval], { itemIndex }),
	);
	let underWay = 0;
	let most = 0;
	const sent: string[] = [];
	await advance({ requests }, questions, {
		send: async ({ questionId }) => {
			most = Math.max(most, ++underWay);
			sent.push(questionId);
			await new Promise((resolve) => setImmediate(resolve));
			underWay -= 1;
			return { messageId: `wamid.${questionId}` };
		},
		concurrency: 10,
		now,
		notSent: () => undefined,
	});
	expect(most).toBe(10);
	expect(sent.sort()).toEqual(questions.map(({ questionId }) => questionId).sort());
});

describe('a question that asks why after a denial', () => {
	const why: Step = {
		name: 'why',
		text: 'Why not?',
		retryText: '',
		onlyAfter: 'deny',
		wanted: {
			kind: 'choice',
			options: [{ id: 'skip', title: 'No reason' }],
			listButton: '',
			tapsOnly: false,
			otherText: 'accept',
		},
	};
	const wait = waitContent({ expiresAt: now + 60_000 });
	const denied = async () => {
		const question = asked('a', [approval, why], { state: 'open', expiresAt: now + 60_000 });
		question.received = [says('deny')];
		const result = await carryOn(wait, [question]);
		expect(result.sent.map(({ text }) => text)).toEqual(['Why not?']);
		expect(result.isDecided).toBe(false);
		question.received = [];
		return question;
	};

	test('reads the reason, and counts the denial', async () => {
		const question = await denied();
		question.received = [says('Too much')];
		expect(await carryOn(wait, [question])).toMatchObject({ isDecided: true });
		expect(question.state).toBe('answered');
		expect(replyOf(question).answer?.id).toBe('deny');
		expect(question.given.at(-1)?.answer.text).toBe('Too much');
	});

	test('counts the denial if the reason never comes, or cannot be asked for', async () => {
		const late = await denied();
		expect(await carryOn(wait, [late], { at: now + 60_000 })).toMatchObject({ isDecided: true });
		expect(late.state).toBe('answered');
		expect(replyOf(late).answer?.id).toBe('deny');

		const unsent = asked('b', [approval, why], { state: 'open', received: [says('deny')] });
		expect(await carryOn(wait, [unsent], { fails: true })).toMatchObject({ isDecided: true });
		expect(replyOf(unsent).answer?.id).toBe('deny');
	});

	test('nobody else can approve meanwhile, if the first answer wins', async () => {
		const question = await denied();
		const other = asked('b', [approval, why], { state: 'open', received: [says('approve')] });
		expect(await carryOn(wait, [other, question])).toMatchObject({ isDecided: false });
		question.received = [says('Too much')];
		other.received = [says('approve')];
		expect(await carryOn(wait, [other, question])).toMatchObject({ isDecided: true });
		expect([other.state, question.state]).toEqual(['settled', 'answered']);
	});

	test('is over after an approval', async () => {
		const question = asked('a', [approval, why], { state: 'open', received: [says('approve')] });
		expect(await carryOn(wait, [question])).toMatchObject({ sent: [], isDecided: true });
		expect(replyOf(question).answer?.id).toBe('approve');
	});
});

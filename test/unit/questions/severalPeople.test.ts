import { advance } from '../../../nodes/WhatsAppCloud/questions/advance';
import { anyOne, approval, asked, now, says, waitContent } from './asked';
import { carryOn } from './carryOn';

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

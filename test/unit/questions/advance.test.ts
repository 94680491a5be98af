import { replyOf } from '../../../nodes/WhatsAppCloud/questions/asked';
import type { Step } from '../../../nodes/WhatsAppCloud/questions/question';
import { anyOne, approval, asked, now, number, says, waitContent } from './asked';
import { carryOn } from './carryOn';

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

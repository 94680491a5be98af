import { answersListener } from '../../../../nodes/WhatsAppCloud/store/questions/questionStore';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { dayMs, start } from '../samples';
import { question, questionsIn } from './questionSetup';

onEachEngine('questions', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { ask, statesOf, due, hold, change, answer } = questionsIn(() => store);

	describe('answers', () => {
		test('a question is found by its person, also under a key that was linked later', async () => {
			await ask('first', [question('a', '+491')]);
			await ask('second', [question('b', 'DE.1')]);
			const openFor = async (...keys: string[]) =>
				(await store.questions.openFor('account', keys)).map(
					({ questionId, askedKey }) => `${questionId} for ${askedKey}`,
				);
			expect(await openFor('+491', '+492')).toEqual(['a for +491']);
			const link = (waKey: string) => ({
				accountKey: 'account',
				waKey,
				userKey: 'DE.1',
				at: start,
			});
			await store.contacts.link([link('+491')], start);
			expect((await openFor('DE.1')).sort()).toEqual(['a for DE.1', 'b for DE.1']);
			// The person has a new number.
			await store.contacts.link([link('+492')], start);
			expect((await openFor('+492')).sort()).toEqual(['a for +492', 'b for +492']);
			expect(await store.questions.openFor('other account', ['+491'])).toEqual([]);
			await change('first', { state: 'answered', closedAt: start });
			expect(await openFor('+491')).toEqual(['b for +491']);
			expect(await store.questions.find(['a', 'unknown'])).toMatchObject([
				{ questionId: 'a', state: 'answered', content: 'content of a' },
			]);
		});

		test('an answer makes its wait due, once, and is there to be read until it has been', async () => {
			await ask('first', [question('a')]);
			expect(await due()).toEqual([]);
			await answer('a', 'one', 'first');
			await answer('a', 'one', 'first');
			expect(await due()).toEqual(['first']);
			expect(await due()).toEqual([]);
			const { answers } = await hold('first');
			expect(answers).toMatchObject([{ questionId: 'a', content: 'content of one' }]);
			await answer('a', 'two', 'first');
			const isWritten = await store.questions.update(
				'first',
				'me',
				{ questions: [], read: answers, isDecided: false, dueAt: null },
				start,
			);
			expect(isWritten).toBe(true);
			expect(await due()).toEqual(['first']);
			expect((await hold('first')).answers).toMatchObject([{ content: 'content of two' }]);
		});

		test('an answer is recognised when it comes again, whatever was asked since', async () => {
			await ask('first', [question('a')]);
			await answer('a', 'one', 'first');
			await store.questions.end('first', start);
			expect(await store.inbox.seen([answersListener, 'some trigger'], ['one', 'two'])).toEqual([
				new Set(['one']),
				new Set(),
			]);
			await ask('second', [question('b')]);
			await answer('b', 'one', 'second');
			expect((await hold('second')).answers).toEqual([]);
		});

		test('one process at a time has a wait in hand', async () => {
			await ask('first', [question('a')]);
			const owners = ['1', '2', '3', '4'];
			const held = await Promise.all(
				owners.map(async (owner) => await store.questions.hold('first', owner, 30_000, start)),
			);
			expect(held.filter((each) => each === 'held')).toHaveLength(3);
			const winner = owners[held.findIndex((each) => each !== 'held')] ?? '';
			const update = async (owner: string) =>
				await store.questions.update(
					'first',
					owner,
					{ questions: [], read: [], isDecided: false, dueAt: null },
					start,
				);
			expect(await update('someone else')).toBe(false);
			expect(await update(winner)).toBe(true);
			expect(await update(winner)).toBe(false);
			expect(await store.questions.hold('unknown', '1', 30_000, start)).toBeNull();
		});

		test('a process that was killed loses the wait when its lease ends', async () => {
			await ask('first', [question('a')]);
			await hold('first', 'killed');
			const later = start + 30_000;
			expect(await store.questions.hold('first', 'next', 30_000, later - 1)).toBe('held');
			await hold('first', 'next', later);
			const changes = { questions: [], read: [], isDecided: true, dueAt: null };
			expect(await store.questions.update('first', 'killed', changes, later)).toBe(false);
		});
	});

	describe('what is due', () => {
		test('at its time, and again if the call does not come back', async () => {
			await ask('first', [question('a')]);
			await change('first', {}, start + 60_000);
			expect(await due(start + 59_999)).toEqual([]);
			const at = start + 60_000;
			const ofOtherApp = { appKey: 'other app', leaseMs: 30_000, limit: 10 };
			expect(await store.questions.take(ofOtherApp, at)).toEqual([]);
			expect(await due(at)).toEqual(['first']);
			expect(await due(at + 29_999)).toEqual([]);
			const again = await store.questions.take(
				{ appKey: 'app', leaseMs: 30_000, limit: 10 },
				at + 30_000,
			);
			expect(again).toEqual([
				{ waitId: 'first', resumeUrl: 'https://n8n.example.com/first', calls: 2 },
			]);
			await store.questions.postpone('first', at + 31_000);
			expect(await due(at + 30_999)).toEqual([]);
			expect(await due(at + 31_000)).toEqual(['first']);
		});

		test('what is decided stays due until it has ended; then nothing of it can be read', async () => {
			await ask('first', [question('a'), { ...question('b', 'grace'), itemIndex: 1 }]);
			const { questions } = await hold('first');
			const closed = questions.map((each) => ({
				...each,
				state: 'answered' as const,
				closedAt: start,
				progress: 'a secret answer',
			}));
			await store.questions.update(
				'first',
				'me',
				{ questions: closed, read: [], isDecided: true, dueAt: null },
				start,
			);
			expect(await due(start + 10_000)).toEqual(['first']);
			expect(await hold('first')).toMatchObject({ isDecided: true });
			await store.questions.end('first', start);
			expect(await due(start + 60_000)).toEqual([]);
			expect(await store.questions.hold('first', 'me', 30_000, start)).toBeNull();
			const [found] = await store.questions.find(['a']);
			expect(found).toMatchObject({ state: 'answered', content: '' });
		});

		test('an execution that was killed while it asked is called, and so is one in the way of another', async () => {
			await ask('killed', [question('a')]);
			expect(await due(start + 119_000)).toEqual([]);
			expect(await due(start + 120_000)).toEqual(['killed']);

			await ask('unlimited', [question('b', 'grace')]);
			await change('unlimited', { state: 'open', expiresAt: null });
			await ask('limited', [question('c', 'joan')]);
			await change('limited', { state: 'open', expiresAt: start + dayMs }, start + dayMs);
			expect(await due()).toEqual([]);
			await ask('next', [question('d', 'grace'), question('e', 'joan')]);
			expect(await due()).toEqual(['unlimited']);
		});

		test('an execution that is gone leaves its questions lost and the turn to the next', async () => {
			await ask('first', [question('a')]);
			await ask('second', [question('b')]);
			await answer('a', 'one', 'first');
			await store.questions.end('first', start);
			expect(await store.questions.find(['a'])).toMatchObject([{ state: 'lost' }]);
			expect(await due()).toEqual(['second']);
			expect(await store.questions.takeTurns(['b'])).toEqual(['b']);
		});
	});

	test('cancelling closes what is not closed, tells its execution and the next in line', async () => {
		await ask('first', [question('a')]);
		await ask('second', [question('b')]);
		await ask('third', [question('c', 'grace')]);
		await change('third', { state: 'answered', closedAt: start });
		expect(await store.questions.backlog('app')).toEqual({ waiting: 3, unreachable: 0 });
		expect(await store.questions.cancel('other', ['a'], start)).toEqual([]);
		expect(await store.questions.cancel('account', ['a', 'c', 'unknown'], start)).toEqual(['a']);
		expect((await due()).sort()).toEqual(['first', 'second']);
		expect(await statesOf('first')).toEqual(['cancelled']);
		expect(await statesOf('third')).toEqual(['answered']);
	});

	test('what is cancelled or replaced while its wait is in hand stays so, and is due again', async () => {
		await ask('first', [question('a')]);
		const { questions, answers } = await hold('first');
		const opened = questions.map((each) => ({ ...each, state: 'open' as const }));
		const changes = { questions: opened, read: answers, isDecided: false, dueAt: null };
		const giveBack = async () => await store.questions.update('first', 'me', changes, start);
		expect(await store.questions.cancel('account', ['a'], start)).toEqual(['a']);
		expect(await giveBack()).toBe(false);
		expect(await statesOf('first')).toEqual(['cancelled']);
		expect(await due()).toEqual(['first']);

		await ask('second', [question('b', 'grace')]);
		const held = await hold('second');
		await ask('third', [question('c', 'grace')], 'replace');
		const asked = held.questions.map((each) => ({ ...each, state: 'open' as const }));
		expect(
			await store.questions.update('second', 'me', { ...changes, questions: asked }, start),
		).toBe(false);
		expect(await statesOf('second')).toEqual(['replaced']);
		expect(await statesOf('third')).toEqual(['asking']);
	});

	test('what has ended is purged after its time, what waits is not', async () => {
		await ask('first', [question('a')]);
		await ask('second', [question('b', 'grace')]);
		await store.questions.end('first', start);
		const purge = async (now: number) => await store.purge('account', now, {}, true);
		const left = async () =>
			(await store.questions.find(['a', 'b'])).map(({ questionId }) => questionId);
		await purge(start + 89 * dayMs);
		expect(await left()).toEqual(['a', 'b']);
		await purge(start + 91 * dayMs);
		expect(await left()).toEqual(['b']);
	});

	test('the list has pages in the order of time, by state', async () => {
		for (const index of [1, 2, 3, 4, 5]) {
			await ask(`wait ${index}`, [question(`q${index}`)], 'wait', start + index);
		}
		const listed: string[] = [];
		let after: string | null = null;
		do {
			const page = await store.questions.list({
				accountKey: 'account',
				states: ['queued', 'asking'],
				limit: 2,
				after,
			});
			listed.push(...page.entries.map(({ questionId }) => questionId));
			after = page.next;
		} while (after !== null);
		expect(listed).toEqual(['q1', 'q2', 'q3', 'q4', 'q5']);
		const { entries } = await store.questions.list({
			accountKey: 'account',
			states: ['asking'],
			limit: 10,
		});
		expect(entries).toMatchObject([
			{ questionId: 'q1', waitId: 'wait 1', executionId: 'execution of wait 1', nodeName: 'Ask' },
		]);
	});
});

import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { start } from '../samples';
import { question, questionsIn, wait } from './questionSetup';

onEachEngine('whose turn a question is', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { ask, statesOf, due, change } = questionsIn(() => store);

	test('a person has one question at a time; the next waits', async () => {
		const [first] = await ask('first', [question('a')]);
		expect(first).toMatchObject({ state: 'asking', step: 0, attempts: 0, askedAt: null });
		await ask('second', [question('b')]);
		await ask('other person', [question('c', 'grace')]);
		expect(await statesOf('second')).toEqual(['queued']);
		expect(await statesOf('other person')).toEqual(['asking']);
		expect(await store.questions.takeTurns(['b'])).toEqual([]);
	});

	test('once it is answered, the next one is due, in the order in which they were made', async () => {
		await ask('first', [question('a')]);
		await ask('second', [question('b')], 'wait', start + 1);
		await ask('third', [question('c')], 'wait', start + 2);
		await change('first', { state: 'answered', closedAt: start });
		expect((await due()).sort()).toEqual(['second', 'third']);
		expect(await store.questions.takeTurns(['c'])).toEqual([]);
		expect(await store.questions.takeTurns(['b'])).toEqual(['b']);
		expect(await store.questions.takeTurns(['b', 'c'])).toEqual([]);
		expect(await statesOf('second')).toEqual(['asking']);
	});

	test('of many that are made at once, one is asked', async () => {
		const ids = Array.from({ length: 20 }, (_, index) => `q${index}`);
		await Promise.all(ids.map(async (id) => await ask(`wait ${id}`, [question(id)])));
		const states = await Promise.all(ids.map(async (id) => await statesOf(`wait ${id}`)));
		expect(states.flat().filter((state) => state === 'asking')).toHaveLength(1);
		expect(states.flat().filter((state) => state === 'queued')).toHaveLength(19);
	});

	test('two of one wait for the same person: one after the other', async () => {
		const stored = await ask('first', [question('a'), { ...question('b'), itemIndex: 1 }]);
		expect(stored.map(({ questionId, state }) => [questionId, state])).toEqual([
			['a', 'asking'],
			['b', 'queued'],
		]);
	});

	test('a question may replace the one before, or not be asked at all', async () => {
		await ask('first', [question('a')]);
		expect(await ask('second', [question('b')], 'fail')).toEqual([]);
		const [third] = await ask('third', [question('c')], 'replace', start + 5);
		expect(third?.state).toBe('asking');
		expect(await statesOf('first')).toEqual(['replaced']);
		expect(await due()).toEqual(['first']);
	});

	test('each question of a wait does as it says', async () => {
		await ask('first', [question('a', 'ada'), { ...question('b', 'grace'), place: 1 }]);
		const questions = [
			{ ...question('c', 'ada'), whenAsked: 'replace' as const },
			{ ...question('d', 'grace'), itemIndex: 1, whenAsked: 'fail' as const },
			{ ...question('e', 'grace'), itemIndex: 2, whenAsked: 'wait' as const },
		];
		const stored = await store.questions.start(wait('second'), questions, start);
		expect(stored.map(({ questionId, state }) => [questionId, state])).toEqual([
			['c', 'asking'],
			['e', 'queued'],
		]);
		expect(await statesOf('first')).toEqual(['replaced', 'asking']);
	});

	test('the same node again finds its question as it is', async () => {
		await ask('first', [question('a')]);
		await change('first', { state: 'open', messageId: 'wamid.A', askedAt: start });
		for (const whenAsked of ['wait', 'replace', 'fail'] as const) {
			expect(await ask('first', [question('a')], whenAsked)).toMatchObject([
				{ questionId: 'a', state: 'open', messageId: 'wamid.A' },
			]);
		}
	});

	test('a node that waits anew in the same execution has left its earlier wait', async () => {
		const sameExecution = (waitId: string) => ({ ...wait(waitId), executionId: 'loop' });
		const waiting = (id: string) => [{ ...question(id), whenAsked: 'wait' as const }];
		await store.questions.start(sameExecution('first'), waiting('a'), start);
		await ask('other execution', [question('b', 'grace')]);
		const [second] = await store.questions.start(sameExecution('second'), waiting('c'), start);
		expect(second?.state).toBe('asking');
		expect(await store.questions.hold('first', 'me', 30_000, start)).toBeNull();
		expect(await statesOf('other execution')).toEqual(['asking']);
		const [known] = await store.questions.find(['a']);
		expect(known?.state).toBe('lost');
	});
});

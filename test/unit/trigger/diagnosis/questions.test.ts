import { checkQuestions } from '../../../../nodes/WhatsAppCloud/trigger/diagnosis/questions';

const listener = (isTest: boolean, isAlive: boolean) => ({ isTest, backlog: { isAlive } });
const alive = [listener(false, true)];
const taps = { count: 2, lastAt: '2026-11-26T12:00:00.000Z', reason: '', listenerId: null };

test('nothing is said where nothing is asked', () => {
	const questions = { waiting: 0, unreachable: 0 };
	expect(checkQuestions({ questions, lateTaps: [], listeners: [] })).toEqual([]);
});

test.each([
	[{ waiting: 3, unreachable: 0 }, alive, true, 'questions: 3 open, loop alive'],
	[{ waiting: 3, unreachable: 0 }, [], false, 'questions: 3 open, no loop'],
	[{ waiting: 3, unreachable: 0 }, [listener(true, true)], false, 'questions: 3 open, no loop'],
	[{ waiting: 3, unreachable: 2 }, alive, false, 'without success: 2'],
])('%j', (questions, listeners, ok, finding) => {
	const [check] = checkQuestions({ questions, lateTaps: [], listeners });
	expect(check?.ok).toBe(ok);
	expect(check?.finding).toContain(finding);
	expect(check?.advice === '').toBe(ok);
});

test('taps on what is over are counted and are no problem', () => {
	const questions = { waiting: 0, unreachable: 0 };
	const [check] = checkQuestions({ questions, lateTaps: [taps], listeners: [] });
	expect(check?.ok).toBe(true);
	expect(check?.finding).toContain('taps on questions that were over: 2, the last at 2026-11-26');
});

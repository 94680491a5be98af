import { Gathering } from '../../../nodes/WhatsAppCloud/store/engine/sqlite/gathering';

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate'] }));
afterEach(() => jest.useRealTimers());

/** Lets everything run that waits for no timer. */
const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

const watch = (waiting: Promise<void>) => {
	const watched = { isOver: false };
	void waiting.then(() => (watched.isOver = true));
	return watched;
};

const afterTurns = async (): Promise<void> => {
	for (let count = 0; count < 3; count++) await turn();
};

test('the first jobs in a while wait for nobody', async () => {
	const gathering = new Gathering();
	const first = watch(gathering.wait(true));
	await afterTurns();
	expect(first.isOver).toBe(true);
	gathering.wrote();
	jest.advanceTimersByTime(100);
	const later = watch(gathering.wait(true));
	await afterTurns();
	expect(later.isOver).toBe(true);
});

test('soon after a transaction, jobs that may wait do so, others do not', async () => {
	const gathering = new Gathering();
	gathering.wrote();
	const patient = watch(gathering.wait(true));
	await afterTurns();
	expect(patient.isOver).toBe(false);
	jest.advanceTimersByTime(100);
	await afterTurns();
	expect(patient.isOver).toBe(true);

	gathering.wrote();
	const urgent = watch(gathering.wait(false));
	await afterTurns();
	expect(urgent.isOver).toBe(true);
});

test('a job that may not wait takes along those that do', async () => {
	const gathering = new Gathering();
	gathering.wrote();
	const patient = watch(gathering.wait(true));
	await afterTurns();
	expect(patient.isOver).toBe(false);
	gathering.hurry();
	await afterTurns();
	expect(patient.isOver).toBe(true);
	expect(jest.getTimerCount()).toBe(0);
});

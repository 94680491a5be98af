import {
	createKeyedQueue,
	forAllConcurrently,
	forEachConcurrently,
} from '../../../nodes/WhatsAppCloud/concurrency/pool';

const always = () => true;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('forEachConcurrently', () => {
	test('does all, never more at once than allowed', async () => {
		const done: number[] = [];
		let running = 0;
		let peak = 0;
		await forEachConcurrently(25, 4, always, async (index) => {
			peak = Math.max(peak, ++running);
			await turn();
			running--;
			done.push(index);
		});
		expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index));
		expect(peak).toBe(4);
	});

	test('after a failure nothing new starts, what runs is finished, the first by index is thrown', async () => {
		const finished: number[] = [];
		const started: number[] = [];
		const run = forEachConcurrently(100, 3, always, async (index) => {
			started.push(index);
			await turn();
			if (index === 2) throw new Error('two');
			await turn();
			if (index === 1) throw new Error('one');
			finished.push(index);
		});
		await expect(run).rejects.toThrow('one');
		expect(started).toEqual([0, 1, 2]);
		expect(finished).toEqual([0]);
	});

	test('stops quietly when no more may start', async () => {
		let count = 0;
		await forEachConcurrently(
			100,
			1,
			() => count < 10,
			async () => {
				await turn();
				count++;
			},
		);
		expect(count).toBe(10);
	});

	test('nothing to do is done', async () => {
		await forEachConcurrently(0, 5, always, () => Promise.reject(new Error('never called')));
	});
});

test('forAllConcurrently does it for each value once, in order, never more at once than allowed', async () => {
	const values = Array.from({ length: 25 }, (_, index) => `value ${index}`);
	const started: string[] = [];
	let running = 0;
	let peak = 0;
	await forAllConcurrently(values, 4, async (value) => {
		started.push(value);
		peak = Math.max(peak, ++running);
		await turn();
		running--;
	});
	expect(started).toEqual(values);
	expect([peak, running]).toEqual([4, 0]);
});

describe('createKeyedQueue', () => {
	test('one key in order, also after a failure; other keys do not wait', async () => {
		const inTurn = createKeyedQueue();
		const log: string[] = [];
		const task =
			(name: string, turns: number, fails = false) =>
			async () => {
				for (let left = turns; left > 0; left--) await turn();
				log.push(name);
				if (fails) throw new Error(name);
				return name;
			};
		const results = await Promise.allSettled([
			inTurn('a', task('a1', 5, true)),
			inTurn('a', task('a2', 1)),
			inTurn('b', task('b1', 0)),
			inTurn('a', task('a3', 0)),
		]);
		expect(log).toEqual(['b1', 'a1', 'a2', 'a3']);
		expect(results.map((result) => result.status)).toEqual([
			'rejected',
			'fulfilled',
			'fulfilled',
			'fulfilled',
		]);
	});
});

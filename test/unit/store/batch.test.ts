import { createBatcher, maxBatch } from '../../../nodes/WhatsAppCloud/store/engine/batch';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe.each([0, 2])('batching for %d ms', (delayMs) => {
	test('callers of the same moment share a batch, and each gets its own answers', async () => {
		const batches: number[][] = [];
		const double = createBatcher(delayMs).batched(async (entries: readonly number[]) => {
			batches.push([...entries]);
			await turn();
			return entries.map((entry) => entry * 2);
		});
		expect(await Promise.all([double([1, 2]), double([]), double([3]), double([4, 5])])).toEqual([
			[2, 4],
			[],
			[6],
			[8, 10],
		]);
		expect(batches).toEqual([[1, 2, 3, 4, 5]]);
	});

	test('batches are bounded, and few are under way at once', async () => {
		const sizes: number[] = [];
		let underWay = 0;
		let peak = 0;
		const count = createBatcher(delayMs).batched(async (entries: readonly number[]) => {
			sizes.push(entries.length);
			peak = Math.max(peak, ++underWay);
			await turn();
			underWay--;
			return entries;
		});
		const numbers = Array.from({ length: 1_700 }, (_, index) => index);
		const [many, ...single] = await Promise.all([
			count(numbers),
			...numbers.map((number) => count([number])),
		]);
		expect(many).toEqual(numbers);
		expect(single.flat()).toEqual(numbers);
		expect(Math.max(...sizes)).toBe(maxBatch);
		expect(sizes.length).toBeLessThan(16);
		expect(peak).toBe(2);
	});

	test('a caller that may not wait takes along those that may', async () => {
		const batches: number[][] = [];
		const handle = createBatcher(delayMs).batched((entries: readonly number[]) => {
			batches.push([...entries]);
			return Promise.resolve(entries);
		});
		const longMs = 2_000_000;
		const waiting = [handle([1], longMs), handle([2], longMs)];
		await new Promise((resolve) => setTimeout(resolve, delayMs * 2));
		expect(batches).toEqual([]);
		expect(await handle([3])).toEqual([3]);
		expect(await Promise.all(waiting)).toEqual([[1], [2]]);
		expect(batches).toEqual([[1, 2, 3]]);
	});

	test('callers that may wait do not wait for others for ever', async () => {
		const batches: number[][] = [];
		const handle = createBatcher(delayMs).batched((entries: readonly number[]) => {
			batches.push([...entries]);
			return Promise.resolve(entries);
		});
		const first = handle([1], 20);
		await turn();
		expect(await Promise.all([first, handle([2], 20)])).toEqual([[1], [2]]);
		expect(batches).toEqual([[1, 2]]);
	});

	test('a failure reaches those of the batch, and the next batch goes on', async () => {
		let count = 0;
		const handle = createBatcher(delayMs).batched((entries: readonly number[]) =>
			++count === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(entries),
		);
		const settled = await Promise.allSettled([handle([1]), handle([2])]);
		expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(await handle([3])).toEqual([3]);
	});
});

import type { NewForward } from '../../../../nodes/WhatsAppCloud/store/forwards/forwardStore';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { dayMs } from '../../../../nodes/WhatsAppCloud/time/durations';
import { onEachEngine } from '../engines';
import { arrived, start, webhookOf } from '../samples';

const address = 'https://chat.example.com/hook';
const other = 'https://other.example.com/hook';

const forward = (bodyHash: string, changes: Partial<NewForward> = {}): NewForward => ({
	group: 'app',
	address,
	body: `body of ${bodyHash}`,
	bodyHash,
	signature: `sha256=${bodyHash}`,
	people: [
		{ accountKey: 'account', key: '+49' },
		{ accountKey: 'account', key: 'DE.1' },
	],
	...changes,
});

onEachEngine('webhooks for addresses outside', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const receive = async (forwards: NewForward[], now = start) =>
		await store.inbox.receive({ ...webhookOf([]), forwards }, now);
	const take = async (now = start, limit = 100) =>
		await store.forwards.take({ group: 'app', address, leaseMs: 30_000, limit }, now);
	const bodiesOf = (taken: { body: string }[]) => taken.map(({ body }) => body);

	test('one that comes again is forwarded once, also after it was delivered', async () => {
		await receive([forward('a'), forward('a', { address: other })]);
		await receive([forward('a')], start + 1);
		expect((await store.forwards.due('app', start + 1)).sort()).toEqual([address, other]);
		expect(await store.forwards.due('another app', start)).toEqual([]);
		const [taken, ...more] = await take();
		expect(more).toEqual([]);
		expect(taken).toMatchObject({
			address,
			body: 'body of a',
			signature: 'sha256=a',
			attempts: 1,
		});
		await store.forwards.delivered(taken?.forwardId ?? '');
		await receive([forward('a')], start + 2);
		expect(await store.forwards.due('app', start + 60_000)).toEqual([other]);
	});

	test('is kept with the events of its webhook, or not at all', async () => {
		const broken = { ...webhookOf([arrived('a', { orderKey: '' })]), forwards: [forward('a')] };
		await expect(store.inbox.receive(broken, start)).rejects.toThrow(RangeError);
		expect(await store.forwards.due('app', start)).toEqual([]);
		const whole = { ...webhookOf([arrived('a')]), forwards: [forward('a')] };
		expect(await store.inbox.receive(whole, start)).toMatchObject({ areNew: [[true]] });
		expect(await store.forwards.due('app', start)).toEqual([address]);
	});

	test('is taken by one process at a time, the oldest first, and again when its lease ends', async () => {
		await receive([forward('b')], start + 1);
		await receive([forward('a')], start);
		expect(bodiesOf(await take(start + 1, 1))).toEqual(['body of a']);
		expect(bodiesOf(await take(start + 1))).toEqual(['body of b']);
		expect(await take(start + 30_000)).toEqual([]);
		const again = await take(start + 30_001);
		expect(again.map(({ body, attempts }) => [body, attempts])).toEqual([
			['body of a', 2],
			['body of b', 2],
		]);
	});

	test('how an address is doing is told, with the reason of what it has not taken', async () => {
		await receive([forward('a'), forward('x', { address: other })]);
		await receive([forward('b')]);
		const [first] = await take(start, 1);
		await store.forwards.postpone(first?.forwardId ?? '', start, 'it refused the connection');
		expect(await store.forwards.backlogs('app')).toEqual([
			{ address, waiting: 2, oldestAt: start, problem: 'it refused the connection' },
			{ address: other, waiting: 1, oldestAt: start, problem: null },
		]);
		expect(await store.forwards.due('app', start)).toEqual([address, other]);
	});

	test('what was tried least comes first, if that is wanted', async () => {
		for (const hash of ['a', 'b', 'c']) await receive([forward(hash)]);
		const request = { group: 'app', address, leaseMs: 30_000, limit: 1, leastTried: true };
		const next = async (changes: Partial<typeof request> = {}) => {
			const [taken] = await store.forwards.take({ ...request, ...changes }, start);
			await store.forwards.postpone(taken?.forwardId ?? '', start, 'HTTP 500');
			return taken;
		};
		const tried = [await next(), await next(), await next()];
		expect(tried.map((taken) => taken?.attempts)).toEqual([1, 1, 1]);
		expect(new Set(tried.map((taken) => taken?.body)).size).toBe(3);
		const most = await next({ leastTried: false });
		const others = [await next(), await next()];
		expect(others.map((taken) => taken?.attempts)).toEqual([2, 2]);
		expect(others.map((taken) => taken?.body)).not.toContain(most?.body);
	});

	test('one that its address refuses waits alone', async () => {
		await receive([forward('a'), forward('b')]);
		const [first] = await take(start, 1);
		await store.forwards.postpone(first?.forwardId ?? '', start + 15 * 60_000, 'HTTP 422');
		await receive([forward('c')], start + 1);
		expect(await store.forwards.backlogs('app')).toMatchObject([
			{ waiting: 3, problem: 'HTTP 422' },
		]);
		const others = bodiesOf(await take(start + 1));
		expect(others).toHaveLength(2);
		expect(others).not.toContain(first?.body);
		const again = await take(start + 15 * 60_000);
		expect(again).toContainEqual({ ...first, attempts: 2 });
	});

	test('a clock that was set back holds nothing up', async () => {
		await receive([forward('a')]);
		const [taken] = await take();
		await store.forwards.postpone(taken?.forwardId ?? '', start + 5_000, 'HTTP 500');
		expect(await take(start - 2 * dayMs)).toHaveLength(1);
	});

	test('is erased with the person that it is about', async () => {
		await receive([
			forward('a'),
			forward('b', { people: [{ accountKey: 'account', key: '+491' }] }),
		]);
		await store.people.erase({ accountKey: 'account', keys: ['+49'], inWebhooks: [] }, [], start);
		expect(bodiesOf(await take())).toEqual(['body of b']);
	});

	test('what is too old is given up, and the oldest of what is too much', async () => {
		const expire = async (group: string, before: number, most = 100) =>
			await store.forwards.expire(group, { before, most }, start + dayMs);
		await receive([forward('old')]);
		await receive([forward('new')], start + 1);
		expect(await expire('another app', start + dayMs)).toEqual([]);
		expect(await expire('app', start + 1)).toEqual([{ address, tooOld: 1, surplus: 0 }]);
		for (let at = 2; at < 6; at++) await receive([forward(`${at}`)], start + at);
		await receive([forward('of another', { address: other })], start);
		expect(await expire('app', start, 5)).toEqual([]);
		expect(await expire('app', start, 2)).toEqual([{ address, tooOld: 0, surplus: 3 }]);
		expect(bodiesOf(await take(start + 6))).toEqual(['body of 4', 'body of 5']);
	});

	test('what is under way right then is not given up', async () => {
		for (let at = 0; at < 4; at++) await receive([forward(`${at}`)], start + at);
		expect(bodiesOf(await take(start + 4, 2))).toEqual(['body of 0', 'body of 1']);
		const limits = { before: start + 3, most: 0 };
		expect(await store.forwards.expire('app', limits, start + 4)).toEqual([
			{ address, tooOld: 1, surplus: 1 },
		]);
		expect(bodiesOf(await take(start + 30_005))).toEqual(['body of 0', 'body of 1']);
		// Its lease is over, whoever had it.
		expect(await store.forwards.expire('app', limits, start + 60_006)).toEqual([
			{ address, tooOld: 2, surplus: 0 },
		]);
	});
});

import type { WebhookSecrets } from '../../../../nodes/WhatsAppCloud/trigger/settings/configuration';
import { CredentialCache } from '../../../../nodes/WhatsAppCloud/trigger/settings/credentialCache';

let now: number;
let reads: string[];
let cache: CredentialCache;

beforeEach(() => {
	now = 1_000_000;
	reads = [];
	cache = new CredentialCache(() => now);
});

const secrets = (appSecret: string): WebhookSecrets => ({
	appSecret,
	verifyTokens: [],
	formerAppSecret: null,
	credential: null,
});
const read = async (id: string | null, appSecret = 'secret') =>
	(
		await cache.read(id, async () => {
			reads.push(String(id));
			return await Promise.resolve(secrets(appSecret));
		})
	).appSecret;

test('a credential is read once in ten seconds, however many ask', async () => {
	await Promise.all([read('a'), read('a'), read('b')]);
	now += 9_999;
	expect(await read('a', 'changed')).toBe('secret');
	expect(reads).toEqual(['a', 'b']);
	now += 1;
	expect(await read('a', 'changed')).toBe('changed');
});

test('without an ID nothing is kept', async () => {
	await read(null);
	await read(null);
	expect(reads).toHaveLength(2);
});

test('a failure is not kept', async () => {
	const failing = async () => await Promise.reject(new Error('gone'));
	await expect(cache.read('a', failing)).rejects.toThrow('gone');
	expect(await read('a')).toBe('secret');
});

test('a secret that does not fit is read anew, at most once a second', async () => {
	await read('a');
	cache.expire('a');
	expect(await read('a', 'changed')).toBe('secret');
	now += 1_000;
	cache.expire('a');
	expect(await read('a', 'changed')).toBe('changed');
	cache.expire('a');
	expect(await read('a', 'changed again')).toBe('changed');
	for (const id of ['never read', null]) cache.expire(id);
	expect(await read('never read')).toBe('secret');
});

test('a changed secret comes with the one of before', async () => {
	const formerOf = async (appSecret: string) => {
		const load = async () => await Promise.resolve(secrets(appSecret));
		return (await cache.read('a', load)).formerAppSecret;
	};
	const formers: (string | null)[] = [];
	for (const appSecret of ['first', 'first', 'second', 'second', 'third']) {
		formers.push(await formerOf(appSecret));
		now += 10_000;
	}
	expect(formers).toEqual([null, null, 'first', 'first', 'second']);
});

test('a clock that is set back ends what is kept', async () => {
	await read('a');
	now -= 3_600_000;
	expect(await read('a', 'changed')).toBe('changed');
});

test('the oldest go if there are too many', async () => {
	for (let index = 0; index <= 100; index++) await read(`credential ${index}`);
	await read('credential 100');
	await read('credential 1');
	expect(reads).toHaveLength(101);
	await read('credential 0');
	expect(reads).toHaveLength(102);
});

import { fingerprintOf, payloadHashOf } from '../../../nodes/WhatsAppCloud/delivery/identity';
import { contentHashOf, parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';

const credential = {
	accessToken: 'token',
	appId: '1',
	appSecret: 'secret',
	businessAccountId: '2',
};
const plain = contentHashOf(parseAccount(credential));
const keyedWith = (changes: Record<string, unknown> = {}) =>
	contentHashOf(parseAccount({ ...credential, hashIdentifiers: true, ...changes }));

const origin = {
	workflowId: 'w',
	executionId: '1',
	nodeId: 'n',
	runIndex: 0,
	itemIndex: 0,
	part: null,
};
const hashesOf = (to: string, hash: (text: string) => string, contents = new Map()) => {
	const payload = payloadHashOf({ to, text: { body: 'Hello' }, id: 'media' }, contents, hash);
	return [payload, fingerprintOf(origin, { to }, payload, hash)];
};

const contents = new Map([['media', 'hash of the file']]);

describe.each([
	['without a file', new Map<string, string>()],
	['with a file', contents],
])('the hashes of a message %s', (_, files) => {
	const number = '+15551234567';

	test('are the same for each attempt and each recipient has its own', () => {
		for (const hash of [() => plain, () => keyedWith()]) {
			const [payload, fingerprint] = hashesOf(number, hash(), files);
			expect(hashesOf(number, hash(), files)).toEqual([payload, fingerprint]);
			expect(payload).toMatch(/^[0-9a-f]{64}$/);
			expect(fingerprint).toMatch(/^0:[0-9a-f]{64}$/);
			const other = hashesOf('+15551234568', hash(), files);
			expect(other[0]).not.toBe(payload);
			expect(other[1]).not.toBe(fingerprint);
		}
	});

	test('cannot be found by trying numbers without the app secret, where that is wanted', () => {
		const kept = hashesOf(number, keyedWith(), files);
		const guesses = [
			plain,
			keyedWith({ appSecret: 'other' }),
			keyedWith({ businessAccountId: '3' }),
		].flatMap((hash) => hashesOf(number, hash, files));
		expect(new Set([...kept, ...guesses]).size).toBe(8);
	});
});

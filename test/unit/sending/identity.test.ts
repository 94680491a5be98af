import {
	fingerprintOf,
	operationIdOf,
	payloadHashOf,
	placeOf,
} from '../../../nodes/WhatsAppCloud/sending/idempotency/identity';
import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import { contentHashOf } from '../../../nodes/WhatsAppCloud/graph/identifiers';

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
	nodeName: 'Send',
	runIndex: 0,
	toolCall: null,
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

describe('the ID of a message without an own key', () => {
	const idOf = (changes: Partial<Parameters<typeof operationIdOf>[0]>, text = 'Hello') => {
		const of = { ...origin, ...changes };
		return operationIdOf(of, fingerprintOf(of, { a: 1 }, text, plain));
	};

	test.each([
		[{}, 'Bye'],
		[{ executionId: '2' }, 'Hello'],
		[{ workflowId: 'x' }, 'Hello'],
		[{ runIndex: 1 }, 'Hello'],
		[{ itemIndex: 1 }, 'Hello'],
		[{ part: 0 }, 'Hello'],
		[{ toolCall: 'call' }, 'Hello'],
		[{ nodeId: 'm' }, 'Hello'],
	])('differs with %j %s', (changes, text) => {
		expect(idOf(changes, text)).not.toBe(idOf({}));
	});

	test('names the place in words that an item without a message has, too', () => {
		expect(idOf({})).toMatch(/^w:1:n:0:0:[0-9a-f]{16}$/);
		expect(placeOf(origin)).toBe('w:1:n:0:0');
		expect(placeOf({ ...origin, part: 2 })).toBe('w:1:n:0:0:2');
	});

	test('goes by the call where the node is a tool, since each try is a run of its own', () => {
		const call = { toolCall: 'call' };
		expect(idOf({ ...call, runIndex: 1 })).toBe(idOf(call));
		expect(idOf({ toolCall: 'other' })).not.toBe(idOf(call));
	});
});

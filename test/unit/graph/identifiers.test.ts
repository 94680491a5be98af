import { createHash } from 'node:crypto';
import { parseAccount, parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import { identifierKey, markOf } from '../../../nodes/WhatsAppCloud/graph/identifiers';

const credential = {
	accessToken: 'token',
	appId: '1',
	appSecret: 'secret',
	businessAccountId: '2',
	hashIdentifiers: true,
};
const number = '+15551234567';

describe('a recipient as the state keeps it', () => {
	test('is the same for whoever has the app secret, with and without a token', () => {
		const sends = identifierKey(parseAccount(credential), number);
		const hears = identifierKey(
			parseAccountWithoutToken({ ...credential, accessToken: '' }),
			number,
		);
		expect(sends).toMatch(/^hmac:[0-9a-f]{40}$/);
		expect(hears).toBe(sends);
	});

	test('cannot be found without the app secret, nor by that of another app', () => {
		const kept = identifierKey(parseAccount(credential), number);
		const other = identifierKey(parseAccount({ ...credential, appSecret: 'other' }), number);
		expect(other).not.toBe(kept);
		const hex = kept.slice('hmac:'.length);
		for (const guess of [number, `2:${number}`, JSON.stringify(['identifier', '2', number])]) {
			expect(createHash('sha256').update(guess).digest('hex')).not.toContain(hex);
		}
	});

	test('differs by person and by account', () => {
		const kept = identifierKey(parseAccount(credential), number);
		expect(identifierKey(parseAccount(credential), '+15551234568')).not.toBe(kept);
		const otherAccount = parseAccount({ ...credential, businessAccountId: '3' });
		expect(identifierKey(otherAccount, number)).not.toBe(kept);
	});

	test('is itself where nothing is to be hashed', () => {
		expect(identifierKey(parseAccount({ ...credential, hashIdentifiers: false }), number)).toBe(
			number,
		);
	});
});

test('the mark of an erased person is the same wherever it is made, and never the number', () => {
	const hashing = parseAccount(credential);
	const plain = parseAccount({ ...credential, hashIdentifiers: false });
	const mark = markOf(plain, identifierKey(plain, number));
	expect(mark).toMatch(/^hmac:[0-9a-f]{40}$/);
	expect(markOf(hashing, identifierKey(hashing, number))).toBe(mark);
});

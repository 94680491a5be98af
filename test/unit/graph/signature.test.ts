import { createHmac } from 'node:crypto';

import fc from 'fast-check';

import { wordsOfRefusal, type RefusalCode } from '../../../nodes/WhatsAppCloud/graph/refusals';
import { verifySignature, verifySubscription } from '../../../nodes/WhatsAppCloud/graph/signature';

const SECRET = 'the app secret';
const sign = (body: Uint8Array, secret = SECRET) =>
	`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const bytes = (text: string) => new TextEncoder().encode(text);

describe('signature', () => {
	it('accepts what was signed with the secret, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array(), fc.string({ minLength: 1 }), (body, secret) => {
				expect(verifySignature(body, sign(body, secret), secret)).toEqual({ accepted: true });
			}),
		);
	});

	it('accepts the test vector of RFC 4231, case 2', () => {
		const header = 'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
		const body = bytes('what do ya want for nothing?');
		expect(verifySignature(body, header, 'Jefe')).toEqual({ accepted: true });
	});

	it('reads hexadecimal digits of either case', () => {
		const body = bytes('{}');
		const header = `sha256=${sign(body).slice(7).toUpperCase()}`;
		expect(verifySignature(body, header, SECRET)).toEqual({ accepted: true });
	});

	it('refuses a body in which one bit was changed', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat(7), (body, at, bit) => {
				const changed = Uint8Array.from(body);
				const index = at % body.length;
				changed[index] = (changed[index] ?? 0) ^ (1 << bit);
				expect(verifySignature(changed, sign(body), SECRET).accepted).toBe(false);
			}),
		);
	});

	it('refuses a signature in which one digit was changed', () => {
		fc.assert(
			fc.property(fc.uint8Array(), fc.integer({ min: 7, max: 70 }), (body, at) => {
				const header = sign(body);
				const digit = header[at] === '0' ? '1' : '0';
				const changed = header.slice(0, at) + digit + header.slice(at + 1);
				expect(verifySignature(body, changed, SECRET).accepted).toBe(false);
			}),
		);
	});

	it('refuses any text that nobody signed, and never throws', () => {
		fc.assert(
			fc.property(fc.uint8Array(), fc.string(), (body, header) => {
				expect(verifySignature(body, header, SECRET).accepted).toBe(false);
			}),
		);
	});

	const body = bytes('{"object":"whatsapp_business_account"}');
	const digest = sign(body).slice(7);
	it.each<[string, string | string[] | undefined, RefusalCode]>([
		['no header', undefined, 'noSignature'],
		['an empty header', '', 'noSignature'],
		['a repeated header', [sign(body), sign(body)], 'malformedSignature'],
		['two headers joined', `${sign(body)}, ${sign(body)}`, 'malformedSignature'],
		['no prefix', digest, 'malformedSignature'],
		['the prefix alone', 'sha256=', 'malformedSignature'],
		['a prefix in capitals', `SHA256=${digest}`, 'malformedSignature'],
		['the old algorithm', `sha1=${digest.slice(0, 40)}`, 'malformedSignature'],
		['a short one', `sha256=${digest.slice(0, 63)}`, 'malformedSignature'],
		['a long one', `sha256=${digest}0`, 'malformedSignature'],
		['digits that are not hexadecimal', `sha256=${'z'.repeat(64)}`, 'malformedSignature'],
		['a trailing line break', `${sign(body)}\n`, 'malformedSignature'],
		['the signature of another secret', sign(body, 'other'), 'wrongSignature'],
	])('refuses %s and says why', (_, header, code) => {
		expect(verifySignature(body, header, SECRET)).toEqual({ accepted: false, code });
	});

	it('accepts nothing without a secret, not even what an empty secret signed', () => {
		expect(verifySignature(body, sign(body, ''), '')).toEqual({
			accepted: false,
			code: 'noAppSecret',
		});
	});

	it('never puts the secret or the expected signature into the reason', () => {
		const verdict = verifySignature(body, sign(body, 'other'), SECRET);
		expect(JSON.stringify(verdict)).not.toContain(SECRET);
		expect(JSON.stringify(verdict)).not.toContain(digest);
	});
});

describe('verification of the address', () => {
	const query = {
		'hub.mode': 'subscribe',
		'hub.verify_token': 'our token',
		'hub.challenge': '1158201444',
	};

	it('returns the challenge', () => {
		expect(verifySubscription(query, ['our token'])).toEqual({
			accepted: true,
			challenge: '1158201444',
		});
	});

	it.each<[string, Record<string, unknown>]>([
		['no parameters', {}],
		['another mode', { ...query, 'hub.mode': 'unsubscribe' }],
		['another token', { ...query, 'hub.verify_token': 'our tokem' }],
		['a longer token', { ...query, 'hub.verify_token': 'our token ' }],
		['an empty token', { ...query, 'hub.verify_token': '' }],
		['a repeated token', { ...query, 'hub.verify_token': ['our token', 'our token'] }],
		['no challenge', { ...query, 'hub.challenge': undefined }],
		['a repeated challenge', { ...query, 'hub.challenge': ['1', '2'] }],
	])('refuses %s', (_, wrong) => {
		expect(verifySubscription(wrong, ['our token']).accepted).toBe(false);
	});

	it('accepts nothing without a verify token', () => {
		expect(verifySubscription({ ...query, 'hub.verify_token': '' }, ['']).accepted).toBe(false);
	});
});

test('every refusal has words of its own, and an unknown code stays what it is', () => {
	expect(wordsOfRefusal('wrongSignature')).toMatch(/wrong app secret/);
	expect(wordsOfRefusal('ofLater')).toBe('ofLater');
	expect(wordsOfRefusal('toString')).toBe('toString');
});

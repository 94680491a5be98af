import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RefusalCode } from './refusals';

/** The header that carries Meta's signature of the body. */
export const SIGNATURE_HEADER = 'x-hub-signature-256';

const SIGNATURE = /^sha256=([0-9a-fA-F]{64})$/;

interface Refused {
	accepted: false;
	code: RefusalCode;
}

type SignatureVerdict = { accepted: true } | Refused;

/**
 * Checks Meta's signature: HMAC-SHA256 of the raw bytes with the app secret, compared in constant
 * time. Fails closed: without a secret, it accepts nothing.
 *
 * @param body The raw bytes, before any parsing.
 * @param header The value of `X-Hub-Signature-256`.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifySignature(
	body: Uint8Array,
	header: string | string[] | undefined,
	appSecret: string,
): SignatureVerdict {
	if (appSecret === '') return refused('noAppSecret');
	if (header === undefined || header === '') return refused('noSignature');
	const hex = typeof header === 'string' ? SIGNATURE.exec(header)?.[1] : undefined;
	if (hex === undefined) {
		return refused('malformedSignature');
	}
	const expected = createHmac('sha256', appSecret).update(body).digest('hex');
	return timingSafeEqual(asciiBytes(expected), asciiBytes(hex.toLowerCase()))
		? { accepted: true }
		: refused('wrongSignature');
}

type SubscriptionVerdict = { accepted: true; challenge: string } | Refused;

/**
 * Checks the GET request with which Meta verifies a callback address. If accepted, the response
 * must echo its challenge.
 *
 * @param verifyTokens The accepted tokens: the credential's, and the one that triggers of the same
 * app share.
 * @param query The parsed query string, with Meta's `hub.mode`, `hub.verify_token` and
 * `hub.challenge`.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export function verifySubscription(
	query: Readonly<Record<string, unknown>>,
	verifyTokens: readonly string[],
): SubscriptionVerdict {
	const tokens = verifyTokens.filter((token) => token !== '');
	if (tokens.length === 0) return refused('noVerifyToken');
	if (query['hub.mode'] !== 'subscribe') return refused('wrongMode');
	const token = query['hub.verify_token'];
	if (typeof token !== 'string' || !tokens.some((each) => equalInConstantTime(token, each))) {
		return refused('wrongVerifyToken');
	}
	const challenge = query['hub.challenge'];
	if (typeof challenge !== 'string' || challenge === '') {
		return refused('noChallenge');
	}
	return { accepted: true, challenge };
}

function refused(code: RefusalCode): Refused {
	return { accepted: false, code };
}

/** Digests all have the same length, so not even the token's length can be timed. */
function equalInConstantTime(left: string, right: string): boolean {
	const digest = (text: string) => createHmac('sha256', 'verify token').update(text).digest();
	return timingSafeEqual(digest(left), digest(right));
}

/** Takes the bytes from Node's pool of small buffers, unlike a raw HMAC digest. */
function asciiBytes(digits: string): Buffer {
	return Buffer.from(digits, 'latin1');
}

/**
 * Why a trigger refuses a request. The codes are stored in counters and permanent; the texts may
 * change.
 */
const refusals = {
	notReadable: 'the body cannot be read',
	noCredential: 'the credential cannot be read',
	noAppSecret: 'the credential has no app secret',
	noSignature: 'the request carries no signature',
	malformedSignature: 'the signature is not "sha256=" with 64 hexadecimal digits',
	wrongSignature:
		'the signature does not match: wrong app secret, or the body was changed on its way',
	noVerifyToken: 'the credential has no verify token',
	wrongMode: 'hub.mode is not "subscribe"',
	wrongVerifyToken: 'hub.verify_token is not the verify token of the credential',
	noChallenge: 'hub.challenge is missing',
} as const;

export type RefusalCode = keyof typeof refusals;

/** The text of a refusal; an unknown code is returned unchanged. */
export const wordsOfRefusal = (code: string): string =>
	Object.hasOwn(refusals, code) ? refusals[code as RefusalCode] : code;

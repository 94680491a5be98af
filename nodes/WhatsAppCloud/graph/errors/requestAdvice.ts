import type { Advice } from './advice/adviceText';
import type { Permission } from '../permissions';
import type { ErrorClass } from './errorClass';

/** What the advice can depend on besides Meta's answer. */
export interface RequestContext {
	node: string;
	edge?: string | undefined;
	/** Whether it carried an `appsecret_proof`. */
	hasProof: boolean;
	/** Whether it only read, or uploaded a file. */
	isRepeatable: boolean;
	/** Whether it is a message that asks for Direct Send. */
	isDirectSend?: boolean;
	/** The permission it needs, if the caller knows. */
	permission?: Permission | undefined;
}

/** Meta's code for an invalid parameter, whatever is wrong with it. */
const codeInvalid = 100;

/** Its subcode for an object that does not exist or that the token cannot access. */
const subcodeUnknownObject = 33;

/**
 * Advice that depends on the request: for a temporary problem with a call that sent no message, and
 * for refusals that share code 100 with many others. Subcode, type and request tell them apart; the
 * wording does not, since Meta changes and translates it.
 * https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
export function adviceOnRequest(
	{ code, subcode, type }: { code: number; subcode: number | null; type: string },
	errorClass: ErrorClass,
	{ node, edge, hasProof, isRepeatable, isDirectSend = false, permission }: RequestContext,
): Advice | undefined {
	if (errorClass === 'transient' && isRepeatable) {
		return ['Meta had a passing problem', 'Try again in some minutes.'];
	}
	if (errorClass === 'permission' && permission !== undefined && isOfPermissions(code)) {
		return lacksPermission(permission, node);
	}
	if (node === 'debug_token' && errorClass === 'auth') return notTheApp;
	const listed = edge === undefined ? undefined : listsOfAccount.get(edge);
	if (errorClass === 'permission' && isRepeatable && listed !== undefined)
		return mayNotList(listed);
	if (code !== codeInvalid) return undefined;
	if (node === 'debug_token') return ofOtherApp;
	const isOfSender = edge !== undefined && edgesOfSender.has(edge);
	if (subcode === subcodeUnknownObject)
		return isOfSender ? unknownSender(node) : unknownObject(node);
	// Without a subcode, this type means a check before Graph looks at the object: here, the proof.
	if (subcode !== null || type !== 'GraphMethodException') {
		return isDirectSend && isOfSender ? directSendAdvice : undefined;
	}
	return hasProof
		? [
				'App Secret in the credential is not the secret of the app that the access token belongs to',
				'Copy it from App settings → Basic of that Meta app. Only sending works without it.',
			]
		: ['The Meta app asks for a proof of its secret', 'Fill App Secret in the credential.'];
}

/** Meta's codes for what the token, rather than the account, may not do. */
const isOfPermissions = (code: number): boolean =>
	code === 3 || code === 10 || (code >= 200 && code <= 299);

const lacksPermission = (permission: Permission, id: string): Advice => [
	`The access token lacks the permission ${permission}, or may not use ${id}`,
	`Give the system user ${permission} and assign the account to it in Meta Business Settings, then create a new token.`,
];

/** Meta answers about tokens of the asking app alone. */
const ofOtherApp: Advice = [
	'The access token belongs to another Meta app than App ID in the credential',
	'Create the token for the system user in that app, or correct App ID and App Secret.',
];

const notTheApp: Advice = [
	'App ID and App Secret in the credential do not fit together, or the access token is wrong',
	'Copy App ID and App Secret from App settings → Basic in the App Dashboard; if they are right, create a new token.',
];

/** For such a message, code 100 means that Direct Send is not enabled or that a part is wrong. */
const directSendAdvice: Advice = [
	'Meta does not take this message with Options › Send Outside the Window',
	"Meta has to have enabled Direct Send of its category for the account; ask for it in WhatsApp Manager, or send an approved template. Where it is enabled, Meta's words name what it does not take: the lifetime, the template name or the content.",
];

/** Edges that list what an account has: what, and the permission that it takes. */
const listsOfAccount: ReadonlyMap<string, readonly [what: string, permission: string]> = new Map([
	['phone_numbers', ['phone numbers', 'whatsapp_business_management']],
	['message_templates', ['templates', 'whatsapp_business_management']],
	['flows', ['Flows', 'whatsapp_business_management']],
	['product_catalogs', ['catalogs', 'whatsapp_business_management or catalog_management']],
	['products', ['products', 'catalog_management']],
]);

const mayNotList = ([what, permission]: readonly [string, string]): Advice => [
	`The access token may not list the ${what}`,
	`Give the system user the permission ${permission}, assign the account to it and create a new token. Until then, enter the ID or the name by hand.`,
];

/** Edges below a phone number: sends and read receipts, and uploads. */
const edgesOfSender: ReadonlySet<string> = new Set(['messages', 'marketing_messages', 'media']);

const unknownSender = (id: string): Advice => [
	`The Sender ${id} does not exist, or belongs to an account that the access token may not use`,
	'Pick a Sender from the list; if it is empty, correct Default Phone Number ID in the credential. It is the ID of the number, not that of the business account and not the number itself; the test of the credential tells which it has.',
];

const unknownObject = (id: string): Advice => [
	`Nothing with the ID ${id} exists any more, or the access token has no access to it`,
	'Check the ID, and that the account is assigned to the system user.',
];

import { z } from 'zod/v4';

/** Graph API version used where the credential names none. Meta keeps it until 2028-07-29. */
export const defaultGraphVersion = 'v25.0';

/** Meta's Graph host. */
export const defaultGraphBaseUrl = 'https://graph.facebook.com';

/** Which of the credential's two tokens a request carries. */
export type TokenSlot = 'primary' | 'standby';

/** One WhatsApp Business account as the credential describes it. Holds secrets: never log it. */
export interface Account {
	accessToken: string;
	standbyAccessToken: string;
	activeToken: TokenSlot;
	appId: string;
	appSecret: string;
	verifyToken: string;
	businessAccountId: string;
	phoneNumberId: string;
	/** ISO 3166 alpha-2, upper case; empty where the credential names none. */
	defaultCountry: string;
	/** `v25.0` */
	graphVersion: string;
	/** Without a slash at the end. */
	graphBaseUrl: string;
}

const text = z
	.union([z.string(), z.number()])
	.optional()
	.transform((value) => (value === undefined ? '' : String(value).trim()));

const graphId = (label: string) =>
	text.refine((value) => /^\d*$/.test(value), {
		error: `${label} must consist of digits only, as Meta shows it`,
	});

const credentialSchema = z.object({
	accessToken: text,
	standbyAccessToken: text,
	activeToken: z
		.enum(['primary', 'standby'], {
			error: 'Active Token must be "primary" or "standby"',
		})
		.default('primary'),
	appId: graphId('App ID'),
	appSecret: text,
	verifyToken: text,
	businessAccountId: graphId('WhatsApp Business Account ID'),
	phoneNumberId: graphId('Default Phone Number ID'),
	defaultCountry: text
		.transform((value) => value.toUpperCase())
		.refine((value) => /^([A-Z]{2})?$/.test(value), {
			error: 'Default Country must be a two-letter ISO code such as US or DE',
		}),
	graphVersion: text
		.transform((value) => (value === '' ? defaultGraphVersion : value))
		.refine((value) => /^v\d{1,3}\.\d{1,2}$/.test(value), {
			error: `Graph Version must look like ${defaultGraphVersion}`,
		}),
	graphBaseUrl: text
		.transform((value) => (value === '' ? defaultGraphBaseUrl : value.replace(/\/+$/, '')))
		.refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
			error: `Graph Base URL must be a web address such as ${defaultGraphBaseUrl}`,
		}),
});

/** A part of the credential is missing or cannot be used; the message names it as the editor does. */
export class CredentialProblem extends Error {
	override name = 'CredentialProblem';
}

/**
 * Reads the decrypted credential.
 *
 * @throws CredentialProblem when a part has the wrong form, or the active token is empty.
 */
export function parseAccount(credential: unknown): Account {
	const parsed = credentialSchema.safeParse(credential ?? {});
	if (!parsed.success) {
		const messages = parsed.error.issues.map((issue) => issue.message);
		throw new CredentialProblem(`In the credential, ${messages.join('; ')}`);
	}
	const account = parsed.data;
	if (tokenIn(account, account.activeToken) === '') {
		throw new CredentialProblem(
			account.activeToken === 'primary'
				? 'In the credential, Access Token is empty'
				: 'In the credential, Standby Access Token is empty, although Active Token is set to it',
		);
	}
	return account;
}

/** The token in a slot; empty when the slot is not filled. */
export function tokenIn(account: Account, slot: TokenSlot): string {
	return slot === 'primary' ? account.accessToken : account.standbyAccessToken;
}

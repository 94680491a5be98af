import { z } from 'zod/v4';
import { Problem } from '../values/problem';
import { accountRulesFields, toAccountRules, type AccountRules } from './credential/accountRules';
import { defaultGraphVersion } from './versions';
import { whereToFind } from './credential/whereToFind';

/** Name of the credential type. */
export const credentialName = 'whatsAppCloudApi';

/** Meta's Graph host. */
const defaultGraphBaseUrl = 'https://graph.facebook.com';

/** Which of the credential's two tokens a request uses. */
export type TokenSlot = 'primary' | 'standby';

/** Where an account's state is stored. */
type StateStore = 'sqlite' | 'postgres' | 'off';

/** A WhatsApp Business account as described by the credential. Contains secrets: never log it. */
export interface Account {
	accessToken: string;
	standbyAccessToken: string;
	activeToken: TokenSlot;
	appId: string;
	appSecret: string;
	verifyToken: string;
	businessAccountId: string;
	phoneNumberId: string;
	/** Sent with each message; empty if the number has only one such account. */
	messagingAccountId: string;
	/** ISO 3166 alpha-2, upper case; empty if the credential has none. */
	defaultCountry: string;
	/** `v25.0` */
	graphVersion: string;
	/** Without a trailing slash. */
	graphBaseUrl: string;
	stateStore: StateStore;
	postgres: PostgresAccess;
	/** Store recipients only as hashes keyed with the app secret, which is then never empty. */
	hashIdentifiers: boolean;
	/** Whether webhooks may be forwarded to addresses of private networks. */
	allowPrivateForwards: boolean;
	/** How long to keep messages and their statuses. */
	retentionDays: number;
	/**
	 * Whether to keep what people and the business write, encrypted with the app secret, which is then
	 * never empty.
	 */
	keepTexts: boolean;
	/** How long to keep it. */
	textRetentionDays: number;
	/** What counts where a node does not say what a message to a person must keep to. */
	rules: AccountRules;
}

/** How to reach the PostgreSQL database that stores the state. */
interface PostgresAccess {
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
	tls: 'off' | 'unverified' | 'verified';
	/** PEM; empty if the server's certificate is from a public authority. */
	caCertificate: string;
}

const text = z
	.union([z.string(), z.number()])
	.optional()
	.transform((value) => (value === undefined ? '' : String(value).trim()));

/** Tokens are printable ASCII; any other characters picked up by copying could not be sent. */
const tokenField = (label: string) =>
	text.refine((value) => /^[\x21-\x7e]*$/.test(value), {
		error: `${label} contains a blank or a character that no token has; copy it once more`,
	});

const graphId = (label: string) =>
	text.refine((value) => /^\d*$/.test(value), {
		error: `${label} must consist of digits only, as Meta shows it`,
	});

const credentialFields = z.object({
	accessToken: tokenField('Access Token'),
	standbyAccessToken: tokenField('Standby Access Token'),
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
	messagingAccountId: graphId('Messaging Account ID'),
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
	stateStore: z
		.enum(['sqlite', 'postgres', 'off'], { error: 'Keep State In must be sqlite, postgres or off' })
		.default('sqlite'),
	postgresHost: text,
	postgresPort: z.coerce
		.number({ error: 'PostgreSQL Port must be a number' })
		.int()
		.min(1, { error: 'PostgreSQL Port must be between 1 and 65,535' })
		.max(65_535, { error: 'PostgreSQL Port must be between 1 and 65,535' })
		.default(5432),
	postgresDatabase: text,
	postgresUser: text,
	postgresPassword: text,
	postgresTls: z
		.enum(['off', 'unverified', 'verified'], {
			error: 'PostgreSQL Encryption must be off, unverified or verified',
		})
		.default('off'),
	postgresCaCertificate: text,
	hashIdentifiers: z.boolean({ error: 'Hash Recipients must be true or false' }).default(false),
	allowPrivateForwards: z
		.boolean({ error: 'Forward to Private Addresses must be true or false' })
		.default(false),
	retentionDays: z.coerce
		.number({ error: 'Keep State For must be a number of days' })
		.min(1, { error: 'Keep State For must be at least 1 day' })
		.max(3650, { error: 'Keep State For can be at most 3,650 days' })
		.default(90),
	keepTexts: z.boolean({ error: 'Keep Texts must be true or false' }).default(false),
	textRetentionDays: z.coerce
		.number({ error: 'Keep Texts For must be a number of days' })
		.min(1, { error: 'Keep Texts For must be at least 1 day' })
		.max(3650, { error: 'Keep Texts For can be at most 3,650 days' })
		.default(30),
	...accountRulesFields,
});

const credentialSchema = credentialFields
	.refine(
		({ hashIdentifiers, stateStore, appSecret }) =>
			!hashIdentifiers || stateStore === 'off' || appSecret !== '',
		{
			error:
				'Hash Recipients is on, but App Secret is empty, and without it as the key the hashes could be undone by trying all numbers. Enter App Secret, or switch Hash Recipients off',
		},
	)
	.refine(
		({ keepTexts, stateStore, appSecret }) =>
			!keepTexts || stateStore === 'off' || appSecret !== '',
		{
			error:
				'Keep Texts is on, but App Secret is empty, and texts are encrypted with it. Enter App Secret, or switch Keep Texts off',
		},
	);

/** Part of the credential is missing or unusable; the message names it as the editor does. */
export class CredentialProblem extends Problem {
	override name = 'CredentialProblem';

	constructor(
		message: string,
		advice = 'Open the credential with the pencil beside its name, and correct it there.',
	) {
		super(message, advice);
	}
}

/**
 * A part of the credential that is empty, and where Meta shows its value.
 *
 * @param consequence completes the sentence "… is empty"
 */
export const emptyPart = (part: keyof typeof whereToFind, consequence = ''): CredentialProblem =>
	new CredentialProblem(
		`In the credential, ${part} is empty${consequence}`,
		`Copy it from ${whereToFind[part]} into the credential.`,
	);

/**
 * Reads the decrypted credential.
 *
 * @throws CredentialProblem if a part has the wrong form, or the active token is empty.
 */
export function parseAccount(credential: unknown): Account {
	const account = parseAccountWithoutToken(credential);
	if (tokenIn(account, account.activeToken) === '') {
		if (account.activeToken === 'primary') throw emptyPart('Access Token');
		throw new CredentialProblem(
			'In the credential, Standby Access Token is empty, although Active Token is set to it',
		);
	}
	return account;
}

/**
 * Reads the decrypted credential for tasks that need no token, such as receiving webhooks.
 *
 * @throws CredentialProblem if a part has the wrong form.
 */
export function parseAccountWithoutToken(credential: unknown): Account {
	const parsed = credentialSchema.safeParse(credential ?? {});
	if (parsed.success) return toAccount(parsed.data);
	const messages = parsed.error.issues.map((issue) => issue.message);
	throw new CredentialProblem(`In the credential, ${messages.join('; ')}`);
}

function toAccount(credential: z.output<typeof credentialSchema>): Account {
	const {
		postgresHost: host,
		postgresPort: port,
		postgresDatabase: database,
		postgresUser: user,
		postgresPassword: password,
		postgresTls: tls,
		postgresCaCertificate: caCertificate,
		rulesIfClosed,
		rulesMarketingConsent,
		rulesMarketingCap,
		rulesQuietHours,
		...account
	} = credential;
	return {
		...account,
		postgres: { host, port, database, user, password, tls, caCertificate },
		rules: toAccountRules({
			rulesIfClosed,
			rulesMarketingConsent,
			rulesMarketingCap,
			rulesQuietHours,
		}),
	};
}

/** The token in a slot; empty if the slot is. */
export function tokenIn(account: Account, slot: TokenSlot): string {
	return slot === 'primary' ? account.accessToken : account.standbyAccessToken;
}

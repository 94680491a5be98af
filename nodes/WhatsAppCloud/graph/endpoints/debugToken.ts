import { isObject } from '../../values/unknown';
import { tokenIn, type Account } from '../account';
import type { GraphClient } from '../client';
import { NoAnswerError, type GraphFailure } from '../errors/errors';
import type { GraphRequest } from '../graphRequest';
import { hideSecrets, secretsOf } from '../secrets';

/** Permissions for sending, managing templates and receiving. */
const requiredScopes = ['whatsapp_business_messaging', 'whatsapp_business_management'] as const;

/**
 * What Meta knows about a token.
 * https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
export interface TokenInfo {
	isValid: boolean;
	/** `SYSTEM_USER`, `USER`, `APP` …; null if Meta does not say. */
	type: string | null;
	appId: string | null;
	appName: string | null;
	issuedAt: Date | null;
	/** Null for a token that never expires. */
	expiresAt: Date | null;
	/** When access to data ends; null if it does not. */
	dataAccessExpiresAt: Date | null;
	scopes: string[];
	missingScopes: string[];
	/** Business accounts the token can access, if Meta lists them individually. */
	businessAccountIds: string[];
	/** The same by permission; a permission without accounts holds for all. */
	accountsByScope: ReadonlyMap<string, readonly string[]>;
	/** Why Meta considers the token invalid; null for a valid one. */
	problem: string | null;
}

interface DebugAnswer {
	data?: {
		is_valid?: boolean;
		type?: string;
		app_id?: string;
		application?: string;
		issued_at?: number;
		expires_at?: number;
		data_access_expires_at?: number;
		scopes?: string[];
		granular_scopes?: { scope?: string; target_ids?: string[] }[];
		error?: { code?: number; message?: string };
	};
}

/** Meta writes 0 for "never". */
const toDate = (seconds: number | undefined): Date | null =>
	seconds === undefined || seconds === 0 ? null : new Date(seconds * 1000);

/**
 * Asks Meta about a token. With app ID and secret, it asks as the app, which also works for expired
 * tokens; without them, the token asks about itself. If the token belongs to another app, Meta
 * refuses with code 100.
 */
export async function debugToken(
	graph: GraphClient,
	account: Account,
	inputToken: string,
	limits: Pick<GraphRequest, 'signal' | 'timeoutMs'> = {},
): Promise<{ ok: true; info: TokenInfo } | { ok: false; error: GraphFailure }> {
	const asked = await graph.attempt<DebugAnswer>({
		method: 'GET',
		node: 'debug_token',
		query: { input_token: inputToken },
		token: asksAsApp(account) ? `${account.appId}|${account.appSecret}` : inputToken,
		...limits,
	});
	if (!asked.ok) return asked;
	const { data } = asked.response.body;
	if (!isObject(data) || Object.keys(data).length === 0) {
		const problem =
			'The answer was unexpected: it says nothing about the token ("data" is missing)';
		const context = { httpStatus: asked.response.status, isRepeatable: true };
		return { ok: false, error: new NoAnswerError('unexpected', problem, context) };
	}
	const info = readTokenInfo(data);
	const problem =
		info.problem === null ? null : hideSecrets(info.problem, [inputToken, ...secretsOf(account)]);
	return { ok: true, info: { ...info, problem } };
}

function readTokenInfo(data: NonNullable<DebugAnswer['data']>): TokenInfo {
	const scopes = data.scopes ?? [];
	const ofAccounts = (data.granular_scopes ?? []).filter(({ scope }) =>
		requiredScopes.some((required) => required === scope),
	);
	return {
		isValid: data.is_valid === true,
		type: data.type ?? null,
		appId: data.app_id ?? null,
		appName: data.application ?? null,
		issuedAt: toDate(data.issued_at),
		expiresAt: toDate(data.expires_at),
		dataAccessExpiresAt: toDate(data.data_access_expires_at),
		scopes,
		missingScopes: requiredScopes.filter((scope) => !scopes.includes(scope)),
		businessAccountIds: [...new Set(ofAccounts.flatMap(({ target_ids: ids }) => ids ?? []))],
		accountsByScope: new Map(
			(data.granular_scopes ?? []).map(({ scope = '', target_ids: ids = [] }) => [scope, ids]),
		),
		problem: data.error?.message ?? null,
	};
}

/** Whether the credential can ask as its app. */
export const asksAsApp = (account: Account): boolean =>
	account.appId !== '' && account.appSecret !== '';

/** The token in the inactive slot; empty if the credential has none. */
export const inactiveToken = (account: Account): string =>
	tokenIn(account, account.activeToken === 'primary' ? 'standby' : 'primary');

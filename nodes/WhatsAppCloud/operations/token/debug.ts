import { z } from 'zod/v4';
import { asksAsApp, debugToken, type TokenInfo } from '../../graph/endpoints/debugToken';
import { GraphApiError } from '../../graph/errors/errors';
import { numberOr } from '../../values/numbers';
import { defineOperation } from '../../node/operation';
import type { Run } from '../../node/run';
import { dayMs } from '../../time/durations';
import { checkPasted, chosenToken, tokenFields, tokenShape } from './tokenField';

/** Checks whether a token works, for how long, and for which permissions and accounts. */
export const debug = defineOperation({
	name: 'Debug',
	action: 'Debug access token',
	description: 'Check validity, expiry, permissions and accounts of an access token',
	fields: [
		...tokenFields(
			'check',
			'If the token is not valid, checking it needs App ID and App Secret in the credential',
		),
		{
			displayName: 'Warn Before Expiry',
			name: 'warningDays',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3650 },
			default: 14,
			hint: 'In days, up to 3,650',
			description:
				'The verdict turns from "ok" to "expiring" this many days before the token expires',
		},
	],
	schema: z
		.object({
			...tokenShape,
			warningDays: numberOr(14, { min: 0, max: 3650, unit: 'days', decimals: true }),
		})
		.check(({ value, issues }) => {
			checkPasted(value, { issues });
		}),
	outputSchema: {
		verdict: 'string',
		reason: 'string',
		isValid: 'boolean',
		token: 'string',
		type: 'string',
		appId: 'string',
		appName: 'string',
		issuedAt: 'string',
		expiresAt: 'string',
		daysLeft: 'integer',
		neverExpires: 'boolean',
		dataAccessExpiresAt: 'string',
		scopes: ['string'],
		missingScopes: ['string'],
		businessAccountIds: ['string'],
	},
	concurrency: 5,
	async execute(run, { warningDays, ...choice }) {
		const { token } = choice;
		const inputToken = chosenToken(run.account, choice);
		const info = await infoOf(run, inputToken);
		return {
			...verdict(info, warningDays, new Date()),
			token,
			type: info.type,
			appId: info.appId,
			appName: info.appName,
			issuedAt: info.issuedAt?.toISOString() ?? null,
			expiresAt: info.expiresAt?.toISOString() ?? null,
			daysLeft: info.expiresAt === null ? null : daysUntil(info.expiresAt, new Date()),
			neverExpires: info.isValid && info.expiresAt === null,
			dataAccessExpiresAt: info.dataAccessExpiresAt?.toISOString() ?? null,
			scopes: info.scopes,
			missingScopes: info.missingScopes,
			businessAccountIds: info.businessAccountIds,
		};
	},
});

/** If Meta rejects a token that asks about itself, it is invalid: an answer, not a failure. */
async function infoOf(run: Run, inputToken: string): Promise<TokenInfo> {
	const { account, graph, signal } = run;
	const asked = await debugToken(graph, account, inputToken, { signal });
	if (!asked.ok) {
		const refusedItself =
			!asksAsApp(account) &&
			asked.error instanceof GraphApiError &&
			asked.error.errorClass === 'auth';
		if (refusedItself) return { ...unknownToken, problem: asked.error.message };
		throw asked.error;
	}
	const { info } = asked;
	if (!info.isValid || info.businessAccountIds.length > 0) return info;
	return { ...info, businessAccountIds: await reachableAccounts(run, inputToken) };
}

/** Meta lists no accounts for a permission that covers all; this tries the credential's own. */
async function reachableAccounts(run: Run, token: string): Promise<string[]> {
	const { businessAccountId } = run.account;
	if (businessAccountId === '') return [];
	const tried = await run.graph.attempt({
		method: 'GET',
		node: businessAccountId,
		query: { fields: 'id' },
		token,
		signal: run.signal,
	});
	if (tried.ok) return [businessAccountId];
	if (tried.error instanceof GraphApiError) return [];
	throw tried.error;
}

const unknownToken: TokenInfo = {
	isValid: false,
	type: null,
	appId: null,
	appName: null,
	issuedAt: null,
	expiresAt: null,
	dataAccessExpiresAt: null,
	scopes: [],
	missingScopes: [],
	businessAccountIds: [],
	accountsByScope: new Map(),
	problem: null,
};

const daysUntil = (date: Date, now: Date): number =>
	Math.floor((date.getTime() - now.getTime()) / dayMs);

/** `invalid`, or `expiring` within the warning period, or `ok`; with the reason in words. */
function verdict(
	info: TokenInfo,
	warningDays: number,
	now: Date,
): { verdict: 'ok' | 'expiring' | 'invalid'; reason: string; isValid: boolean } {
	const expired = info.expiresAt !== null && info.expiresAt.getTime() <= now.getTime();
	if (!info.isValid || expired) {
		const reason = expired
			? 'The token has expired'
			: (info.problem ?? 'Meta does not accept the token');
		return { verdict: 'invalid', reason, isValid: false };
	}
	const daysLeft = info.expiresAt === null ? Infinity : daysUntil(info.expiresAt, now);
	if (daysLeft < warningDays) {
		return {
			verdict: 'expiring',
			reason: `The token expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`,
			isValid: true,
		};
	}
	const missing = info.missingScopes.join(', ');
	return {
		verdict: 'ok',
		reason: missing === '' ? 'The token works' : `The token works, but lacks ${missing}`,
		isValid: true,
	};
}

import { z } from 'zod/v4';
import { freshToken } from '../../graph/endpoints/accessTokens';
import { debugToken } from '../../graph/endpoints/debugToken';
import { defineOperation } from '../../node/operation';
import { FieldProblem } from '../../values/problem';
import { requirePart } from '../../node/requirePart';
import { checkPasted, chosenToken, tokenFields, tokenShape } from './tokenField';

/**
 * Exchanges a token that still works for one of 60 days. A token that never expires needs none, and
 * Meta gives none for a token that has expired.
 * https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens
 */
export const refresh = defineOperation({
	name: 'Refresh',
	action: 'Refresh access token',
	description:
		'Exchange a token that expires for a fresh one of 60 days. The item holds the new token: do not save such executions.',
	fields: tokenFields('refresh', 'It must still work, and belong to App ID of the credential'),
	schema: z.object(tokenShape).check(({ value, issues }) => {
		checkPasted(value, { issues });
	}),
	outputSchema: { accessToken: 'string', expiresAt: 'string', type: 'string' },
	concurrency: 1,
	async execute(run, choice) {
		const { account, graph, signal } = run;
		const app = {
			appId: requirePart(account, 'appId'),
			appSecret: requirePart(account, 'appSecret'),
		};
		const token = chosenToken(account, choice);
		const asked = await debugToken(graph, account, token, { signal });
		if (!asked.ok) throw asked.error;
		const { isValid, expiresAt, type } = asked.info;
		if (!isValid)
			throw unusable('has expired or is not valid, and Meta refreshes only tokens that work');
		if (expiresAt === null) throw unusable('never expires, so that there is nothing to refresh');
		const isSystemUser = type === 'SYSTEM_USER';
		const fresh = await freshToken(
			graph,
			app,
			{
				grant_type: 'fb_exchange_token',
				fb_exchange_token: token,
				// Without it, Meta gives the token of a system user the usual lifetime of the app.
				...(isSystemUser ? { set_token_expires_in_60_days: 'true' } : {}),
			},
			signal,
		);
		const { accessToken } = fresh;
		return { accessToken, expiresAt: fresh.expiresAt?.toISOString() ?? null, type };
	},
});

const unusable = (problem: string): FieldProblem =>
	new FieldProblem(
		'Token',
		problem,
		'Choose another token, or generate a new one for the system user in Meta Business Settings.',
	);

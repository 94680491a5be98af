import { z } from 'zod/v4';
import { freshToken } from '../../graph/endpoints/accessTokens';
import { defineOperation } from '../../node/operation';
import { requiredId } from '../../values/id';
import { optionalWebAddress } from '../../values/webAddress';
import { requirePart } from '../../node/requirePart';

/**
 * Exchanges the code of Embedded Signup for the token of the business that signed up.
 * https://developers.facebook.com/docs/whatsapp/embedded-signup/onboarding-customers-as-a-tech-provider
 */
export const exchangeCode = defineOperation({
	name: 'Exchange Code',
	action: 'Exchange Embedded Signup code for token',
	description:
		'Get the token of a business that has signed up. The item holds the token: do not save such executions.',
	fields: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'What Embedded Signup returned. It works once, and only for a short time.',
		},
		{
			displayName: 'Redirect URL',
			name: 'redirectUri',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/signed-up',
			description: 'The one that the sign-up used. Leave empty if it used none.',
		},
	],
	schema: z.object({ code: requiredId(4096), redirectUri: optionalWebAddress }),
	outputSchema: { accessToken: 'string', expiresAt: 'string' },
	concurrency: 1,
	async execute({ account, graph, signal }, { code, redirectUri }) {
		const app = {
			appId: requirePart(account, 'appId'),
			appSecret: requirePart(account, 'appSecret'),
		};
		const redirect = redirectUri === undefined ? {} : { redirect_uri: redirectUri };
		const fresh = await freshToken(graph, app, { code, ...redirect }, signal);
		return {
			accessToken: fresh.accessToken,
			expiresAt: fresh.expiresAt?.toISOString() ?? null,
		};
	},
});

import { z } from 'zod/v4';
import { tokenIn } from '../../graph/account';
import { tokenSlotOf } from '../../graph/tokenChoice';
import { defineOperation } from '../../node/operation';
import { choiceOf } from '../../values/choice';
import { choiceList } from '../../values/list';
import { numberOr } from '../../values/numbers';
import { checkShape, pages, worstOf, type Check } from './health/check';
import { examine } from './health/examine';
import { daysUntil } from './health/tokenChecks';

const scopes = [
	'business_management',
	'catalog_management',
	'whatsapp_business_management',
	'whatsapp_business_messaging',
] as const;

/** Everything about the tokens of a credential that can keep messages from being sent. */
export const checkHealth = defineOperation({
	name: 'Check Health',
	action: 'Check token health',
	description:
		'Check both tokens: expiry, permissions, app secret, and whether each account and number can be read and sent from',
	fields: [
		{
			displayName: 'Tokens',
			name: 'tokens',
			type: 'options',
			options: [
				{ name: 'Active', value: 'active', description: 'The one that the nodes use now' },
				{ name: 'Active and Standby', value: 'both' },
				{ name: 'Standby', value: 'standby', description: 'The other token of the credential' },
			],
			default: 'both',
		},
		{
			displayName: 'Warn Before Expiry',
			name: 'warningDays',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3650 },
			default: 14,
			hint: 'In days, up to 3,650',
			description: 'A token that expires within this time is a warning',
		},
		{
			displayName: 'Required Permissions',
			name: 'requiredScopes',
			type: 'multiOptions',
			options: [
				{
					name: 'Business Management',
					value: 'business_management',
					description: 'To list the accounts of a portfolio, and for system users',
				},
				{
					name: 'Catalog Management',
					value: 'catalog_management',
					description: 'To list products',
				},
				{
					name: 'WhatsApp Business Management',
					value: 'whatsapp_business_management',
					description: 'For templates, Flows, numbers and settings',
				},
				{
					name: 'WhatsApp Business Messaging',
					value: 'whatsapp_business_messaging',
					description: 'To send messages',
				},
			],
			default: ['whatsapp_business_management', 'whatsapp_business_messaging'],
			description: 'A token without one of these fails',
		},
	],
	schema: z.object({
		tokens: choiceOf(['active', 'both', 'standby']).default('both'),
		warningDays: numberOr(14, { min: 0, max: 3650, unit: 'days', decimals: true }),
		requiredScopes: choiceList(choiceOf(scopes)).default([
			'whatsapp_business_management',
			'whatsapp_business_messaging',
		]),
	}),
	outputSchema: {
		ok: 'boolean',
		verdict: 'string',
		problem: 'string',
		advice: 'string',
		page: 'string',
		checks: [checkShape],
		tokens: [
			{
				token: 'string',
				type: 'string',
				appId: 'string',
				expiresAt: 'string',
				daysLeft: 'integer',
				neverExpires: 'boolean',
				scopes: ['string'],
				businessAccountIds: ['string'],
			},
		],
	},
	concurrency: 1,
	async execute(run, { tokens, ...wishes }) {
		const { account } = run;
		const now = new Date();
		const checks: Check[] = [];
		const described = [];
		for (const token of ['active', 'standby'] as const) {
			if (tokens !== 'both' && tokens !== token) continue;
			const slot = tokenSlotOf(account, token);
			if (tokenIn(account, slot) === '') {
				checks.push(noStandby(tokens === 'standby'));
				continue;
			}
			const { info, findings } = await examine(run, slot, { ...wishes, now });
			checks.push(...findings.map((finding) => ({ token, ...finding })));
			if (info === null) continue;
			described.push({
				token,
				type: info.type,
				appId: info.appId,
				expiresAt: info.expiresAt?.toISOString() ?? null,
				daysLeft: daysUntil(info.expiresAt, now),
				neverExpires: info.isValid && info.expiresAt === null,
				scopes: info.scopes,
				businessAccountIds: info.businessAccountIds,
			});
		}
		const worst = worstOf(checks);
		return {
			ok: worst === undefined,
			verdict: worst?.verdict ?? 'ok',
			problem: worst === undefined ? null : sentence(worst),
			advice: worst?.advice ?? null,
			page: worst?.page ?? null,
			checks: checks.map((check) => ({ ...check })),
			tokens: described,
		};
	},
});

/** A credential without a standby token works; one that asks for it does not. */
const noStandby = (isWanted: boolean): Check => ({
	token: 'standby',
	check: 'token',
	subject: null,
	verdict: isWanted ? 'failed' : 'unknown',
	finding: 'The credential has no standby token',
	advice:
		'Fill Standby Access Token in the credential (Advanced Settings): the nodes change to it when Meta refuses the active one.',
	page: pages.systemUsers,
});

/** `Active token, permission whatsapp_business_messaging: it lacks …` */
function sentence({ token, check, subject, finding }: Check): string {
	const what = labels[check];
	const named = subject === null ? what : `${what} ${subject}`;
	return `${token === 'active' ? 'Active' : 'Standby'} token, ${named}: ${finding}`;
}

const labels: Readonly<Record<Check['check'], string>> = {
	token: 'validity',
	expiry: 'expiry',
	permission: 'permission',
	app: 'app',
	appSecret: 'App Secret',
	businessAccount: 'business account',
	phoneNumber: 'phone number',
};

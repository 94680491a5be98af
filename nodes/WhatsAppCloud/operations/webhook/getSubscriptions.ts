import { z } from 'zod/v4';
import { senderField } from '../../fields/senderField';
import { answersAsTrigger } from '../../graph/http/callbacks';
import { optionalId } from '../../values/id';
import { openAccountStore } from '../../store/accountStore';
import { lookUpWebhooks } from '../../trigger/diagnosis/overview';
import { Subscriptions } from '../../graph/endpoints/subscriptions';
import type { ItemShape } from '../../node/itemShape';
import { hasLazyExpressions } from '../../node/lazyExpressions';
import { defineOperation } from '../../node/operation';
import { isoTime } from '../../values/timestamp';
import { hostOf } from '../../values/webAddress';

const counterShape = {
	count: 'integer',
	lastAt: 'string',
	reason: 'string',
	listenerId: 'string',
} as const satisfies ItemShape;

/** Where the account's webhooks go, who listens, and why nothing arrives. */
export const getSubscriptions = defineOperation({
	name: 'Get Subscriptions',
	action: 'Get webhook subscriptions',
	description:
		'See where webhooks are delivered, which triggers listen, what was refused and what is wrong',
	permission: 'whatsapp_business_management',
	fields: [
		{
			...senderField,
			displayName: 'Phone Number',
			description:
				"The business phone number to look at. Leave empty for the credential's default phone number.",
		},
	],
	schema: z.object({ phoneNumberId: optionalId(64) }),
	outputSchema: {
		ok: 'boolean',
		problem: 'string',
		advice: 'string',
		phoneNumberId: 'string',
		businessAccountId: 'string',
		appId: 'string',
		apps: [{ appId: 'string', name: 'string', overrideUrl: 'string', isOwn: 'boolean' }],
		callbacks: { phoneNumberUrl: 'string', businessAccountUrl: 'string', appUrl: 'string' },
		effectiveUrl: 'string',
		app: { callbackUrl: 'string', fields: ['string'], active: 'boolean' },
		lastEvent: { at: 'string', what: 'string', count: 'integer' },
		refused: [{ ...counterShape, code: 'string' }],
		filtered: [counterShape],
		repeated: [counterShape],
		started: [counterShape],
		handOverFailed: [counterShape],
		expired: [counterShape],
		missed: [counterShape],
		questions: { waiting: 'integer', unreachable: 'integer' },
		lateTaps: [counterShape],
		furtherFields: ['string'],
		forwards: [{ host: 'string', waiting: 'integer', waitingSince: 'string', problem: 'string' }],
		forwarded: [
			{
				host: 'string',
				delivered: 'integer',
				failed: 'integer',
				dropped: 'integer',
				lastDeliveredAt: 'string',
				lastDroppedAt: 'string',
			},
		],
		listeners: [
			{
				listenerId: 'string',
				workflowId: 'string',
				workflowName: 'string',
				nodeName: 'string',
				isTest: 'boolean',
				url: 'string',
				registration: 'string',
				phoneNumberId: 'string',
				isCalledByMeta: 'boolean',
				since: 'string',
				waiting: 'integer',
				waitingSince: 'string',
				isStarting: 'boolean',
			},
		],
		checks: [{ check: 'string', ok: 'boolean', finding: 'string', advice: 'string' }],
	},
	concurrency: 5,
	async execute({ account, graph, host }, { phoneNumberId = account.phoneNumberId }) {
		const overview = await lookUpWebhooks(account, phoneNumberId, {
			subscriptions: new Subscriptions(graph),
			store: await openAccountStore(account),
			answers: answersAsTrigger,
			ownUrl: host.getInstanceBaseUrl(),
			hasLazyExpressions: hasLazyExpressions(),
			now: Date.now(),
		});
		const { listeners, checks, forwards, ...found } = overview;
		const trouble = checks.find(({ ok }) => ok === false);
		return {
			ok: trouble === undefined,
			problem: trouble === undefined ? null : `${trouble.check}: ${trouble.finding}`,
			advice: trouble?.advice ?? null,
			phoneNumberId: phoneNumberId === '' ? null : phoneNumberId,
			businessAccountId: account.businessAccountId || null,
			appId: account.appId || null,
			...found,
			// The host alone, since an address may hold a secret.
			forwards: forwards.map(({ address, waiting, oldestAt, problem }) => ({
				host: hostOf(address),
				waiting,
				waitingSince: isoTime(oldestAt),
				problem,
			})),
			listeners: listeners.map((listener) => ({
				listenerId: listener.listenerId,
				workflowId: listener.workflowId,
				workflowName: listener.about.workflowName ?? null,
				nodeName: listener.nodeName,
				isTest: listener.isTest,
				url: listener.address,
				registration: listener.about.scope,
				phoneNumberId: listener.about.scope === 'phoneNumber' ? listener.about.phoneNumberId : null,
				isCalledByMeta: listener.address === overview.effectiveUrl,
				since: isoTime(listener.registeredAt),
				waiting: listener.backlog.waiting,
				waitingSince: isoTime(listener.backlog.oldestAt),
				isStarting: listener.backlog.isAlive,
			})),
			checks,
		};
	},
});

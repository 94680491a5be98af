import type { IDataObject } from 'n8n-workflow';
import { GraphApiError } from '../../graph/errors/errors';
import type { Permission } from '../../graph/permissions';
import { itemOf, partReader, partsOf } from '../../node/management/graphOperation';
import { businessAccount } from '../../node/management/target';
import { defineOperation } from '../../node/operation';
import type { Run } from '../../node/run';
import { objectOf } from '../../values/unknown';
import { healthItem, healthShape } from '../healthItem';

/** https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/ */
const accountFields = [
	'id',
	'name',
	'currency',
	'timezone_id',
	'country',
	'status',
	'account_review_status',
	'business_verification_status',
	'ownership_type',
	'owner_business_info',
	'message_template_namespace',
	'whatsapp_business_manager_messaging_limit',
	'marketing_messages_onboarding_status',
	'auth_international_rate_eligibility',
	'primary_business_location',
	'health_status',
];

const accountShape = {
	businessAccountId: 'string',
	name: 'string',
	currency: 'string',
	timezoneId: 'string',
	country: 'string',
	status: 'string',
	accountReviewStatus: 'string',
	businessVerificationStatus: 'string',
	ownershipType: 'string',
	ownerBusinessInfo: { id: 'string', name: 'string' },
	messageTemplateNamespace: 'string',
	messagingLimit: 'string',
	marketingMessages: 'string',
	authInternationalSince: 'string',
	primaryBusinessLocation: 'string',
	...healthShape,
	templates: { count: 'integer', limit: 'integer' },
	business: { id: 'string', name: 'string', verificationStatus: 'string' },
	unread: [{ part: 'string', permission: 'string', reason: 'string' }],
} as const;

const permission = 'whatsapp_business_management';

/**
 * The business account: health, limit, currency, eligibility, templates and portfolio. A part that the
 * token may not read is null, and `unread` says which permission it needs.
 */
export const getAccount = defineOperation({
	...partsOf({
		name: 'Get',
		action: 'Get business account health and limits',
		description: 'Get health, messaging limit, currency, eligibility and template count',
		permission,
		target: businessAccount,
		shape: {},
		outputSchema: accountShape,
	}),
	async execute(run, values) {
		const id = businessAccount.idOf(run, values);
		const read = partReader({ permission, target: businessAccount }, { run, id });
		const body = await read({ query: { fields: accountFields.join(',') } });
		const { id: businessId } = objectOf(body['owner_business_info']);
		const [templates, business] = await Promise.all([
			readPart(run, 'templates', permission, {
				node: id,
				edge: 'message_templates',
				query: { fields: 'id', limit: 1, summary: 'message_template_count,message_template_limit' },
			}),
			typeof businessId === 'string'
				? readPart(run, 'business', 'business_management', {
						node: businessId,
						query: { fields: 'id,name,verification_status' },
					})
				: undefined,
		]);
		const summary = objectOf(objectOf(templates.body)['summary']);
		return {
			...accountItem(body),
			templates:
				templates.body === null
					? null
					: {
							count: (summary['message_template_count'] ?? null) as number | null,
							limit: (summary['message_template_limit'] ?? null) as number | null,
						},
			business: business?.body == null ? null : itemOf(objectOf(business.body)),
			unread: [templates.unread, business?.unread].filter((part) => part !== undefined),
		};
	},
});

function accountItem({
	id,
	whatsapp_business_manager_messaging_limit: messagingLimit,
	marketing_messages_onboarding_status: marketingMessages,
	auth_international_rate_eligibility: eligibility,
	health_status: health,
	...others
}: Record<string, unknown>): IDataObject {
	const { start_time: since } = objectOf(eligibility);
	const named = Object.keys(accountShape).map((name) => [name, null]);
	return {
		...(Object.fromEntries(named) as IDataObject),
		businessAccountId: id as string,
		...itemOf(others),
		messagingLimit: messagingLimit ?? null,
		marketingMessages: marketingMessages ?? null,
		authInternationalSince: typeof since === 'number' ? new Date(since * 1000).toISOString() : null,
		...healthItem(health),
	};
}

interface ReadPart {
	/** Meta's answer; null if the token may not read it. */
	body: unknown;
	unread?: IDataObject;
}

/** Reads a part that may need another permission. @throws GraphFailure for any other failure */
async function readPart(
	run: Run,
	part: string,
	permission: Permission,
	request: { node: string; edge?: string; query: Record<string, string | number> },
): Promise<ReadPart> {
	const { signal } = run;
	const made = await run.graph.attempt({ method: 'GET', ...request, permission, signal });
	if (made.ok) return { body: made.response.body };
	const { error } = made;
	const isOutOfReach =
		error instanceof GraphApiError &&
		(error.errorClass === 'permission' || error.smallSubcode === subcodeUnknownObject);
	if (!isOutOfReach) throw error;
	return { body: null, unread: { part, permission, reason: error.problem } };
}

/** Meta's subcode for an object that the token may not see. */
const subcodeUnknownObject = 33;

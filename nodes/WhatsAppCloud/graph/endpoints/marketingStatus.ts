import { emptyPart, type Account } from '../account';
import type { GraphClient } from '../client';
import { lookUp } from '../keptAnswers';

/**
 * Whether the business account has joined the Marketing Messages API; kept for a minute.
 *
 * @throws CredentialProblem, GraphApiError or NoAnswerError
 * @see https://developers.facebook.com/docs/whatsapp/marketing-messages-lite-api/get-started
 */
export async function hasMarketingMessages(account: Account, graph: GraphClient): Promise<boolean> {
	const { businessAccountId } = account;
	if (businessAccountId === '') {
		throw emptyPart(
			'WhatsApp Business Account ID',
			', so that its Marketing Messages API cannot be looked up',
		);
	}
	const field = 'marketing_messages_onboarding_status';
	const body = await lookUp<Partial<Record<typeof field, unknown>>>(account, graph, {
		node: businessAccountId,
		query: { fields: field },
		permission: 'whatsapp_business_management',
	});
	return body[field] === 'ONBOARDED';
}

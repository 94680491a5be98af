import { emptyPart, type Account } from '../account';
import type { GraphClient } from '../client';
import { lookUp } from '../keptAnswers';

/** How Meta bills an account. */
interface Billing {
	/** `USD`; null if Meta does not say. */
	currency: string | null;
	/** Whether the international rate for authentication applies now. */
	paysInternational: boolean;
	/** ISO code of the business's country; null if Meta does not know it. */
	home: string | null;
}

interface BillingAnswer {
	currency?: string;
	primary_business_location?: string;
	auth_international_rate_eligibility?: { start_time?: number };
}

/**
 * Asks Meta how it bills the account. The answer is kept for a minute.
 * https://developers.facebook.com/docs/whatsapp/pricing/authentication-international-rates
 *
 * @param now in milliseconds
 * @throws CredentialProblem, GraphApiError or NoAnswerError
 */
export async function billingOf(
	account: Account,
	graph: GraphClient,
	now: number,
): Promise<Billing> {
	if (account.businessAccountId === '') {
		throw emptyPart('WhatsApp Business Account ID');
	}
	const answer = await lookUp<BillingAnswer>(account, graph, {
		node: account.businessAccountId,
		query: { fields: 'currency,primary_business_location,auth_international_rate_eligibility' },
	});
	const since = answer.auth_international_rate_eligibility?.start_time;
	return {
		currency: answer.currency ?? null,
		paysInternational: since !== undefined && since * 1000 <= now,
		home: answer.primary_business_location ?? null,
	};
}

/** The account's numbers, as digits, by phone number ID. */
export async function digitsOfNumbers(
	account: Account,
	graph: GraphClient,
): Promise<Map<string, string>> {
	const { data = [] } = await lookUp<{ data?: { id: string; display_phone_number?: string }[] }>(
		account,
		graph,
		{
			node: account.businessAccountId,
			edge: 'phone_numbers',
			query: { fields: 'id,display_phone_number', limit: 200 },
		},
	);
	return new Map(
		data.map(({ id, display_phone_number: number = '' }) => [id, number.replace(/\D/g, '')]),
	);
}

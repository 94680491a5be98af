import { CredentialProblem, type Account } from '../account';
import type { GraphClient } from '../client';
import { lookUp } from '../keptAnswers';
import { nextCursor } from '../paging';

interface TemplatePage {
	data?: { name?: string; category?: string }[];
}

/**
 * Asks Meta for the category of a template, which is the same in all its languages. Answers are
 * kept for a minute.
 * https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/
 *
 * @returns `MARKETING`, `UTILITY` or `AUTHENTICATION`; null if there is no such template
 * @throws CredentialProblem, GraphApiError or NoAnswerError
 */
export async function categoryOfTemplate(
	account: Account,
	graph: GraphClient,
	name: string,
): Promise<string | null> {
	const { businessAccountId } = account;
	if (businessAccountId === '') {
		throw new CredentialProblem('In the credential, WhatsApp Business Account ID is empty');
	}
	let after: string | undefined;
	do {
		const body: TemplatePage = await lookUp<TemplatePage>(account, graph, {
			node: businessAccountId,
			edge: 'message_templates',
			// Meta also finds names that only contain this one.
			query: { name, fields: 'name,category', limit: 200, after },
		});
		const found = body.data?.find((template) => template.name === name);
		if (found !== undefined) return found.category ?? null;
		after = nextCursor(body, after);
	} while (after !== undefined);
	return null;
}

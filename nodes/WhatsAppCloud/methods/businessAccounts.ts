import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { credentialName, emptyPart, parseAccount, tokenIn, type Account } from '../graph/account';
import type { GraphClient } from '../graph/client';
import { debugToken } from '../graph/endpoints/debugToken';
import { lookUp } from '../graph/keptAnswers';
import { createSteadyClient } from '../graph/steps/steadyClient';
import { toNodeError } from '../node/problems';
import { systemClock } from '../time/system/systemClock';

/** Names to look up for one list; Meta allows 200 look-ups per hour. */
const maxAccounts = 25;

/**
 * The business accounts that the token may use, for the editor's list. Meta names none of them for
 * a token that may use all, so the credential's own is always there.
 */
export async function searchBusinessAccounts(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	try {
		const account = parseAccount(await this.getCredentials(credentialName));
		const graph = createSteadyClient(account, { clock: systemClock });
		const asked = await debugToken(graph, account, tokenIn(account, account.activeToken));
		const own = account.businessAccountId === '' ? [] : [account.businessAccountId];
		const ids = [...new Set([...own, ...(asked.ok ? asked.info.businessAccountIds : [])])];
		if (ids.length === 0) {
			if (!asked.ok) throw asked.error;
			throw emptyPart('WhatsApp Business Account ID');
		}
		const results = await Promise.all(
			ids.slice(0, maxAccounts).map(async (id) => ({
				name: await nameOf(account, graph, id),
				value: id,
			})),
		);
		const words = filter.toLowerCase().split(/\s+/);
		return {
			results: results.filter(({ name, value }) => {
				const text = `${name} ${value}`.toLowerCase();
				return words.every((word) => text.includes(word));
			}),
		};
	} catch (error) {
		throw toNodeError(this, error, null);
	}
}

/** `Acme Ltd (102290129340398)`; the ID alone if Meta tells no name. */
async function nameOf(account: Account, graph: GraphClient, id: string): Promise<string> {
	try {
		const { name } = await lookUp<{ name?: string }>(account, graph, {
			node: id,
			query: { fields: 'id,name' },
			permission: 'whatsapp_business_management',
		});
		return name === undefined ? id : `${name} (${id})`;
	} catch {
		// The list is of use without the name; what is wrong with the token shows when it is used.
		return id;
	}
}

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { systemClock } from '../time/system/systemClock';
import { toNodeError } from '../node/problems';
import { credentialName, emptyPart, parseAccount, type Account } from '../graph/account';
import { lookUp } from '../graph/keptAnswers';
import { createSteadyClient } from '../graph/steps/steadyClient';
import { entriesOf, nextCursor } from '../graph/paging';

/** Entries per answer from Meta. */
const pageSize = 200;

/** Enough matches to show without asking Meta for another page. */
const enoughResults = 50;

/** Meta allows 200 lookups per hour; a search that finds nothing must not use them up. */
const maxPages = 5;

/**
 * Creates a function that lists some of the account's objects in the editor, filtered by the words
 * the user types. If a page from Meta has too few matches, it also searches the next one. Pages are
 * kept for a minute.
 */
export function listSearch<Entry extends { id: string }>(definition: {
	/** Whose edge it is; default: the WhatsApp Business Account. */
	node?(host: ILoadOptionsFunctions, account: Account): string;
	/** What is listed: `flows`; the node itself if it is a list. */
	edge?: string;
	/** Members to ask for; Meta takes none for groups. */
	fields?: string;
	/** Additional query parameters. */
	query?: Record<string, string>;
	/** What the user sees. */
	label(entry: Entry): string;
	/** What is stored; default: the ID. */
	value?(entry: Entry): string;
	/** What the entry is about; the search finds its words, too. */
	description?(entry: Entry): string;
}) {
	const toResult = (entry: Entry) => ({
		name: definition.label(entry),
		value: definition.value?.(entry) ?? entry.id,
		...(definition.description === undefined ? {} : { description: definition.description(entry) }),
	});
	return async function (
		this: ILoadOptionsFunctions,
		filter = '',
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		try {
			const account = parseAccount(await this.getCredentials(credentialName));
			const node = definition.node?.(this, account) ?? account.businessAccountId;
			if (node === '') {
				throw emptyPart('WhatsApp Business Account ID');
			}
			const graph = createSteadyClient(account, { clock: systemClock });
			const words = filter.toLowerCase().split(/\s+/);
			const results: INodeListSearchResult['results'] = [];
			let after = paginationToken;
			for (let page = 0; page < maxPages; page++) {
				const body = await lookUp<unknown>(account, graph, {
					node,
					...(definition.edge === undefined ? {} : { edge: definition.edge }),
					query: { fields: definition.fields, ...definition.query, limit: pageSize, after },
				});
				const entries = (entriesOf(body) ?? []) as Entry[];
				results.push(
					...entries.map(toResult).filter(({ name, value, description = '' }) => {
						const text = `${name} ${value} ${description}`.toLowerCase();
						return words.every((word) => text.includes(word));
					}),
				);
				after = nextCursor(body, after);
				if (after === undefined || results.length >= enoughResults) break;
			}
			return { results, ...(after === undefined ? {} : { paginationToken: after }) };
		} catch (error) {
			throw toNodeError(this, error, null);
		}
	};
}

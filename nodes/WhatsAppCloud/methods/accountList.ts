import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { systemClock } from '../time/system/systemClock';
import { toNodeError } from '../node/problems';
import { credentialName, emptyPart, parseAccount, type Account } from '../graph/account';
import { lookUp } from '../graph/keptAnswers';
import { createSteadyClient } from '../graph/steps/steadyClient';
import { entriesOf, nextCursor } from '../graph/paging';

type Result = INodeListSearchResult['results'][number];

/** Entries per answer from Meta. */
const pageSize = 200;

/** Enough matches to show without asking Meta for another page. */
const enoughResults = 50;

/** Meta allows 200 lookups per hour; a search that finds nothing must not use them up. */
const maxPages = 5;

/**
 * Creates a function that lists some of the account's objects in the editor, filtered by the words
 * the user types. If a page from Meta has too few matches, it also searches the next one, and after
 * the last one that it may read, it has Meta search, if Meta can: a page of 200 matches. Further pages
 * go on from the plain list. Pages are kept for a minute.
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
	/** Meta's own filter by a word: finds what lies beyond the pages that are read here. */
	filteredBy?: string;
}) {
	const toResult = (entry: Entry): Result => ({
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
			const isWanted = ({ name, value, description = '' }: Result): boolean => {
				const text = `${name} ${String(value)} ${description}`.toLowerCase();
				return words.every((word) => text.includes(word));
			};
			const readPage = async (further: Record<string, string | undefined>) => {
				const body = await lookUp<unknown>(account, graph, {
					node,
					...(definition.edge === undefined ? {} : { edge: definition.edge }),
					query: { fields: definition.fields, ...definition.query, limit: pageSize, ...further },
				});
				const entries = (entriesOf(body) ?? []) as Entry[];
				return { body, found: entries.map(toResult).filter(isWanted) };
			};
			const results: Result[] = [];
			let after = paginationToken;
			for (let page = 0; page < maxPages; page++) {
				const { body, found } = await readPage({ after });
				results.push(...found);
				after = nextCursor(body, after);
				if (after === undefined || results.length >= enoughResults) break;
			}
			const { filteredBy } = definition;
			const [longest = ''] = words.toSorted((a, b) => b.length - a.length);
			const isCutShort = after !== undefined && results.length < enoughResults;
			// On the pages that follow, Meta would find the same again.
			const isFirst = paginationToken === undefined;
			if (isCutShort && isFirst && filteredBy !== undefined && longest !== '') {
				// The list is of use without, so a refusal of the filter is nothing to stop at.
				const asked = await readPage({ [filteredBy]: longest }).catch(() => null);
				const further = (asked?.found ?? []).filter(({ value }) =>
					results.every((each) => each.value !== value),
				);
				results.push(...further);
				const isAll = words.length === 1 && nextCursor(asked?.body, undefined) === undefined;
				if (further.length > 0 && isAll) after = undefined;
			}
			return { results, ...(after === undefined ? {} : { paginationToken: after }) };
		} catch (error) {
			throw toNodeError(this, error, null);
		}
	};
}

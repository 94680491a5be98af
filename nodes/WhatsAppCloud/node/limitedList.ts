import type { INodeProperties } from 'n8n-workflow';
import type { Page } from '../store/page';
import { numberOr } from '../values/numbers';
import { truth } from '../values/truth';
import type { Run } from './run';

/** Return All and Limit, as n8n's own nodes have them. */
export const limitFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/** Schemas of `limitFields`. */
export const limitShape = {
	returnAll: truth,
	limit: numberOr(50, { min: 1, max: Infinity, unit: 'results' }),
};

/** Rows per read of the state. */
const pageSize = 500;

/** Reads page after page of the state until there are enough entries. */
export async function collectPages<Entry>(
	{ signal }: Pick<Run, 'signal'>,
	{ returnAll, limit }: { returnAll: boolean; limit: number },
	readPage: (page: { limit: number; after: string | null }) => Promise<Page<Entry>>,
): Promise<Entry[]> {
	const found: Entry[] = [];
	const wanted = returnAll ? Infinity : limit;
	let after: string | null = null;
	do {
		const size = Math.min(pageSize, wanted - found.length);
		const page: Page<Entry> = await readPage({ limit: size, after });
		found.push(...page.entries);
		after = page.next;
	} while (after !== null && found.length < wanted && signal?.aborted !== true);
	return found;
}

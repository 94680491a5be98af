import { createHash } from 'node:crypto';
import { minuteMs } from '../time/durations';
import { ShortMemory } from '../time/shortMemory';
import { tokenIn, type Account } from './account';
import type { GraphClient } from './client';
import type { GraphRequest } from './graphRequest';

/**
 * Answers of the last minute. Meta allows 200 look-ups per hour, and an editor asks with every
 * letter that its user types.
 */
const answers = new ShortMemory<unknown>({
	keptMs: minuteMs,
	maxEntries: 100,
	now: () => Date.now(),
});

/** What belongs to one credential begins so. Without the token itself, which is a secret. */
function prefixOf(account: Account): string {
	const { graphBaseUrl, graphVersion, activeToken } = account;
	const named = JSON.stringify([graphBaseUrl, graphVersion, tokenIn(account, activeToken)]);
	return `${createHash('sha256').update(named).digest('hex')} `;
}

/**
 * Reads something from Meta, or repeats what Meta answered to this credential within the last
 * minute. Whoever asks the same at the same time shares one call, which none of them can cancel.
 *
 * @returns the body, which belongs to all who asked: do not change it
 * @throws GraphApiError or NoAnswerError; neither is kept
 */
export async function lookUp<Body>(
	account: Account,
	graph: GraphClient,
	request: Pick<GraphRequest, 'node' | 'edge' | 'query' | 'permission'>,
): Promise<Body> {
	const { node, edge, query } = request;
	const key = `${prefixOf(account)}${JSON.stringify([node, edge, query])}`;
	const load = async (): Promise<unknown> => (await graph.call({ ...request, method: 'GET' })).body;
	return (await answers.read(key, load)) as Body;
}

/** Forgets the credential's answers, after a change that may have made them wrong. */
export function forgetLookUps(account: Account): void {
	const prefix = prefixOf(account);
	answers.forget((key) => key.startsWith(prefix));
}

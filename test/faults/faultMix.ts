import type { Simulator } from '../engine/harness';
import { tokens } from '../engine/node/account';

/** Everything that can go wrong with a send, each with its own probability. */
const kinds: readonly (Record<string, unknown> & { id: string })[] = [
	{ id: 'reset before', kind: 'reset', probability: 0.008 },
	{ id: 'reset after', kind: 'reset', when: 'after', probability: 0.008 },
	{ id: 'no answer before', kind: 'noResponse', probability: 0.004 },
	{ id: 'no answer after', kind: 'noResponse', when: 'after', probability: 0.004 },
	{ id: '500 before', kind: 'error', code: 131000, probability: 0.008 },
	{ id: '500 after', kind: 'error', code: 131000, when: 'after', probability: 0.008 },
	{ id: '503 before', kind: 'error', code: 2, probability: 0.005 },
	{ id: '503 after', kind: 'error', code: 2, when: 'after', probability: 0.005 },
	{ id: 'page before', kind: 'html', probability: 0.005 },
	{ id: 'page after', kind: 'html', when: 'after', probability: 0.005 },
	{ id: 'half an answer', kind: 'brokenJson', probability: 0.008 },
	// Longer than the timeout of the runs.
	{ id: 'slow answer', kind: 'slowBody', latencyMs: 4_000, probability: 0.003 },
	{ id: 'throttled', kind: 'error', code: 130429, probability: 0.004 },
	{ id: 'throttled, in a while', kind: 'error', code: 4, retryAfterSeconds: 1, probability: 0.002 },
	{ id: 'throttled pair', kind: 'error', code: 131056, probability: 0.004 },
	{ id: 'refused', kind: 'error', code: 131026, probability: 0.01 },
];

/** Long enough that many messages are in flight when a process is killed. */
const latency = { id: 'latency', kind: 'latency', latencyMs: 10, jitterMs: 30 };

/** @param expireAfter number of requests after which the active token expires, once */
export async function mixFaults(
	simulator: Simulator,
	seed: number,
	expireAfter: number,
): Promise<void> {
	const expiry = {
		id: 'token expires',
		kind: 'tokenExpired',
		token: tokens.active,
		after: expireAfter,
		count: 1,
	};
	await simulator.admin('PUT', '/faults', {
		seed,
		rules: [latency, expiry, ...kinds].map((rule) => ({ ...rule, match: { path: '/messages$' } })),
	});
}

/** How often each fault has happened. */
export async function firedFaults(simulator: Simulator): Promise<Record<string, number>> {
	const { rules } = await simulator.admin<{ rules: { id: string; fired: number }[] }>(
		'GET',
		'/faults',
	);
	return Object.fromEntries(rules.map(({ id, fired }) => [id, fired]));
}

import type { OutputItem } from '../../scripts/engine/result';
import type { Simulator } from '../engine/harness';
import type { StoredMessage } from './records';

/** What the simulator accepted: message IDs by operation ID. */
type Arrivals = ReadonlyMap<string, readonly string[]>;

export async function arrivals(simulator: Simulator): Promise<Arrivals> {
	const arrived = new Map<string, string[]>();
	for (let offset: number | null = 0; offset !== null;) {
		const page: { data: { id: string; operationId: string }[]; nextOffset: number | null } =
			await simulator.admin('GET', `/messages?limit=10000&offset=${offset}`);
		for (const { id, operationId } of page.data) {
			arrived.set(operationId, [...(arrived.get(operationId) ?? []), id]);
		}
		offset = page.nextOffset;
	}
	return arrived;
}

const sentOutcomes = new Set(['sent', 'duplicate']);
const openOutcomes = new Set(['unknown']);
const notSentOutcomes = new Set(['failed', 'blocked', 'cancelled']);

/** How certain an item is that its message was sent: 0 not sent, 1 maybe, 2 sent. */
function certainty({ outcome }: Record<string, unknown>): number {
	if (notSentOutcomes.has(String(outcome))) return 0;
	return openOutcomes.has(String(outcome)) ? 1 : 2;
}

/** The most certain item of each message, the latest if several, by operation ID. */
export class Ledger {
	private readonly items = new Map<string, Record<string, unknown>>();

	add(items: readonly OutputItem[]): void {
		for (const { json } of items) {
			const { operationId, keptForNextRun } = json;
			// Only reports this attempt; the message is yet to be sent.
			if (keptForNextRun === true) continue;
			if (typeof operationId !== 'string') continue;
			const claim = this.items.get(operationId);
			// Concurrent runs report a message when they end, not when they tried it: one that failed to
			// send it may end after another that has since sent it.
			if (claim === undefined || certainty(json) >= certainty(claim))
				this.items.set(operationId, json);
		}
	}

	get size(): number {
		return this.items.size;
	}

	/** The number of messages with each outcome. */
	outcomes(): Record<string, number> {
		return countBy([...this.items.values()], ({ outcome }) => String(outcome));
	}

	/** Claims of the items that are not true. */
	discrepancies(arrived: Arrivals): string[] {
		const discrepancies: string[] = [];
		for (const [operationId, { outcome, messageId }] of this.items) {
			const ids = arrived.get(operationId) ?? [];
			const claim = `${operationId}: the item says ${String(outcome)}`;
			if (sentOutcomes.has(String(outcome))) {
				if (ids.length === 0) discrepancies.push(`${claim}, nothing arrived`);
				else if (!ids.includes(String(messageId)))
					discrepancies.push(`${claim} with another message ID`);
			} else if (notSentOutcomes.has(String(outcome))) {
				if (ids.length > 0) discrepancies.push(`${claim}, but it arrived`);
			} else if (!openOutcomes.has(String(outcome))) discrepancies.push(claim);
		}
		return discrepancies;
	}
}

/** Messages that arrived more than once. */
export function duplicates(arrived: Arrivals): string[] {
	return [...arrived].filter(([, ids]) => ids.length > 1).map(([operationId]) => operationId);
}

/**
 * Claims of the store that are not true.
 *
 * @param areStatusesIn if set, no message that arrived may still be open
 */
export function storeDiscrepancies(
	records: readonly StoredMessage[],
	arrived: Arrivals,
	areStatusesIn: boolean,
): string[] {
	const discrepancies: string[] = [];
	const known = new Set<string>();
	for (const { operationId, state, messageId } of records) {
		known.add(operationId);
		const ids = arrived.get(operationId) ?? [];
		const claim = `${operationId}: the store says ${state}`;
		if (state === 'sent') {
			if (ids.length === 0) discrepancies.push(`${claim}, nothing arrived`);
			else if (!ids.includes(String(messageId)))
				discrepancies.push(`${claim} with another message ID`);
		} else if (state === 'unknown') {
			if (areStatusesIn && ids.length > 0) discrepancies.push(`${claim}, its status has come`);
		} else if (!notSentOutcomes.has(state)) discrepancies.push(`${claim} at the end`);
		else if (ids.length > 0) discrepancies.push(`${claim}, but it arrived`);
	}
	for (const operationId of arrived.keys()) {
		if (!known.has(operationId))
			discrepancies.push(`${operationId} arrived and is not in the store`);
	}
	return discrepancies;
}

export function countBy<Entry>(
	entries: readonly Entry[],
	keyOf: (entry: Entry) => string,
): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const entry of entries) counts[keyOf(entry)] = (counts[keyOf(entry)] ?? 0) + 1;
	return counts;
}

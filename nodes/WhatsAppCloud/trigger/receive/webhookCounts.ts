import { counterNames, type Count } from '../counters/counterNames';
import { nameOfListener } from '../listeners/knownListeners';
import type { WebhookPlan } from './planWebhook';

/**
 * What is counted of a webhook that was kept.
 *
 * @param repeated by trigger, how many events it had received before
 */
export function countsOf(
	{ events, filtered, found, missing }: WebhookPlan,
	repeated: ReadonlyMap<string, number>,
): Count[] {
	const last = events.at(-1);
	const detail = last === undefined ? null : `${last.event} ${last.type}`;
	return [
		...missing.map((listener) => ({
			name: `${counterNames.missed}${listener.listenerId}`,
			by: 1,
			detail: nameOfListener(listener),
		})),
		...[...filtered].flatMap(([listenerId, ofTrigger]) =>
			Array.from(ofTrigger, ([filter, by]) => ({
				name: `${counterNames.filtered}${listenerId}:${filter}`,
				by,
				detail: null,
			})),
		),
		...Array.from(repeated, ([listenerId, by]) => ({
			name: `${counterNames.repeated}${listenerId}`,
			by,
			detail: null,
		})),
		{ name: counterNames.lateTaps, by: found.lateTaps, detail: null },
		{ name: counterNames.received, by: events.length, detail },
	];
}

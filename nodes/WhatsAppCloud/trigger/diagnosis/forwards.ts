import type { ForwardBacklog } from '../../store/forwards/forwardStore';
import { hostOf } from '../../values/webAddress';
import { counterNames } from '../counters/counterNames';
import { bad, good, type Check } from './check';

/** What became of the webhooks for one host, since counting began. */
export interface ForwardTally {
	host: string;
	delivered: number;
	/** Attempts that failed; each webhook may have several. */
	failed: number;
	/** Webhooks that were given up: after a day, or because too many waited. */
	dropped: number;
	lastDeliveredAt: string | null;
	lastDroppedAt: string | null;
}

/** A counter as the state has it. */
interface CounterRow {
	name: string;
	count: number;
	lastAt: number;
}

/** What the counters say of each host: their names are `delivered:chat.example.com` and the like. */
export function tallyForwards(counters: readonly CounterRow[]): ForwardTally[] {
	const tallies = new Map<string, ForwardTally>();
	for (const { name, count, lastAt } of counters) {
		if (!name.startsWith(counterNames.forwards)) continue;
		const [what = '', ...rest] = name.slice(counterNames.forwards.length).split(':');
		const host = rest.join(':');
		const tally = tallies.get(host) ?? noneOf(host);
		tallies.set(host, tally);
		const at = new Date(lastAt).toISOString();
		if (what === 'delivered') Object.assign(tally, { delivered: count, lastDeliveredAt: at });
		if (what === 'failed') tally.failed = count;
		if (what === 'dropped') Object.assign(tally, { dropped: count, lastDroppedAt: at });
	}
	return [...tallies.values()];
}

const noneOf = (host: string): ForwardTally => ({
	host,
	delivered: 0,
	failed: 0,
	dropped: 0,
	lastDeliveredAt: null,
	lastDroppedAt: null,
});

/** How forwarding goes, by host. Included only if something was forwarded or waits. */
export function checkForwards({
	forwards,
	forwarded,
}: {
	forwards: readonly ForwardBacklog[];
	forwarded: readonly ForwardTally[];
}): Check[] {
	const hosts = [...forwarded.map(({ host }) => host), ...forwards.map(hostOfBacklog)];
	return [...new Set(hosts)].map((host) => {
		const check = `Webhooks are forwarded to ${host}`;
		const tally = forwarded.find((each) => each.host === host) ?? noneOf(host);
		const waiting = forwards.filter((each) => hostOfBacklog(each) === host);
		const finding = [...tellTally(tally), ...waiting.map(tellBacklog)].join('; ');
		if (waiting.some(({ problem }) => problem !== null)) {
			return bad(
				check,
				finding,
				'They are tried for a day. If the address is wrong, correct it in the trigger under Options › Forward Webhooks To.',
			);
		}
		const { lastDroppedAt, lastDeliveredAt } = tally;
		const isOver = lastDroppedAt === null || (lastDeliveredAt ?? '') > lastDroppedAt;
		return isOver
			? good(check, finding)
			: bad(
					check,
					finding,
					'Nothing was taken since. Check the address in the trigger under Options › Forward Webhooks To, and whether the other system is up.',
				);
	});
}

const hostOfBacklog = ({ address }: ForwardBacklog): string => hostOf(address);

const tellTally = ({ delivered, failed, dropped, lastDroppedAt }: ForwardTally): string[] => [
	`delivered: ${delivered}`,
	...(failed === 0 ? [] : [`failed attempts: ${failed}`]),
	...(lastDroppedAt === null ? [] : [`given up: ${dropped}, the last at ${lastDroppedAt}`]),
];

const tellBacklog = ({ waiting, oldestAt, problem }: ForwardBacklog): string =>
	`waiting: ${waiting}, the oldest since ${new Date(oldestAt).toISOString()}${problem === null ? '' : ` (${problem})`}`;

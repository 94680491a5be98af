import { once, onRows, type Database, type Work } from '../engine/database';
import { encodeInteger, encodeKey, requireWithin } from '../engine/encode';
import type { Row, Statement } from '../engine/statement';
import { LOOP } from '../inbox/inboxStore';
import { maxLeaseMs } from '../store';
import type { Lease } from './outboxStore';

const minLeaseMs = 1_000;

/** How many owners' leases to remember before clearing out expired ones. */
const maxRemembered = 1_000;

const renewStatement: Statement = {
	rows: { owner: 'text', lease_until: 'integer' },
	values: {},
	sql: ({ table, rows }) => `
		INSERT INTO ${table('leases')} (owner, lease_until)
		SELECT r.owner, r.lease_until FROM ${rows} WHERE true
		ON CONFLICT (owner) DO UPDATE SET lease_until = excluded.lease_until`,
};

const releaseStatement: Statement = {
	rows: null,
	values: { owner: 'text' },
	sql: ({ table, value }) => `DELETE FROM ${table('leases')} WHERE owner = ${value('owner')}`,
};

/** The lease of a loop stays until it is purged: it tells how long ago the trigger was there. */
const endStatement: Statement = {
	rows: null,
	values: { owner: 'text', now: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('leases')} SET lease_until = ${value('now')} WHERE owner = ${value('owner')}`,
};

/** A lease to hold, and the current time. */
export interface LeaseHeld {
	owner: string;
	leaseMs: number;
	now: number;
}

/** @throws RangeError if the lease is too short or too long. */
export function encodeLease(lease: Lease, now: number): LeaseHeld {
	return {
		owner: encodeKey(lease.owner, 'owner'),
		leaseMs: encodeInteger(
			requireWithin(lease.leaseMs, minLeaseMs, maxLeaseMs, 'leaseMs'),
			'leaseMs',
		),
		now: encodeInteger(now, 'now'),
	};
}

/** This process's leases. Tracks what is in the store, so that a claim rarely has to renew. */
export interface Leases {
	renew(lease: Lease, now: number): Promise<void>;
	release(owner: string, now: number): Promise<void>;
	/** Runs work after writing the leases that are new or have used up a third of their time. */
	during<Result>(
		held: Iterable<LeaseHeld>,
		work: () => Work<Result>,
		scope?: 'steps' | 'transaction',
	): Promise<Result>;
}

export function createLeases(database: Database): Leases {
	const known = new Map<string, number>();

	const remember = ({ owner, leaseMs, now }: LeaseHeld): void => {
		if (known.size >= maxRemembered) {
			for (const [each, until] of known) if (until <= now) known.delete(each);
		}
		known.set(owner, now + leaseMs);
	};
	const isFresh = ({ owner, leaseMs, now }: LeaseHeld): boolean => {
		const leftMs = (known.get(owner) ?? now) - now;
		return leftMs > (leaseMs * 2) / 3 && leftMs <= leaseMs;
	};
	const during: Leases['during'] = async (held, work, scope = 'steps') => {
		const due = new Map<string, LeaseHeld>();
		for (const lease of held) if (!isFresh(lease)) due.set(lease.owner, lease);
		const leases = [...due.values()];
		const result = await database.run(scope, function* () {
			yield* onRows(renewStatement, leases.map(toRow));
			return yield* work();
		});
		// Not earlier: failed work may have rolled the leases back with it.
		for (const lease of leases) remember(lease);
		return result;
	};

	return {
		during,
		async renew(lease, now) {
			const held = encodeLease(lease, now);
			await database.run('steps', () => onRows(renewStatement, [toRow(held)]));
			remember(held);
		},
		async release(owner, now) {
			known.delete(owner);
			await database.run('steps', () =>
				owner.startsWith(LOOP)
					? once(endStatement, { owner, now: encodeInteger(now, 'now') })
					: once(releaseStatement, { owner }),
			);
		},
	};
}

function toRow({ owner, leaseMs, now }: LeaseHeld): Row {
	return { owner, lease_until: now + leaseMs };
}

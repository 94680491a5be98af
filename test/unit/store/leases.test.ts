import type { Database, Query, Work } from '../../../nodes/WhatsAppCloud/store/engine/database';
import { createLeases, encodeLease } from '../../../nodes/WhatsAppCloud/store/outbox/lease';

const now = 1_800_000_000_000;
const held = encodeLease({ owner: 'host:1:run', leaseMs: 60_000 }, now);

/** Keeps the queries; writes nothing when a work throws. */
function createDatabase() {
	const written: Query[] = [];
	const database: Database = {
		engine: 'sqlite',
		location: 'nowhere',
		batchMs: 0,
		async run<Result>(_scope: unknown, work: () => Work<Result>): Promise<Result> {
			const queries: Query[] = [];
			const running = work();
			let step = running.next();
			while (step.done !== true) {
				queries.push(step.value);
				step = running.next([]);
			}
			written.push(...queries);
			return await Promise.resolve(step.value);
		},
		hasTables: () => Promise.resolve(),
		listen: () => () => undefined,
		compact: async () => await Promise.resolve(true),
		close: async () => await Promise.resolve(),
	};
	return { database, written };
}

function* done(): Work<string> {
	return 'done';
}

function* fail(): Work<string> {
	throw new Error('The disk is full');
}

describe('leases', () => {
	test('are written once before the works of their owner', async () => {
		const { database, written } = createDatabase();
		const leases = createLeases(database);
		expect(await leases.during([held, held], done)).toBe('done');
		expect(await leases.during([held], done)).toBe('done');
		expect(written.map(({ rows }) => rows)).toEqual([
			[{ owner: 'host:1:run', lease_until: now + 60_000 }],
		]);
	});

	test('are written again after a third of their time', async () => {
		const { database, written } = createDatabase();
		const leases = createLeases(database);
		await leases.during([held], done);
		await leases.during([{ ...held, now: now + 19_999 }], done);
		expect(written).toHaveLength(1);
		await leases.during([{ ...held, now: now + 20_000 }], done);
		expect(written).toHaveLength(2);
	});

	test('are written again where the work failed that had brought them', async () => {
		const { database, written } = createDatabase();
		const leases = createLeases(database);
		await expect(leases.during([held], fail)).rejects.toThrow('The disk is full');
		expect(written).toEqual([]);
		await leases.during([held], done);
		expect(written).toHaveLength(1);
	});
});

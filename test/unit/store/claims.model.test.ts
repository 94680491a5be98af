import fc from 'fast-check';

import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from './engines';
import { dayMs, failed, intent, lease, sent, start, status } from './samples';

/**
 * Several owners, a clock that jumps both ways, statuses that arrive at any time. Whoever gets the
 * right to send an operation counts as having sent it until it says that it definitely did not.
 * Nobody else may get that right meanwhile, unless a user asks to resend an unknown one.
 */
type Step =
	| { do: 'claim' | 'enqueue' | 'start' | 'resend'; owner: number; key: number }
	| {
			do: 'complete';
			owner: number;
			key: number;
			state: 'sent' | 'failed' | 'unknown' | 'cancelled';
	  }
	| { do: 'status'; key: number; status: 'sent' | 'delivered' | 'failed' }
	| { do: 'renew' | 'release' | 'reclaim'; owner: number }
	| { do: 'clock'; byMs: number };

const owner = fc.nat({ max: 2 });
const key = fc.nat({ max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constantFrom(
				'claim' as const,
				'enqueue' as const,
				'start' as const,
				'resend' as const,
			),
			owner,
			key,
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('complete' as const),
			owner,
			key,
			state: fc.constantFrom(
				'sent' as const,
				'failed' as const,
				'unknown' as const,
				'cancelled' as const,
			),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('status' as const),
			key,
			status: fc.constantFrom('sent' as const, 'delivered' as const, 'failed' as const),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constantFrom('renew' as const, 'release' as const, 'reclaim' as const),
			owner,
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('clock' as const),
			byMs: fc.constantFrom(1_000, 40_000, -40_000, 2 * 3_600_000, -2 * 3_600_000),
		}),
	},
);

/** What the outside world knows about an operation. */
interface Reality {
	/** Somebody got the right to send and has not said that it definitely did not. */
	mayHaveGoneOut: boolean;
	/** The store was told that it went out. */
	isSent: boolean;
}

async function play(store: Store, prefix: string, steps: readonly Step[]): Promise<void> {
	const realities: Reality[] = [0, 1].map(() => ({ mayHaveGoneOut: false, isSent: false }));
	const idOf = (index: number): string => `${prefix}:${index}`;
	const accountKey = prefix;
	let now = start;

	const grant = (reality: Reality): void => {
		expect(reality).toEqual({ mayHaveGoneOut: false, isSent: false });
		reality.mayHaveGoneOut = true;
	};
	for (const each of steps) {
		const id = 'key' in each ? idOf(each.key) : '';
		const reality = ('key' in each ? realities[each.key] : undefined) ?? {
			mayHaveGoneOut: false,
			isSent: false,
		};
		const holder = lease(`${prefix}:owner-${'owner' in each ? each.owner : ''}`);
		const changes = { accountKey, expiresAt: start + 1_000 * dayMs };
		switch (each.do) {
			case 'claim': {
				const [answer] = await store.outbox.enqueue([intent(id, changes)], holder, now, {
					start: true,
				});
				if (answer?.outcome === 'claimed') grant(reality);
				else if (reality.isSent) expect(answer?.outcome).toBe('duplicate');
				break;
			}
			case 'enqueue': {
				const [answer] = await store.outbox.enqueue([intent(id, changes)], holder, now);
				if (answer?.outcome === 'claimed') {
					expect(reality).toEqual({ mayHaveGoneOut: false, isSent: false });
				}
				break;
			}
			case 'start': {
				const [isStarted] = await store.outbox.start([id], 'recorded', holder, now);
				if (isStarted === true) grant(reality);
				break;
			}
			case 'resend': {
				const [isStarted] = await store.outbox.start([id], 'unknown', holder, now);
				if (isStarted === true) {
					expect(reality.isSent).toBe(false);
					reality.mayHaveGoneOut = true;
				}
				break;
			}
			case 'complete': {
				const told =
					each.state === 'sent'
						? sent(id, `wamid.${id}`, holder.owner)
						: { ...failed(id, holder.owner), state: each.state };
				const [answer] = await store.outbox.complete([told], now);
				if (reality.isSent) expect(answer?.state).toBe('sent');
				if (answer?.applied !== true) break;
				reality.isSent = each.state === 'sent';
				reality.mayHaveGoneOut = each.state === 'sent' || each.state === 'unknown';
				break;
			}
			case 'status': {
				const entry = status(`wamid.${id}`, each.status, now, { accountKey, operationId: id });
				const [isRecorded] = await store.statuses.record([entry], now);
				if (isRecorded !== true) break;
				reality.isSent = each.status !== 'failed';
				reality.mayHaveGoneOut = reality.isSent;
				break;
			}
			case 'renew':
				await store.outbox.renewLease(holder, now);
				break;
			case 'release':
				await store.outbox.releaseLease(holder.owner, now);
				break;
			case 'reclaim':
				await store.outbox.reclaim({ accountKey, limit: 10 }, holder, now);
				break;
			case 'clock':
				now += each.byMs;
		}
	}
}

onEachEngine('claims, whatever happens,', (engine) => {
	test('never give the right to send to two', async () => {
		const store = await openStore(engine.fresh());
		let run = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
				await play(store, `run-${++run}`, steps);
			}),
			{ numRuns: engine.name === 'sqlite' ? 300 : 40 },
		);
		await store.close();
	}, 120_000);
});

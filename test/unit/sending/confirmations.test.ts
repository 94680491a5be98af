import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import { identifierKey } from '../../../nodes/WhatsAppCloud/graph/identifiers';
import type { GraphAttempt } from '../../../nodes/WhatsAppCloud/graph/client';
import { NoAnswerError } from '../../../nodes/WhatsAppCloud/graph/errors/errors';
import { createTokenChoice } from '../../../nodes/WhatsAppCloud/graph/tokenChoice';
import type { SendAnswer } from '../../../nodes/WhatsAppCloud/sending/attempt/deliver';
import {
	createConfirmations,
	type Confirmations,
	type ConfirmationMessage,
} from '../../../nodes/WhatsAppCloud/sending/confirmations';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { dayMs, minuteMs } from '../../../nodes/WhatsAppCloud/time/durations';
import { onEachEngine } from '../store/engines';
import { start, status } from '../store/samples';
import { accepted, refused, unreachable } from './fakeDelivery';

const account = parseAccountWithoutToken({ appSecret: 'secret', businessAccountId: '1' });

const trigger = { workflowId: 'w', nodeId: 'n', nodeName: 'Trigger' };

const confirmation = (changes: Partial<ConfirmationMessage> = {}): ConfirmationMessage => ({
	key: 'consent +49151 false',
	phoneNumberId: '200000000000001',
	recipient: { to: '+4915112345678' },
	text: 'No more offers.',
	account,
	trigger,
	...changes,
});

onEachEngine('confirmations', (engine) => {
	let store: Store;
	let now: number;
	/** What reached Meta. */
	let bodies: Record<string, unknown>[];
	let answer: () => Promise<GraphAttempt<SendAnswer>>;

	beforeEach(async () => {
		store = await engine.open();
		now = start;
		bodies = [];
		answer = async () => await Promise.resolve(accepted());
	});

	/** One of several processes that share the state. */
	const process = (openSender?: () => Promise<never>, own = account): Confirmations =>
		createConfirmations({
			account: own,
			store,
			openSender:
				openSender ??
				(async () =>
					await Promise.resolve({
						tokens: createTokenChoice(account),
						attempt: async ({ body }) => {
							bodies.push(body);
							return await answer();
						},
					})),
			clock: {
				now: () => now,
				sleep: async (ms) => {
					now += ms;
					await Promise.resolve();
				},
			},
		});
	const pass = (ms: number): void => {
		now += ms;
	};
	const states = async () => await store.outbox.countByState({ accountKey: '1' });

	test('one that is kept twice, by the same process or another, goes once', async () => {
		const [one, other] = [process(), process()];
		const kept = await one.keep([confirmation()]);
		expect(kept.messages).toHaveLength(1);
		expect((await other.keep([confirmation({ text: 'Edited since' })])).messages).toEqual([]);
		expect(await one.send(kept)).toEqual([]);
		expect((await one.keep([confirmation()])).messages).toEqual([]);
		expect(await other.sendOrphaned(trigger)).toEqual([]);
		expect(bodies).toEqual([
			{
				messaging_product: 'whatsapp',
				recipient_type: 'individual',
				type: 'text',
				text: { body: 'No more offers.' },
				to: '+4915112345678',
				biz_opaque_callback_data: expect.stringMatching(/^key:/),
			},
		]);
		expect(await states()).toMatchObject({ sent: 1, recorded: 0 });
	});

	test('somebody without a number is answered by user ID', async () => {
		const one = process();
		await one.send(await one.keep([confirmation({ recipient: { recipient: 'DE.1' } })]));
		expect(bodies).toEqual([expect.objectContaining({ recipient: 'DE.1' })]);
	});

	test('what a killed process has kept, another one sends, once', async () => {
		await process().keep([confirmation()]);
		const other = process();
		await other.sendOrphaned(trigger);
		expect(bodies).toEqual([]);
		pass(4 * minuteMs);
		expect(await other.sendOrphaned(trigger)).toEqual([]);
		expect(await other.sendOrphaned(trigger)).toEqual([]);
		expect(await process().sendOrphaned(trigger)).toEqual([]);
		expect(bodies).toHaveLength(1);
	});

	test('what is taken back is gone, and may be kept anew', async () => {
		const one = process();
		const kept = await one.keep([confirmation()]);
		await one.takeBack(kept);
		expect(await states()).toMatchObject({ recorded: 0, cancelled: 0 });
		await one.send(kept);
		expect(bodies).toEqual([]);
		await one.send(await one.keep([confirmation()]));
		expect(bodies).toHaveLength(1);
		await one.takeBack(kept);
		expect(await states()).toMatchObject({ sent: 1 });
	});

	test('one whose trigger is gone is ended after a day, whatever account it is of, and says nothing any more', async () => {
		const other = { ...account, businessAccountId: '2' };
		await process().keep([confirmation(), confirmation({ key: 'of another', account: other })]);
		const elsewhere = { ...trigger, nodeId: 'another' };
		await store.purge('1', now);
		pass(dayMs + 1_000);
		expect(await process().sendOrphaned(elsewhere)).toEqual([]);
		for (let hour = 0; hour < 3; hour++) {
			pass(60 * minuteMs);
			await store.purge('1', now);
		}
		for (const accountKey of ['1', '2']) {
			expect(await store.outbox.countByState({ accountKey })).toMatchObject({
				recorded: 0,
				cancelled: 1,
			});
			const person = { accountKey, keys: ['+4915112345678'], inWebhooks: [] };
			expect(await store.people.read(person)).toMatchObject([
				{ table: 'operations', row: { state: 'cancelled', body: null } },
			]);
		}
	});

	test('one to a person of another business account belongs to that account, and its trigger finds it', async () => {
		const hashed = { ...account, hashIdentifiers: true, keepTexts: true };
		const other = { ...hashed, businessAccountId: '2', keepTexts: false };
		const keep = { key: 'of another', account: other };
		await process(undefined, hashed).keep([
			confirmation({ account: hashed }),
			confirmation({ ...keep, trigger }),
			confirmation({ key: 'elsewhere', trigger: { ...trigger, nodeId: 'another' } }),
		]);
		const lease = { owner: 'whoever looks', leaseMs: minuteMs };
		for (const accountKey of ['1', '2']) {
			// What waits says neither to whom nor what.
			const { entries } = await store.outbox.reclaim(
				{ accountKey, limit: 9 },
				lease,
				now + 4 * minuteMs,
			);
			expect(entries.map(({ body }) => body).join()).not.toMatch(/No more offers|15112345678/);
			expect(entries.length).toBeGreaterThan(0);
		}
		pass(9 * minuteMs);
		expect(await process(undefined, hashed).sendOrphaned(trigger)).toEqual([]);
		expect(bodies).toHaveLength(2);
		expect(await process(undefined, hashed).sendOrphaned(trigger)).toEqual([]);
		expect(bodies).toHaveLength(2);
		expect(await states()).toMatchObject({ sent: 1, recorded: 1 });
		expect(await store.outbox.countByState({ accountKey: '2' })).toMatchObject({ sent: 1 });
		const keys = [identifierKey(other, '+4915112345678')];
		const person = { accountKey: '2', keys, inWebhooks: [] };
		const tables = (await store.people.read(person)).map(({ table }) => table);
		// Whether texts are kept, its own credential says.
		expect(tables).toEqual(['operations']);
		const own = {
			accountKey: '1',
			keys: [identifierKey(hashed, '+4915112345678')],
			inWebhooks: [],
		};
		expect((await store.people.read(own)).map(({ table }) => table)).toEqual([
			'operations',
			'texts',
		]);
	});

	test('two processes that look at once send it once', async () => {
		await process().keep([confirmation()]);
		pass(4 * minuteMs);
		await Promise.all([process().sendOrphaned(trigger), process().sendOrphaned(trigger)]);
		expect(bodies).toHaveLength(1);
	});

	test('what was on its way when the process was killed is not sent again, and its status settles it', async () => {
		const one = process();
		const kept = await one.keep([confirmation()]);
		answer = async () => await new Promise(() => undefined);
		void one.send(kept);
		while (bodies.length === 0) await new Promise(setImmediate);
		answer = async () => await Promise.resolve(accepted());
		pass(4 * minuteMs);
		const other = process();
		expect(await other.sendOrphaned(trigger)).toEqual([]);
		expect((await other.keep([confirmation()])).messages).toEqual([]);
		expect(bodies).toHaveLength(1);
		expect(await states()).toMatchObject({ unknown: 1 });
		const operationId = String(bodies[0]?.['biz_opaque_callback_data']);
		await store.statuses.record(
			[status('wamid.confirmed', 'delivered', now, { accountKey: '1', operationId })],
			now,
		);
		expect(await states()).toMatchObject({ sent: 1, unknown: 0 });
	});

	test('a lost answer is not repeated', async () => {
		const one = process();
		answer = async () => await Promise.resolve(refused(new NoAnswerError('lost', 'It broke')));
		expect(await one.send(await one.keep([confirmation()]))).toEqual([
			expect.stringContaining('broke'),
		]);
		pass(4 * minuteMs);
		await process().sendOrphaned(trigger);
		expect(bodies).toHaveLength(1);
	});

	test('while Meta cannot be reached it waits, and not longer than a day', async () => {
		const one = process();
		answer = async () => await Promise.resolve(refused(unreachable));
		const kept = await one.keep([confirmation(), confirmation({ key: 'another' })]);
		// Nor is the second tried while the first finds nobody there.
		expect(await one.send(kept)).toHaveLength(1);
		expect(await states()).toMatchObject({ recorded: 2 });
		const before = bodies.length;
		expect(await one.sendOrphaned(trigger)).not.toEqual([]);
		expect(bodies.length).toBeGreaterThan(before);
		answer = async () => await Promise.resolve(accepted());
		bodies = [];
		pass(minuteMs);
		expect(await process().sendOrphaned(trigger)).toEqual([]);
		expect(bodies).toHaveLength(2);

		answer = async () => await Promise.resolve(refused(unreachable));
		await one.send(await one.keep([confirmation({ key: 'a third' })]));
		bodies = [];
		pass(dayMs + minuteMs);
		await process().sendOrphaned(trigger);
		expect(bodies).toEqual([]);
	});

	test('without a token nothing is started, and nothing lost', async () => {
		const one = process(async () => await Promise.reject(new Error('Access Token is empty')));
		expect(await one.send(await one.keep([confirmation()]))).toEqual(['Access Token is empty']);
		expect(await states()).toMatchObject({ recorded: 1 });
		expect(await one.sendOrphaned(trigger)).toEqual(['Access Token is empty']);
		expect(await process().sendOrphaned(trigger)).toEqual([]);
		expect(bodies).toHaveLength(1);
	});

	test('leaving it waits for no retries and for no other message, and the rest stays', async () => {
		await process().keep([confirmation(), confirmation({ key: 'another' })]);
		pass(4 * minuteMs);
		const ending = new AbortController();
		answer = async () => {
			ending.abort();
			return await Promise.resolve(refused(unreachable));
		};
		expect(await process().sendOrphaned(trigger, ending.signal)).toEqual([]);
		expect(bodies).toHaveLength(1);
		expect(await states()).toMatchObject({ recorded: 2 });
		answer = async () => await Promise.resolve(accepted());
		expect(await process().sendOrphaned(trigger)).toEqual([]);
		expect(bodies).toHaveLength(3);
	});

	test('those that cannot be decrypted here do not hold up the others', async () => {
		const sealed = { ...account, keepTexts: true, appSecret: 'of another app' };
		const other = process(undefined, sealed);
		await other.keep(
			Array.from({ length: 100 }, (_, index) => confirmation({ key: `${index}`, account: sealed })),
		);
		pass(1);
		await process().keep([confirmation()]);
		pass(4 * minuteMs);
		expect(await process().sendOrphaned(trigger)).toEqual([]);
		expect(bodies).toHaveLength(1);
		expect(await states()).toMatchObject({ recorded: 100, sent: 1 });
	});
});

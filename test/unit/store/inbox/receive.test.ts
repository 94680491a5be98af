import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { arrived, dayMs, start, status, webhookOf } from '../samples';
import { forBoth, inboxSteps } from './inboxSteps';

onEachEngine('the inbox', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});
	const { receive, take, claim, complete } = inboxSteps(() => store);

	describe('receiving', () => {
		test('an event is new once for each trigger, for as long as its key is kept', async () => {
			expect(await receive([forBoth('a'), arrived('b')])).toEqual([[true, true], [true]]);
			expect(await receive([forBoth('a'), arrived('c')])).toEqual([[false, false], [true]]);
			await claim('b', 'execution');
			await complete('b', 'execution');
			expect(await receive([arrived('b')], start + 30 * dayMs)).toEqual([[false]]);
			expect(await take()).toHaveLength(2);
		});

		test('an event that stands twice in a webhook is new once', async () => {
			expect(await receive([arrived('a'), arrived('a')])).toEqual([[true], [false]]);
			expect((await claim('a', 'execution'))?.contents).toEqual(['content of a']);
		});

		test('two apps that bring the same event each keep what they can read', async () => {
			const [mine, others] = forBoth('a').deliveries;
			if (mine === undefined || others === undefined) throw new Error('two deliveries');
			await receive([arrived('a', { content: 'sealed by one', deliveries: [mine] })]);
			await receive([arrived('a', { content: 'sealed by the other', deliveries: [others] })]);
			const contentsOf = async (batchId: string) =>
				(await store.inbox.claim(batchId, 'x', 60_000, start))?.contents;
			expect(await contentsOf(mine.batchId)).toEqual(['sealed by one']);
			await store.inbox.complete(mine.batchId, 'x');
			expect(await contentsOf(others.batchId)).toEqual(['sealed by the other']);
		});

		test('of many deliveries at once, each event is new in one', async () => {
			const config = engine.fresh();
			const stores = [await openStore(config), await openStore({ ...config, timeoutMs: 29_999 })];
			const events = Array.from({ length: 20 }, (_, index) => arrived(`key ${index}`));
			const answers = await Promise.all(
				Array.from({ length: 10 }, async (_, index) => {
					const turned = [...events.slice(index), ...events.slice(0, index)];
					return (await stores[index % 2]?.inbox.receive(webhookOf(turned), start))?.areNew;
				}),
			);
			expect(answers.flat(2).filter((isNew) => isNew === true)).toHaveLength(20);
			for (const each of stores) await each.close();
		});

		test('updates are written with the events, or nothing is', async () => {
			const whole = {
				statuses: [status('wamid.1', 'sent', start)],
				contacts: [
					{
						accountKey: 'account',
						contactKey: '49',
						at: start,
						fact: 'inbound' as const,
						phoneNumberId: 'n',
						messageId: null,
					},
				],
				links: [{ accountKey: 'account', waKey: '49', userKey: 'DE.1', at: start }],
				events: [arrived('a')],
			};
			const unusable = { ...whole, events: [arrived('a'), arrived('b', { orderKey: '' })] };
			await expect(store.inbox.receive(unusable, start)).rejects.toThrow(RangeError);
			expect(await store.statuses.timelines(['wamid.1'])).toEqual([null]);
			expect(await store.inbox.receive(whole, start)).toMatchObject({ areNew: [[true]] });
			expect(await store.statuses.timelines(['wamid.1'])).toMatchObject([{ sentAt: start }]);
			expect(await store.contacts.get('account', ['DE.1'])).toMatchObject([
				{ waKey: '49', inbound: { n: { at: start } } },
			]);
		});

		test('a webhook of 1,000 people is kept whole', async () => {
			const deliveries = [{ listenerId: 'listener', batchId: 'batch of all', dueAt: 0 }];
			const events = Array.from({ length: 1_000 }, (_, index) =>
				arrived(`key ${index}`, { deliveries, contactKey: `person ${index}` }),
			);
			expect((await receive(events)).flat().every(Boolean)).toBe(true);
			const [batch] = await take();
			expect(batch?.orderKeys).toHaveLength(1_000);
			const contents = events.map(({ content }) => content);
			expect((await claim('all', 'execution'))?.contents).toEqual(contents);
		});
	});
});

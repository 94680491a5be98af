import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { onEachEngine } from '../engines';
import { arrived, start, webhookOf } from '../samples';

const accountKey = 'account';
const of = (key: string) => ({ accountKey, keys: [key], inWebhooks: [] });

/** A webhook that tells of a person, and starts an execution. */
const webhook = (key: string) => ({
	...webhookOf([arrived(`event of ${key}`, { contactKey: `2 ${key}` })]),
	contacts: [
		{
			fact: 'profile',
			accountKey,
			contactKey: key,
			at: start,
			name: 'Ann',
			username: null,
		} as const,
	],
});

onEachEngine('a webhook that was planned before an erasure', (engine) => {
	const receive = async (store: Store, key: string, erasures: ReadonlyMap<string, number>) =>
		await store.inbox.receive({ ...webhook(key), looked: { marks: [key], erasures } }, start);
	const erase = async (store: Store, key: string, at = start) =>
		await store.people.erase(of(key), [key], at);

	test('leaves nothing, and is kept once it was planned anew', async () => {
		const store = await engine.open();
		const before = await store.people.erasedAt(['+49']);
		await erase(store, '+49');
		expect(await receive(store, '+49', before)).toEqual({
			isOutdated: true,
			areNew: [],
			given: new Map(),
		});
		expect(await store.people.read(of('+49'))).toEqual([]);
		const since = await store.people.erasedAt(['+49']);
		expect(await receive(store, '+49', since)).toMatchObject({
			isOutdated: false,
			areNew: [[true]],
		});
	});

	test('that is the second one leaves nothing either', async () => {
		const store = await engine.open();
		await erase(store, '+49');
		const before = await store.people.erasedAt(['+49']);
		await erase(store, '+49', start + 1);
		expect(await receive(store, '+49', before)).toMatchObject({ isOutdated: true });
	});

	test('of somebody else is kept', async () => {
		const store = await engine.open();
		await erase(store, '+49');
		expect(await receive(store, '+43', new Map())).toMatchObject({ isOutdated: false });
	});

	test('leaves nothing, whichever of two processes is first', async () => {
		const config = engine.fresh();
		const [one, other] = [await openStore(config), await openStore(config)];
		try {
			const keys = Array.from({ length: 15 }, (_, index) => `+49${index}`);
			await Promise.all(keys.flatMap((key) => [receive(one, key, new Map()), erase(other, key)]));
			expect(await one.people.read({ accountKey, keys, inWebhooks: [] })).toEqual([]);
		} finally {
			await one.close();
			await other.close();
		}
	});
});

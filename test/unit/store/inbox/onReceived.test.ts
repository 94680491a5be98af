import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { until } from '../../../until';
import { onEachEngine } from '../engines';
import { arrived, start, webhookOf } from '../samples';

onEachEngine('what another process has received', (engine) => {
	const stores: Store[] = [];
	afterEach(async () => {
		for (const store of stores.splice(0)) await store.close();
	});

	test('is told at once where the engine can tell, also after the connection was lost', async () => {
		const config = engine.fresh();
		const writer = await openStore(config);
		// Another configuration opens a store of its own, as another process does.
		const reader = await openStore({ ...config, timeoutMs: 29_000 });
		stores.push(writer, reader);
		let calls = 0;
		const end = reader.inbox.onReceived(() => calls++);
		const isTold = async (before: number) =>
			await until('a call', () => Promise.resolve(calls > before), 20_000);

		if (engine.name === 'sqlite') {
			await writer.inbox.receive(webhookOf([arrived('a')]), start);
			expect(calls).toBe(0);
			end();
			return;
		}
		// Once it listens, it looks at what came before.
		await isTold(0);
		let before = calls;
		await writer.inbox.receive(webhookOf([arrived('a')]), start);
		await isTold(before);

		before = calls;
		await engine.sql(
			config,
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`,
		);
		await isTold(before);
		before = calls;
		await writer.inbox.receive(webhookOf([arrived('b')]), start);
		await isTold(before);
		end();
	}, 60_000);
});

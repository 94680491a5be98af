import type { StoreConfig } from '../../../nodes/WhatsAppCloud/store/config';
import type { Database } from '../../../nodes/WhatsAppCloud/store/engine/database';
import { once } from '../../../nodes/WhatsAppCloud/store/engine/database';
import { migrate } from '../../../nodes/WhatsAppCloud/store/engine/migrate';
import { openPostgres } from '../../../nodes/WhatsAppCloud/store/engine/postgres/postgres';
import { migrations } from '../../../nodes/WhatsAppCloud/store/engine/migrations';
import { leanDeliveries } from '../../../nodes/WhatsAppCloud/store/engine/schema/inboxSchema';
import type { SchemaStep } from '../../../nodes/WhatsAppCloud/store/engine/schema/schemaStep';
import { openSqlite } from '../../../nodes/WhatsAppCloud/store/engine/sqlite/sqlite';
import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import { onEachEngine } from './engines';
import { start } from './samples';
import { present } from '../../present';

const openDatabase = async (config: StoreConfig): Promise<Database> =>
	await (config.engine === 'sqlite' ? openSqlite(config) : openPostgres(config));

onEachEngine('the schema', (engine) => {
	/** What later versions might add. */
	const second: SchemaStep = [
		({ table, types: { text } }) => `ALTER TABLE ${table('notes')} ADD COLUMN extra ${text}`,
	];
	const third: SchemaStep = [
		({ table }) => `CREATE INDEX notes_extra ON ${table('notes')} (extra)`,
		({ table }) => `UPDATE ${table('notes')} SET extra = value`,
	];

	test('an older one is brought up to date by many at once, with what it holds', async () => {
		const config = engine.fresh();
		const store = await openStore(config);
		await store.registrationRecords.set('account', 'a', 'kept', start);
		await store.close();

		const steps = [...migrations, second, third];
		const databases = await Promise.all(Array.from({ length: 5 }, () => openDatabase(config)));
		const versions = await Promise.all(databases.map((each) => migrate(each, steps)));
		expect(versions).toEqual(databases.map(() => steps.length));
		const rows = await present(databases[0]).run('read', () =>
			once({ rows: null, values: {}, sql: ({ table }) => `SELECT extra FROM ${table('notes')}` }),
		);
		expect(rows).toEqual([expect.objectContaining({ extra: 'kept' })]);
		for (const database of databases) await database.close();
	});

	test('a step that fails leaves no half of it, and the next start goes on from there', async () => {
		const config = engine.fresh();
		const database = await openDatabase(config);
		const broken: SchemaStep = [...third, () => 'SELECT no_such_column FROM no_such_table'];
		await expect(migrate(database, [...migrations, second, broken])).rejects.toMatchObject({
			name: 'StateProblem',
			kind: 'other',
		});
		expect(await migrate(database, [...migrations, second, third])).toBe(migrations.length + 2);
		await database.close();
	});

	test('what waits stays when deliveries get other keys', async () => {
		const config = engine.fresh();
		const database = await openDatabase(config);
		await migrate(database, migrations.slice(0, migrations.indexOf(leanDeliveries)));
		await database.close();
		await engine.sql(
			config,
			`INSERT INTO {inbox_events} (event_id, account_key, received_at, content)
			VALUES ('event', 'account', ${start}, 'what was said')`,
		);
		await engine.sql(
			config,
			`INSERT INTO {deliveries} (listener_id, event_id, batch_id, place, order_key, contact_key,
				occurred_at, received_at, state, due_at, attempt, owner, lease_until, held)
			VALUES ('trigger', 'event', 'batch', 7, 'order', 'contact',
				${start - 1_000}, ${start}, 'waiting', ${start + 500}, 2, '', 0, 1)`,
		);

		const store = await openStore(config);
		const { inbox } = store;
		const request = { listenerId: 'trigger', owner: 'loop', limit: 10, takesOver: true };
		expect(await inbox.take(request, start)).toEqual([]);
		expect(await inbox.take(request, start + 500)).toEqual([
			{ batchId: 'batch', orderKeys: ['order'], occurredAt: start - 1_000 },
		]);
		expect(await inbox.claim('batch', 'execution', 1_000, start + 500)).toEqual({
			contents: ['what was said'],
			attempt: 3,
			isErased: false,
		});
		await inbox.complete('batch', 'execution');
		expect(await inbox.unclaimed(['batch'])).toEqual([]);
		await store.close();
	});

	test('a newer one is left alone', async () => {
		const config = engine.fresh();
		await (await openStore(config)).close();
		await engine.sql(config, "UPDATE {meta} SET value = '99' WHERE name = 'schema_version'");
		await expect(openStore(config)).rejects.toMatchObject({
			name: 'StateProblem',
			kind: 'newer_schema',
			message: expect.stringContaining('newer version of this package (schema 99'),
		});
	});
});

onEachEngine('a store', (engine) => {
	test('is opened once per process and configuration, and anew after it was closed', async () => {
		const config = engine.fresh();
		const [first, second] = await Promise.all([openStore(config), openStore({ ...config })]);
		expect(second).toBe(first);
		await first.close();
		await expect(first.check(start)).rejects.toMatchObject({ kind: 'closed' });
		await first.close();
		const third = await openStore(config);
		expect(third).not.toBe(first);
		expect(await third.check(start)).toMatchObject({
			engine: engine.name,
			schemaVersion: migrations.length,
		});
		await third.close();
	});

	test('closing finishes what is under way', async () => {
		const config = engine.fresh();
		const store = await openStore(config);
		const writing = store.registrationRecords.set('account', 'a', 'x', start);
		await store.close();
		await writing;
		const again = await openStore(config);
		expect(await again.registrationRecords.get('account', 'a')).toMatchObject({ value: 'x' });
		await again.close();
	});
});

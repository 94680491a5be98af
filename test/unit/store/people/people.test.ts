import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { migrations } from '../../../../nodes/WhatsAppCloud/store/engine/migrations';
import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import { onEachEngine, temporaryFolder } from '../engines';
import { dayMs, hourMs } from '../../../../nodes/WhatsAppCloud/time/durations';
import { start } from '../samples';
import { DIGITS, NUMBER, OTHER, USER, account, fill, person } from './filledStore';

onEachEngine('a person', (engine) => {
	test('is found in every table, and erased from all without touching others', async () => {
		const store = await engine.open();
		await fill(store);
		expect(await store.people.keysOf('account', [NUMBER])).toEqual([NUMBER, '+4915100000000']);

		const records = await store.people.read(person);
		const tables = records.map(({ table }) => table);
		expect(
			Object.fromEntries(
				[...new Set(tables)].map((table) => [
					table,
					tables.filter((each) => each === table).length,
				]),
			),
		).toEqual({
			messages: 2,
			operations: 1,
			questions: 1,
			inbox_events: 2,
			deliveries: 2,
			texts: 2,
			contact_facts: 2,
			consent_log: 1,
			contact_links: 1,
			contact_moves: 1,
		});

		// An execution waits for an answer: its question stays until it has gone on.
		expect(await store.people.erase(person, [], start)).toMatchObject({
			questions: 0,
			operations: 1,
		});
		await store.questions.cancel('account', ['q1'], start);
		await store.questions.end('w1', start);
		expect(await store.people.erase(person, [], start)).toMatchObject({
			questions: 1,
			waits: 1,
			operations: 0,
		});
		expect(await store.people.read(person)).toEqual([]);
		const others = await store.people.read({ ...account, keys: [OTHER], inWebhooks: [] });
		expect(others.map(({ table }) => table)).toEqual([
			'messages',
			'operations',
			'inbox_events',
			'deliveries',
			'texts',
			'contact_facts',
			'contact_facts',
			'consent_log',
		]);
	});

	test('is remembered by a mark alone, until long after Meta may repeat anything', async () => {
		const store = await engine.open();
		expect(await store.people.erasedAt(['mark', 'another'])).toEqual(new Map());
		await store.people.erase(person, ['mark', 'mark'], start);
		expect(await store.people.erasedAt(['mark', 'another'])).toEqual(new Map([['mark', start]]));
		await store.people.erase(person, ['mark'], start + 1);
		expect(await store.people.erasedAt(['mark'])).toEqual(new Map([['mark', start + 1]]));
		const later = start + 36 * dayMs;
		await store.purge('account', later - hourMs);
		expect(await store.purge('account', later)).toMatchObject({ deleted: { events: 1 } });
		expect(await store.people.erasedAt(['mark'])).toEqual(new Map());
	});

	test('is not taken for whoever has their former number now', async () => {
		const store = await engine.open();
		const formerNumber = '+4915100000000';
		const wrote = async (contactKey: string, at: number) => {
			const fact = { fact: 'inbound', phoneNumberId: '2', messageId: null } as const;
			await store.contacts.record([{ ...account, contactKey, at, ...fact }], at);
		};
		await wrote(formerNumber, start);
		const move = { ...account, oldKey: formerNumber, newKey: NUMBER, at: start + 1 };
		await store.contacts.move([move], start + 1);
		const closed = { fact: 'windowClosed', phoneNumberId: '2' } as const;
		await store.contacts.record(
			[{ ...account, contactKey: formerNumber, at: start + 2, ...closed }],
			start + 2,
		);
		// That a message did not go to it shows nobody else.
		expect(await store.people.keysOf('account', [formerNumber])).toEqual([formerNumber, NUMBER]);

		await wrote(formerNumber, start + 3);
		expect(await store.people.keysOf('account', [formerNumber])).toEqual([formerNumber]);
		expect(await store.people.keysOf('account', [NUMBER])).toEqual([NUMBER]);
		const heir = { ...account, keys: [formerNumber], inWebhooks: [] };
		const shown = await store.people.read(heir);
		expect(shown.map(({ table }) => table)).not.toContain('contact_moves');

		await store.people.erase(heir, [], start);
		// What showed that somebody else has the number is erased: still it leads to nobody.
		expect(await store.people.keysOf('account', [formerNumber])).toEqual([formerNumber]);
		expect(await store.contacts.get('account', [NUMBER])).toMatchObject([
			{ inbound: { 2: { at: start } } },
		]);
	});

	test('is not taken for whoever has their former number now, known by a user ID', async () => {
		const store = await engine.open();
		const move = { ...account, oldKey: '+4915100000000', newKey: NUMBER, at: start };
		await store.contacts.move([move], start);
		await store.contacts.link(
			[{ ...account, waKey: '+4915100000000', userKey: USER, at: start + 1 }],
			start + 1,
		);
		expect(await store.people.keysOf('account', [USER, '+4915100000000'])).not.toContain(NUMBER);
	});

	test('is left in no byte of the database once it is compacted', async () => {
		const config = engine.fresh();
		const store = await openStore(config);
		await fill(store);
		for (let index = 0; index < 300; index++) {
			const contactKey = index % 2 === 0 ? NUMBER : `+49151${index}`;
			await store.contacts.record(
				[
					{
						...account,
						contactKey,
						at: start + index,
						fact: 'profile',
						name: `Ann ${index}`,
						username: null,
					},
				],
				start + index,
			);
		}
		await store.questions.cancel('account', ['q1'], start);
		await store.questions.end('w1', start);
		await store.people.erase(person, [], start);
		expect(await store.people.compact()).toBe(true);

		const folder =
			config.engine === 'sqlite'
				? dirname(config.path ?? '')
				: await tableFiles(engine, config.schema ?? '');
		for (const file of filesOf(folder)) {
			const bytes = readFileSync(file).toString('latin1');
			for (const trace of [DIGITS, USER]) {
				expect({ file, found: bytes.includes(trace) }).toEqual({ file, found: false });
			}
		}
		// It still works, and is found whole when it is opened again.
		expect(await store.contacts.get('account', [OTHER])).toMatchObject([
			{ profile: { name: 'Ann' } },
		]);
		await store.close();
		const again = await openStore(config);
		expect(await again.check(start)).toMatchObject({ schemaVersion: migrations.length });
		await again.close();
	});
});

type Engine = Parameters<Parameters<typeof onEachEngine>[1]>[0];

/** The server's own files of its tables, once it has written all of them. */
async function tableFiles(engine: Engine, schema: string): Promise<string[]> {
	const database = engine.database();
	await database.sql('CHECKPOINT');
	const folder = (await database.sql('SHOW data_directory')).trim();
	const files = await database.sql(
		`SELECT pg_relation_filepath(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = '${schema}' AND pg_relation_filepath(c.oid) IS NOT NULL`,
	);
	return files
		.split('\n')
		.map((file) => file.trim())
		.filter((file) => file !== '')
		.map((file) => join(folder, file));
}

const filesOf = (place: string | string[]): string[] =>
	typeof place === 'string' ? readdirSync(place).map((file) => join(place, file)) : place;

const folderOfTest = temporaryFolder();

test('every table with a column of a person is named', async () => {
	const path = join(folderOfTest(), 'state.sqlite');
	const store = await openStore({ engine: 'sqlite', path });
	const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
	const database = new DatabaseSync(path);
	const rows = database
		.prepare(
			`SELECT m.name AS table_name, c.name AS column_name
				FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
		)
		.all();
	database.close();
	const named = rows.filter(({ column_name }) =>
		/contact|person|recipient|wa_key|user_key|old_key|new_key/.test(String(column_name)),
	);
	const records = await store.people.erase(person, [], start);
	await store.close();
	expect(Object.keys(records)).toEqual(
		expect.arrayContaining([...new Set(named.map(({ table_name }) => String(table_name)))]),
	);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onlyJson } from '../engine/node/account';
import { contactsSetup, stateStores } from '../engine/node/contacts/contactsSetup';

const { engine, folder, operationsIn } = contactsSetup();

describe.each(stateStores)('a long list of consent in %s', (stateStore) => {
	const { access, get } = operationsIn(stateStore);

	test('of a file with 100,000 rows, the three wrong ones are told by row', async () => {
		const rows = Array.from(
			{ length: 100_000 },
			(_, index) => `+1555${3_000_000 + index};2026-01-02`,
		);
		rows[10] = 'nobody;2026-01-02';
		rows[49_999] = '+15553049999;yesterday';
		rows[99_999] = ';2026-01-02';
		const path = join(folder.path, 'list.csv');
		writeFileSync(path, `Phone Number;Unsubscribed At\n${rows.join('\n')}\n`);
		const imported = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'contact', operation: 'importConsent', rowsFrom: 'file' },
			credentials: access(),
			items: [{ json: {}, binary: { data: { path, mimeType: 'text/csv' } } }],
		});
		expect(onlyJson(imported)).toEqual({
			rows: 100_000,
			imported: 99_997,
			rejected: 3,
			problems: [
				{ row: 12, problem: expect.stringContaining('"nobody"') },
				{ row: 50_001, problem: '"yesterday" is no time' },
				{ row: 100_001, problem: 'It has no phone number and no user ID' },
			],
		});
		expect((await get('+15553099000'))['consent']).toMatchObject({
			marketing: { state: 'withdrawn' },
		});
	});

	test('an import that is cancelled while it reads writes nothing', async () => {
		const numbers = Array.from({ length: 10_000 }, (_, index) => `+1555${4_000_000 + index}`);
		const imported = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'contact', operation: 'importConsent' },
			credentials: access(),
			items: numbers.map((phone) => ({ json: { phone } })),
			cancelAfterMs: 0,
		});
		expect(imported.cancelled).toBe(true);
		for (const phone of [numbers[0], numbers.at(-1)]) {
			expect((await get(phone ?? ''))['consent']).toMatchObject({
				marketing: { state: 'unknown' },
			});
		}
	});
});

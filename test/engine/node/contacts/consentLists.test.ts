import { readFileSync } from 'node:fs';
import { present } from '../../../present';
import { itemsOf, onlyJson } from '../account';
import { contactsSetup, stateStores } from './contactsSetup';

const { engine, operationsIn } = contactsSetup();

describe.each(stateStores)('lists of consent in %s', (stateStore) => {
	const { access, contact } = operationsIn(stateStore);

	test('a list of items is imported, and comes out again as items and as a file', async () => {
		const rows = [
			{ json: { Mobile: '+15550201010', 'Opted Out': 'yes', Date: '2026-01-02' } },
			{ json: { Mobile: '+1 555 020 1011', 'Opted Out': 'no', Date: '2026-01-02T10:00:00Z' } },
			{ json: { user_id: 'US.13491208655302741918', 'Opted Out': 'TRUE', reason: '=cmd()' } },
			{ json: { Mobile: '12', 'Opted Out': 'yes' } },
			{ json: { Mobile: '+15550201012', 'Opted Out': 'perhaps' } },
			{ json: { 'Opted Out': 'yes' } },
		];
		const imported = onlyJson(
			await contact(
				'importConsent',
				{ rowsFrom: 'items', meaning: 'column', source: 'Old tool' },
				rows,
			),
		);
		expect(imported).toEqual({
			rows: 6,
			imported: 3,
			rejected: 3,
			problems: [
				{ row: 4, problem: expect.stringContaining('"12"') },
				{ row: 5, problem: '"perhaps" under "Opted Out" is neither yes nor no' },
				{ row: 6, problem: 'It has no phone number and no user ID' },
			],
		});
		const listed = itemsOf(await contact('exportConsent', { show: 'optedOut' }));
		const found = listed.map(({ json }) => json).filter(({ source }) => source === 'Old tool');
		expect(found).toMatchObject([
			{ phone: '+15550201010', consent: 'optedOut', at: '2026-01-02T00:00:00.000Z' },
			{ userId: 'US.13491208655302741918', phone: null, note: '=cmd()' },
		]);
		const [file] = itemsOf(await contact('exportConsent', { show: 'both', csvFile: true }));
		const path = present(file?.binary?.['data']).path;
		const text = readFileSync(path, 'utf8');
		expect(text).toContain(
			'contact,phone_number,user_id,category,consent,at,source,note,recorded_at',
		);
		expect(text).toContain("'=cmd()");
		// The file can be imported where it came from.
		const again = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: {
				resource: 'contact',
				operation: 'importConsent',
				rowsFrom: 'file',
				binaryField: 'data',
				meaning: 'column',
			},
			credentials: access(),
			items: [{ json: {}, binary: { data: { path, mimeType: 'text/csv' } } }],
		});
		expect(onlyJson(again)).toMatchObject({
			rejected: 0,
			imported: text.trim().split('\n').length - 1,
		});
	});

	test('a list without dates that is imported again overrules no opt-out since', async () => {
		const person = '+15550201777';
		const imports = async (meaning: string, source: string, columns: object = {}) =>
			onlyJson(
				await contact('importConsent', { rowsFrom: 'items', meaning, source }, [
					{ json: { phone: person, ...columns } },
				]),
			);
		const state = async () => onlyJson(await contact('get', { contact: person }))['consent'];
		await imports('optedIn', 'Fair', { date: '2026-01-02' });
		const options = { at: '2026-02-01T00:00:00Z' };
		await contact('setConsent', {
			...{ contact: person, consent: 'optedOut', source: 'Phone', options },
		});
		expect(await imports('optedIn', 'Fair')).toMatchObject({ imported: 1 });
		expect(await state()).toMatchObject({ marketing: { state: 'withdrawn', source: 'Phone' } });
		// Another list is another consent, and an opt-out counts anew.
		await imports('optedIn', 'Newsletter');
		expect(await state()).toMatchObject({ marketing: { state: 'granted', source: 'Newsletter' } });
		await imports('optedOut', 'Complaints');
		expect(await state()).toMatchObject({
			marketing: { state: 'withdrawn', source: 'Complaints' },
		});
		const history = itemsOf(await contact('getConsentHistory', { contact: person }));
		expect(history.map(({ json }) => json['source']).sort()).toEqual([
			'Complaints',
			'Fair',
			'Newsletter',
			'Phone',
		]);
	});

	test('with Hash Recipients, an exported list is imported again by its hashes', async () => {
		const run = async (operation: string, parameters: object, item: object, changes = {}) =>
			await engine.runNode({
				node: 'whatsAppCloud',
				parameters: { resource: 'contact', operation, ...parameters },
				credentials: { whatsAppCloudApi: { ...hashed(), ...changes } },
				items: [item],
			});
		const hashed = () => ({ ...access().whatsAppCloudApi, hashIdentifiers: true });
		const person = '+15550201888';
		await run('setConsent', { contact: person, consent: 'optedOut', source: 'Form' }, {});
		const exported = await run('exportConsent', { show: 'both', csvFile: true }, {});
		const { path } = present(itemsOf(exported)[0]?.binary?.['data']);
		const text = readFileSync(path, 'utf8');
		expect(text).toMatch(/^hmac:[0-9a-f]{40},,,marketing,optedOut,/m);
		expect(text).not.toContain('0201888');
		const file = { json: {}, binary: { data: { path, mimeType: 'text/csv' } } };
		const asFile = { rowsFrom: 'file', meaning: 'column' };
		await run('erase', { contact: person }, {});
		const rows = text.trim().split('\n').length - 1;
		expect(onlyJson(await run('importConsent', asFile, file))).toMatchObject({ imported: rows });
		expect(onlyJson(await run('get', { contact: person }, {}))['consent']).toMatchObject({
			marketing: { state: 'withdrawn', source: 'Form' },
		});
		// A state that keeps plain numbers cannot tell who it is.
		const refused = onlyJson(await run('importConsent', asFile, file, { hashIdentifiers: false }));
		expect(refused['problems']).toContainEqual({
			row: expect.any(Number),
			problem: expect.stringContaining('is a hash, and this credential has Hash Recipients off'),
		});
	});
});

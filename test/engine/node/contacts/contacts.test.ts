import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { RunNodeResult } from '../../../../scripts/engine/result';
import { present } from '../../../present';
import { postgresFields, startPostgres, type PostgresServer } from '../../../postgres';
import { serverTimeoutMs } from '../../../unit/store/engines';
import { credentials, ids, itemsOf, onlyJson } from '../account';
import { keepState } from '../keptState';

const { engine, simulator, folder } = keepState();

let server: PostgresServer;
beforeAll(async () => {
	server = await startPostgres();
}, serverTimeoutMs);
afterAll(async () => await server.remove());

const hour = 3_600_000;

describe.each(['sqlite', 'postgres'] as const)('contacts in %s', (stateStore) => {
	const access = () =>
		credentials(simulator.url, {
			stateStore,
			...(stateStore === 'postgres'
				? { ...postgresFields(server.connection), postgresTls: 'off' }
				: {}),
		});
	const contact = async (
		operation: string,
		parameters: Record<string, unknown> = {},
		items: object[] = [{}],
	): Promise<RunNodeResult> =>
		await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'contact', operation, ...parameters },
			credentials: access(),
			items,
		});
	const get = async (person: string) => onlyJson(await contact('get', { contact: person }));
	const send = async (recipient: string) =>
		await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'message', operation: 'sendText', recipient, text: 'Hello' },
			credentials: access(),
		});

	test('somebody unknown is told apart from somebody who was written to', async () => {
		expect(await get('+1 555 020 1000')).toEqual({
			contact: '+15550201000',
			phone: '+15550201000',
			userId: null,
			name: null,
			username: null,
			isKnown: false,
			phoneNumberId: ids.phoneNumber,
			window: { state: 'unknown', until: null, isFreeEntry: false },
			consent: Object.fromEntries(
				['marketing', 'utility', 'authentication', 'service'].map((category) => [
					category,
					{ state: 'unknown', since: null, source: null },
				]),
			),
			handoff: null,
			lastInboundAt: null,
			lastInboundMessageId: null,
			lastOutboundAt: null,
			lastEntryPointAt: null,
		});
		await send('+15550201000');
		expect(await get('+15550201000')).toMatchObject({
			isKnown: true,
			lastOutboundAt: expect.stringMatching(/^\d{4}-/),
		});
	});

	test('consent with source and time; what was said later counts, and all of it is kept', async () => {
		const person = '+15550201001';
		const set = async (consent: string, at: number, more: object = {}) =>
			onlyJson(
				await contact('setConsent', {
					contact: person,
					consent,
					category: 'marketing',
					source: 'Checkout form',
					options: { at: new Date(at).toISOString(), note: 'version 3' },
					...more,
				}),
			);
		const now = Date.now();
		expect(await set('optedOut', now - hour)).toMatchObject({ isInForce: true });
		expect(await set('optedIn', now - 2 * hour)).toMatchObject({
			contact: person,
			consent: 'optedIn',
			at: new Date(now - 2 * hour).toISOString(),
			isInForce: false,
		});
		expect((await get(person))['consent']).toMatchObject({
			marketing: { state: 'withdrawn', source: 'Checkout form' },
			utility: { state: 'unknown' },
		});
		const history = itemsOf(await contact('getConsentHistory', { contact: person }));
		expect(history.map(({ json }) => [json['consent'], json['note'], json['phone']])).toEqual([
			['optedIn', 'version 3', person],
			['optedOut', 'version 3', person],
		]);
		const future = await contact('setConsent', {
			contact: person,
			consent: 'optedIn',
			options: { at: new Date(now + hour).toISOString() },
		});
		expect(future.error?.message).toMatch(/Time.*lies in the future/);
	});

	test('a handoff pauses the bot until its end, or until it is returned', async () => {
		const person = '+15550201002';
		const handoff = async (parameters: object) =>
			onlyJson(await contact('setHandoff', { contact: person, ...parameters }));
		await handoff({
			answers: 'person',
			ends: 'after',
			minutes: 30,
			options: { by: 'Ann', reason: 'Refund' },
		});
		const { handoff: taken } = await get(person);
		expect(taken).toMatchObject({ kind: 'handoff', by: 'Ann', reason: 'Refund' });
		const { since, until } = taken as { since: string; until: string };
		expect(Date.parse(until) - Date.parse(since)).toBe(hour / 2);
		const listed = itemsOf(await contact('getMany', { show: 'takenOver', returnAll: true }));
		expect(listed.map(({ json }) => json['contact'])).toEqual([person]);

		await handoff({ answers: 'bot' });
		expect((await get(person))['handoff']).toBeNull();
		await handoff({ answers: 'person', ends: 'returned' });
		expect((await get(person))['handoff']).toMatchObject({ until: null });
		const past = await contact('setHandoff', {
			contact: person,
			answers: 'person',
			ends: 'at',
			until: '2020-01-01T00:00:00Z',
		});
		expect(past.error?.message).toMatch(/Time.*is past/);
	});

	test('Meta routes a conversation to its AI agent, and back', async () => {
		const person = '15550200001';
		expect(
			onlyJson(await contact('passControl', { contact: `+${person}`, metadata: 'Invoice' })),
		).toEqual({
			success: true,
			action: 'pass',
			contact: `+${person}`,
			phoneNumberId: ids.phoneNumber,
		});
		expect((await get(`+${person}`))['handoff']).toMatchObject({ kind: 'standby', by: 'ai_agent' });
		const twice = await contact('releaseControl', { contact: `+${person}` });
		expect(twice.error?.message).toMatch(/Thread control refused|2494191/);
		expect(onlyJson(await contact('releaseControl', { contact: '+15550200002' }))).toMatchObject({
			success: true,
			action: 'release',
		});
	});

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

	test('all that is kept about a person is listed, and then erased with a receipt', async () => {
		const person = '+15550201777';
		await send(person);
		const given = await contact('setConsent', {
			contact: person,
			consent: 'optedIn',
			source: 'Form',
		});
		// In the seconds of Meta's webhooks.
		expect(onlyJson(given)['at']).toMatch(/\.000Z$/);
		const data = itemsOf(await contact('getData', { contact: person })).map(({ json }) => json);
		expect(new Set(data.map(({ table }) => table))).toEqual(
			new Set(['operations', 'contact_facts', 'consent_log']),
		);
		const message = data.find(({ table }) => table === 'operations')?.['data'];
		expect(message).toMatchObject({ recipientKey: person, state: 'sent' });

		const receipt = onlyJson(await contact('erase', { contact: '+1 (555) 020-1777' }));
		expect(receipt).toMatchObject({
			receiptId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			erasedAt: expect.stringMatching(/^\d{4}-/),
			byTable: { operations: 1, contact_facts: 1, consent_log: 1 },
			questionsLeft: 0,
			compacted: true,
		});
		expect(JSON.stringify(receipt)).not.toContain('0201777');
		expect(itemsOf(await contact('getData', { contact: person }))).toEqual([]);
		if (stateStore === 'sqlite') {
			const place = dirname(folder.stateFile);
			for (const file of readdirSync(place)) {
				const bytes = readFileSync(join(place, file)).toString('latin1');
				expect({ file, found: bytes.includes('15550201777') }).toEqual({ file, found: false });
			}
		}
		const nothing = onlyJson(await contact('erase', { contact: person }));
		expect(nothing).toMatchObject({ rows: 0 });
	});
});

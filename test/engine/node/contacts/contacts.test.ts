import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAccountWithoutToken } from '../../../../nodes/WhatsAppCloud/graph/account';
import { identifierKey, markOf } from '../../../../nodes/WhatsAppCloud/graph/identifiers';
import { ids, itemsOf, onlyJson } from '../account';
import { contactsSetup, stateStores } from './contactsSetup';

const { engine, folder, operationsIn } = contactsSetup();

const hour = 3_600_000;

describe.each(stateStores)('contacts in %s', (stateStore) => {
	const { access, contact, get } = operationsIn(stateStore);
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

test.each([
	['as they are', {}],
	['as hashes', { hashIdentifiers: true }],
])('a trigger recognises who was erased, with identifiers kept %s', async (_, more) => {
	const { access, contact } = operationsIn('sqlite', more);
	const person = '+15550201778';
	await contact('setConsent', { contact: person, consent: 'optedIn', source: 'Form' });
	const receipt = onlyJson(await contact('erase', { contact: person }));
	expect(receipt).toMatchObject({ byTable: { contact_facts: 1, consent_log: 1 } });
	const account = parseAccountWithoutToken(access().whatsAppCloudApi);
	const store = await folder.openStore();
	const marks = [markOf(account, identifierKey(account, person))];
	const erased = await store.people.erasedAt(marks);
	expect([...erased.values()].map((at) => new Date(at).toISOString())).toEqual([
		receipt['erasedAt'],
	]);
});

import { readFileSync } from 'node:fs';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import type { OutputItem } from '../../../scripts/engine/result';
import { useEngine, useSimulator } from '../harness';
import { UserFolder } from '../trigger/store';
import { credentials, ids, itemsOf, onlyJson, withoutStatuses } from './account';
import { present } from '../../present';

const folder = new UserFolder();
const simulator = useSimulator(withoutStatuses, 'first');
const engine = useEngine({ N8N_USER_FOLDER: folder.path });
let store: Store;

const person = (index: number): string => `+1555020${1000 + index}`;
const refused = '+15550000000';

const run = async (parameters: Record<string, unknown>, request: Record<string, unknown> = {}) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters,
		credentials: credentials(simulator.url),
		workflowId: 'shop',
		...request,
	});

const report = async (parameters: Record<string, unknown> = {}) =>
	await run({ resource: 'report', operation: 'delivery', ...parameters });

let items: OutputItem[];
const messageIdOf = (index: number): string => String(items[index]?.json['messageId']);

/** Meta's status for an item's message. */
const status = (index: number, name: string, at: number, errorCode: number | null = null) => ({
	accountKey: ids.businessAccount,
	messageId: messageIdOf(index),
	status: name,
	at,
	operationId: null,
	phoneNumberId: ids.phoneNumber,
	recipientKey: null,
	errorCode,
	errorTitle: errorCode === null ? null : 'Kept back',
	pricing: { category: 'marketing', type: 'regular', billable: true },
});

/** Six people: read, delivered, only accepted, failed later, refused at once, answer lost. */
beforeAll(async () => {
	store = await folder.openStore();
	await simulator.addFault({ kind: 'error', code: 131026, match: { recipient: refused } });
	await simulator.addFault({
		kind: 'reset',
		when: 'after',
		match: { recipient: person(5).slice(1) },
	});
	const people = [person(0), person(1), person(2), person(3), refused, person(5)];
	const send = async () =>
		await run(
			{
				options: { technicalDetails: true },
				recipient: '={{ $json.to }}',
				text: 'Hello',
				delivery: { campaign: 'spring' },
			},
			{
				items: people.map((to) => ({ json: { to } })),
				onError: 'continueRegularOutput',
				executionId: '71',
			},
		);
	items = itemsOf(await send());
	await send();
	const now = Date.now();
	await store.statuses.record(
		[
			status(0, 'sent', now),
			status(0, 'delivered', now + 2_000),
			status(0, 'read', now + 60_000),
			status(1, 'delivered', now + 4_000),
			status(3, 'failed', now + 1_000, 131049),
		],
		now,
	);
});
afterAll(async () => {
	await folder.remove();
});

test('the summary of a campaign', async () => {
	const summary = onlyJson(await report({ period: 'today', campaign: 'spring' }));
	expect(summary).toMatchObject({
		timeZone: expect.any(String),
		messages: 6,
		results: {
			read: 1,
			delivered: 1,
			sent: 1,
			failed: 2,
			unknown: 1,
			waiting: 0,
			blocked: 0,
			cancelled: 0,
		},
		accepted: 4,
		delivered: 2,
		read: 1,
		failed: 2,
		unknown: 1,
		duplicatesAvoided: 4,
		rates: { delivered: 0.5, read: 0.25, failed: 0.3333 },
		pricing: [{ category: 'marketing', type: 'regular', billable: true, count: 3 }],
	});
	expect(summary['latenciesMs']).toMatchObject({
		answer: { count: expect.any(Number), p50: expect.any(Number), p99: expect.any(Number) },
		delivered: { count: 2 },
		read: { count: 1 },
	});
	const errors = summary['errors'] as { code: number | null }[];
	expect(errors.map(({ code }) => code)).toEqual(expect.arrayContaining([131026, 131049, null]));
	expect(summary['history']).toMatchObject({ unit: 'hour', steps: [{ read: 1, failed: 2 }] });
});

test.each([
	['another campaign', { campaign: 'autumn' }, 0],
	['another workflow', { options: { workflowId: 'other' } }, 0],
	['the workflow', { options: { workflowId: 'shop' } }, 6],
	['an execution', { options: { executionId: '71' } }, 6],
	['another execution', { options: { executionId: '72' } }, 0],
	['another sender', { options: { phoneNumberId: ids.secondPhoneNumber } }, 0],
	['the time before', { period: 'custom', to: '2026-01-01' }, 0],
	['all that is kept', { period: 'all' }, 6],
])('of %s', async (_, parameters, messages) => {
	expect(onlyJson(await report(parameters))).toMatchObject({ messages });
});

test('each message with its timeline and error, newest first', async () => {
	const rows = itemsOf(await report({ mode: 'messages', returnAll: true })).map(({ json }) => json);
	expect(rows).toHaveLength(6);
	const of = (index: number) => rows.find((row) => row['messageId'] === messageIdOf(index));
	expect(of(0)).toMatchObject({
		status: 'read',
		campaign: 'spring',
		workflowId: 'shop',
		executionId: '71',
		itemIndex: 0,
		attempts: 1,
		duplicatesAvoided: 1,
		recipient: person(0),
		error: null,
		pricing: { category: 'marketing' },
	});
	expect((of(0)?.['timeline'] as { status: string }[]).map((step) => step.status)).toEqual([
		'accepted',
		'sent',
		'delivered',
		'read',
	]);
	expect(of(3)).toMatchObject({ status: 'failed', error: { origin: 'status', code: 131049 } });
	expect(rows.find((row) => row['recipient'] === refused)).toMatchObject({
		status: 'failed',
		messageId: null,
		error: { origin: 'answer', code: 131026 },
	});
	const times = rows.map((row) => String(row['createdAt']));
	expect(times).toEqual([...times].sort().reverse());
});

test('only so many, and only those that failed', async () => {
	expect(itemsOf(await report({ mode: 'messages', limit: 2 }))).toHaveLength(2);
	const failed = itemsOf(await report({ mode: 'messages', options: { results: ['failed'] } }));
	expect(failed.map(({ json }) => json['status'])).toEqual(['failed', 'failed']);
});

test('what is open', async () => {
	const [open, ...others] = itemsOf(await report({ mode: 'open' }));
	expect(others).toEqual([]);
	expect(open?.json).toMatchObject({
		status: 'unknown',
		recipient: person(5),
		error: { class: 'no_answer' },
	});
	expect(itemsOf(await report({ mode: 'open', options: { openMinutes: 30 } }))).toEqual([]);
});

describe('one message', () => {
	test('by its message ID or its operation ID', async () => {
		const one = async (messageId: unknown) =>
			onlyJson(await report({ mode: 'message', messageId }));
		const byMessage = await one(messageIdOf(0));
		expect(byMessage).toMatchObject({ status: 'read', messageId: messageIdOf(0) });
		expect(await one(items[0]?.json['operationId'])).toEqual(byMessage);
	});

	test('that something else has sent', async () => {
		const foreign = { ...status(0, 'delivered', Date.now()), messageId: 'wamid.foreign' };
		await store.statuses.record([foreign], Date.now());
		expect(onlyJson(await report({ mode: 'message', messageId: 'wamid.foreign' }))).toMatchObject({
			status: 'delivered',
			timeline: [{ status: 'delivered' }],
		});
	});

	test.each([
		['', '"Message ID" is empty; enter messageId or operationId of a send [item 0]'],
		['wamid.nobody', '"Message ID" "wamid.nobody" is not in the state of this account [item 0]'],
	])('%j is refused', async (messageId, message) => {
		const { error } = await report({ mode: 'message', messageId });
		expect(error?.message).toBe(message);
		expect(`${message} ${error?.description ?? ''}`).toMatch(/operationId/);
	});
});

test('the page lies in the binary field, and stands for itself', async () => {
	const [item] = itemsOf(
		await report({ htmlReport: true, outputField: 'report', campaign: 'spring' }),
	);
	const file = item?.binary?.['report'];
	expect(file).toMatchObject({ mimeType: 'text/html', fileName: 'delivery-report.html' });
	const page = readFileSync(present(file).path, 'utf8');
	expect(page).toContain('Campaign: spring');
	expect(page).toContain('131049');
	expect(page).toContain(person(5));
	expect(page).not.toMatch(/<script|https?:/);
});

test.each([
	[{ period: 'custom', from: '2026-02-30' }, /^"From" must be a date or a time.*\[item 0\]$/],
	[
		{ period: 'custom', from: '2026-02-02', to: '2026-02-01' },
		/^"To" is not later than From \[item 0\]$/,
	],
	[{ options: { timeZone: 'Mars' } }, /^"Options › Time Zone" is no time zone/],
	[{ mode: 'messages', limit: 0 }, /^"Limit" must be at least 1/],
	[{ mode: 'messages', options: { results: ['lost'] } }, /^"Options › Results.*must be one of/],
	[{ mode: 'everything' }, /^"Show" must be one of/],
])('%j is refused', async (parameters, message) => {
	expect((await report(parameters)).error?.message).toMatch(message);
});

test.each([
	{ resource: 'report', operation: 'delivery' },
	{ resource: 'message', operation: 'resume' },
])('without a state $resource.$operation says that it needs one', async (parameters) => {
	const { error } = await run(parameters, {
		credentials: credentials(simulator.url, { stateStore: 'off' }),
	});
	expect(error).toMatchObject({
		message: expect.stringMatching(/^In the credential, Keep State In is set to Nowhere/),
		description: expect.stringMatching(/credential/),
	});
});

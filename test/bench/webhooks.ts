import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, type Testbed } from './testbed.ts';
import { appSecret, createContestants, type Contestant } from './webhookContestants.ts';

const statuses = ['sent', 'delivered', 'read'] as const;

/** Concurrent deliveries. */
const atOnce = 8;
const rounds = 4;
/** Sequential deliveries per round, to time a single one. */
const oneByOne = 5;
const pollMs = 50;
const limitMs = 60_000;

/** The results of one contestant. */
interface WebhookResult {
	name: string;
	/** Until the last execution has ended, with one for each event; median of the rounds. */
	messagesPerSecond: number;
	/** Until the last answer, or the end of the last execution if statuses start any. */
	statusesPerSecond: number;
	/** Time to answer, one at a time; median. */
	answerMs: number;
	executionsOfMessages: number;
	executionsOfStatuses: number;
	/** Messages with all three statuses in the state; null without state. */
	statusesRecorded: number | null;
}

/**
 * Gives each contestant the same traffic in turn: messages from customers, and three times as many
 * statuses of sent messages.
 *
 * @throws Error if a contestant did not get every event
 */
export async function measureWebhooks(
	testbed: Testbed,
	messages: number,
): Promise<WebhookResult[]> {
	const contestants = await createContestants(testbed);
	const figures = contestants.map(() => ({
		messages: [] as number[],
		statuses: [] as number[],
		answersMs: [] as number[],
	}));
	for (const contestant of contestants) {
		await answered(contestant);
		// The first ones compile the code that the others use.
		for (let index = 0; index < 3; index++) {
			await deliver(contestant.url, messageOf(`warm-up.${index}`));
		}
	}
	const perRound = messages / rounds;
	for (let round = 0; round < rounds; round++) {
		for (const [place, contestant] of contestants.entries()) {
			const { url, workflowId, startsByStatuses } = contestant;
			const numbers = Array.from({ length: perRound }, (_, index) => round * perRound + index);
			const inbound = numbers.map((number) => messageOf(`in.${place}.${number}`));
			const outbound = numbers.flatMap((number) =>
				statuses.map((status) => statusOf(`out.${place}.${number}`, status)),
			);
			await idle(testbed, workflowId);
			const single = inbound.splice(0, oneByOne);
			for (const webhook of single) figures[place]?.answersMs.push(await deliver(url, webhook));
			await idle(testbed, workflowId);
			const rate = async (webhooks: Buffer[], starts: boolean): Promise<number> => {
				const start = performance.now();
				await deliverAll(url, webhooks);
				if (starts) await idle(testbed, workflowId);
				return (webhooks.length * 1000) / (performance.now() - start);
			};
			figures[place]?.messages.push(await rate(inbound, true));
			figures[place]?.statuses.push(await rate(outbound, startsByStatuses));
		}
	}
	return contestants.map((contestant, place) => ({
		name: contestant.name,
		messagesPerSecond: median(figures[place]?.messages ?? []),
		statusesPerSecond: median(figures[place]?.statuses ?? []),
		answerMs: median(figures[place]?.answersMs ?? []),
		...checkedCounts(testbed, contestant, place, messages),
	}));
}

/** @throws Error if events are missing or were duplicated */
function checkedCounts(
	testbed: Testbed,
	{ name, workflowId, startsByStatuses, keepsState }: Contestant,
	place: number,
	messages: number,
): Pick<WebhookResult, 'executionsOfMessages' | 'executionsOfStatuses' | 'statusesRecorded'> {
	const started = executionsByEvent(testbed, workflowId);
	const count = (prefix: string) => {
		const found = [...started].filter(([id]) => id.startsWith(`wamid.${prefix}.${place}.`));
		return { ids: found.length, executions: found.reduce((sum, [, number]) => sum + number, 0) };
	};
	const [inbound, outbound] = [count('in'), count('out')];
	const wanted = startsByStatuses ? messages : 0;
	const statusesRecorded = keepsState ? recordedMessages(testbed, `wamid.out.${place}.`) : null;
	const isWhole =
		inbound.ids === messages &&
		inbound.executions === messages &&
		outbound.ids === wanted &&
		outbound.executions === wanted * statuses.length &&
		(statusesRecorded === null || statusesRecorded === messages);
	if (!isWhole) {
		const counted = JSON.stringify({ inbound, outbound, statusesRecorded });
		throw new Error(`${name} did not get every event once: ${counted}`);
	}
	return {
		executionsOfMessages: inbound.executions,
		executionsOfStatuses: outbound.executions,
		statusesRecorded,
	};
}

const metadata = { display_phone_number: '15550001111', phone_number_id: '200000000000001' };
const customer = '491510000000';
const timestamp = String(Math.floor(Date.now() / 1000));

/** A webhook as Meta sends it. */
function webhookOf(value: object): Buffer {
	const change = {
		field: 'messages',
		value: { messaging_product: 'whatsapp', metadata, ...value },
	};
	const entry = [{ id: '300000000000001', changes: [change] }];
	return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry }));
}

const messageOf = (name: string): Buffer => {
	const text = { body: 'Is the blue one in stock?' };
	return webhookOf({
		contacts: [{ profile: { name: 'Customer' }, wa_id: customer }],
		messages: [{ id: `wamid.${name}`, from: customer, timestamp, type: 'text', text }],
	});
};

const statusOf = (name: string, status: string): Buffer =>
	webhookOf({
		statuses: [{ id: `wamid.${name}`, status, timestamp, recipient_id: customer }],
	});

/** @returns how long the answer took, in milliseconds */
async function deliver(url: string, body: Buffer): Promise<number> {
	const digest = createHmac('sha256', appSecret).update(body).digest('hex');
	const start = performance.now();
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${digest}` },
		body: new Uint8Array(body),
	});
	await answer.text();
	if (answer.status !== 200) throw new Error(`${url} answered with ${answer.status}`);
	return performance.now() - start;
}

async function deliverAll(url: string, webhooks: readonly Buffer[]): Promise<void> {
	const queue = [...webhooks];
	const worker = async () => {
		for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
			await deliver(url, next);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Waits until n8n serves the address, some time after it confirms the activation. */
async function answered({ name, url }: Contestant): Promise<void> {
	const deadline = Date.now() + limitMs;
	for (;;) {
		const answer = await fetch(url, { method: 'POST', body: '{}' });
		await answer.text();
		if (answer.status !== 404) return;
		if (Date.now() > deadline) throw new Error(`${name} is not there: ${url}`);
		await sleep(pollMs);
	}
}

/** Queries n8n's database: its API returns 50 executions at a time and affects the measurement. */
function query(file: string, sql: string, ...values: string[]): Record<string, unknown>[] {
	const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
	try {
		return database.prepare(sql).all(...values);
	} finally {
		database.close();
	}
}

const n8nDatabase = ({ folder }: Testbed): string => join(folder, '.n8n', 'database.sqlite');

/** Waits until no execution of the workflow is running. */
async function idle(testbed: Testbed, workflowId: string): Promise<void> {
	const deadline = Date.now() + limitMs;
	const sql = `SELECT count(*) AS count FROM execution_entity
		WHERE workflowId = ? AND status IN ('new', 'running')`;
	for (;;) {
		const [row] = query(n8nDatabase(testbed), sql, workflowId);
		if (row?.['count'] === 0) return;
		if (Date.now() > deadline) throw new Error(`The executions of ${workflowId} do not end`);
		await sleep(pollMs);
	}
}

/** The number of executions that each message started, by its ID. */
function executionsByEvent(testbed: Testbed, workflowId: string): Map<string, number> {
	const sql = `SELECT d.data FROM execution_entity e JOIN execution_data d ON d.executionId = e.id
		WHERE e.workflowId = ? AND e.status = 'success'`;
	const counts = new Map<string, number>();
	for (const { data } of query(n8nDatabase(testbed), sql, workflowId)) {
		const ids = new Set(String(data).match(/wamid\.[\w.-]+/g));
		for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}

function recordedMessages({ folder }: Testbed, prefix: string): number {
	const file = join(folder, '.n8n', 'whatsapp-cloud', 'state.sqlite');
	const sql = `SELECT count(*) AS count FROM messages WHERE message_id LIKE ?
		AND sent_at IS NOT NULL AND delivered_at IS NOT NULL AND read_at IS NOT NULL`;
	return Number(query(file, sql, `${prefix}%`)[0]?.['count']);
}

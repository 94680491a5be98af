import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import type { PostgresServer } from '../postgres';
import { until } from '../until';

/** A message that an execution began with. */
interface StartedMessage {
	id: string;
	phoneNumberId: string;
	/** The person who wrote it. */
	from: string;
	/** Meta's time, in milliseconds since 1970. */
	writtenAt: number;
}

/** An execution that a trigger emitted, as n8n's database stores it. */
export interface EmittedExecution {
	id: number;
	workflowId: string;
	status: string;
	/** The batch of events that it was emitted for. */
	batchId: string;
	/** When the batch was received and when n8n stored the execution, in milliseconds since 1970. */
	receivedAt: number;
	createdAt: number;
	/** What it claimed; empty if another execution had claimed it, or before it has ended. */
	messages: StartedMessage[];
}

type Row = Record<string, unknown>;

/** Runs a query; the databases of n8n and of the package's state are asked alike. */
type Query = (sql: string) => Promise<Row[]>;

/** The databases of an n8n: its own, and the package's state. */
export interface Databases {
	n8n: Query;
	state: Query;
}

/** The files of an n8n that keeps everything in its folder. */
export function databaseFiles(folder: string): Databases {
	const query =
		(...path: string[]): Query =>
		async (sql) => {
			const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
			const file = join(folder, '.n8n', ...path);
			const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
			try {
				return await Promise.resolve(database.prepare(sql).all());
			} finally {
				database.close();
			}
		};
	return { n8n: query('database.sqlite'), state: query('whatsapp-cloud', 'state.sqlite') };
}

/** The schemas of an n8n that keeps everything in one PostgreSQL database. */
export function databaseSchemas(server: PostgresServer): Databases {
	const query =
		(schema: string): Query =>
		async (sql) => {
			const rows = `SELECT coalesce(json_agg(o), '[]') FROM (${sql}) o`;
			return JSON.parse(await server.sql(`SET search_path TO ${schema}; ${rows}`)) as Row[];
		};
	return { n8n: query('public'), state: query('whatsapp_cloud') };
}

/** A batch's ID, as the trigger's input has it, which n8n keeps until an execution has ended. */
const batchIdPattern = /[0-9a-z]{9}-[0-9a-z]{6}-[0-9a-f]{8}/;

/** A batch's ID begins with the time at which it was received. */
const timeOf = (batchId: string): number => parseInt(batchId.slice(0, 9), 36);

/** Which batch of a workflow each message was in, as the state recognises what it has received. */
async function batchesOf(
	{ state }: Databases,
	workflowId: string,
): Promise<(message: StartedMessage) => string | undefined> {
	const [listener] = await state(
		`SELECT listener_id FROM listeners WHERE workflow_id = '${workflowId}' AND is_test = 0`,
	);
	const events = await state('SELECT event_id, claim_id FROM events');
	const batches = new Map(
		events.map(({ event_id, claim_id }) => [String(event_id), String(claim_id)]),
	);
	return ({ id, phoneNumberId }) => {
		const key = `${String(listener?.['listener_id'])}\nmessage:${phoneNumberId}:${id}`;
		const hash = createHash('sha256').update(key).digest();
		return batches.get(hash.subarray(0, 18).toString('base64url'));
	};
}

/**
 * The executions of a workflow that its trigger emitted, in n8n's order, except those that have
 * ended without events.
 */
async function emittedExecutions(
	databases: Databases,
	workflowId: string,
): Promise<EmittedExecution[]> {
	const batchOf = await batchesOf(databases, workflowId);
	const rows = await databases.n8n(
		`SELECT e.id, e.status, e."createdAt" AS created, d.data
		FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id
		WHERE e."workflowId" = '${workflowId}' ORDER BY e.id`,
	);
	return rows.flatMap((row) => {
		const status = String(row['status']);
		const messages = status === 'success' ? messagesIn(String(row['data'])) : [];
		const [first] = messages;
		const [waiting] = batchIdPattern.exec(String(row['data'])) ?? [];
		const batchId = first === undefined ? waiting : batchOf(first);
		if (batchId === undefined) return [];
		return {
			id: Number(row['id']),
			workflowId,
			status,
			batchId,
			receivedAt: timeOf(batchId),
			createdAt: Date.parse(`${String(row['created']).replace(' ', 'T').slice(0, 23)}Z`),
			messages,
		};
	});
}

function messagesIn(data: string): StartedMessage[] {
	const items = nodeRuns(data)['WhatsApp Cloud Trigger']?.at(-1)?.outputs[0] ?? [];
	return items.map(({ json }) => ({
		id: String(json['id']),
		phoneNumberId: String(json['phoneNumberId']),
		from: String((json['contact'] as Row)['id']),
		writtenAt: Date.parse(String(json['timestamp'])),
	}));
}

/** How many executions that triggers have emitted have succeeded, in all workflows. */
export async function countSucceeded({ n8n }: Databases): Promise<number> {
	const [row] = await n8n(
		`SELECT COUNT(*) AS n FROM execution_entity
		WHERE status = 'success' AND mode = 'trigger'`,
	);
	return Number(row?.['n']);
}

/**
 * The batches of executions that have begun and not ended: had claimed their events. Meant for an
 * n8n that was killed.
 */
export async function begunBatches(
	databases: Databases,
	workflowIds: readonly string[],
): Promise<string[]> {
	const unclaimed = new Set(await unclaimedBatches(databases));
	const executions = await Promise.all(
		workflowIds.map(async (id) => await emittedExecutions(databases, id)),
	);
	return executions
		.flat()
		.filter(({ status }) => status === 'new' || status === 'running')
		.map(({ batchId }) => batchId)
		.filter((batchId) => !unclaimed.has(batchId));
}

/** The batches that no execution has claimed yet. */
export async function unclaimedBatches({ state }: Databases): Promise<string[]> {
	const rows = await state(`SELECT batch_id FROM deliveries WHERE state <> 'claimed'`);
	return rows.map(({ batch_id }) => String(batch_id));
}

/** How many events have not started their execution, or have not left the state yet. */
export async function keptEvents({ state }: Databases): Promise<number> {
	const [row] = await state(
		`SELECT (SELECT COUNT(*) FROM deliveries) + (SELECT COUNT(*) FROM inbox_events) AS n`,
	);
	return Number(row?.['n']);
}

/** How many events were received, for all workflows together, and in how many batches. */
export async function receivedEvents({
	state,
}: Databases): Promise<{ batches: number; events: number }> {
	const [row] = await state(
		`SELECT COUNT(DISTINCT claim_id) AS batches, COUNT(*) AS events FROM events`,
	);
	return { batches: Number(row?.['batches']), events: Number(row?.['events']) };
}

/**
 * The messages that began before an older one of the same person, although that one had been
 * received long before. What arrives late may begin late.
 *
 * @param lateMs how long before the newer one's execution a message counts as received in time
 */
export function overtakers(executions: readonly EmittedExecution[], lateMs: number): string[] {
	const begun = executions.flatMap((execution) =>
		execution.messages.map((message) => ({ execution, message })),
	);
	return begun.flatMap((newer, index) =>
		begun
			.slice(index + 1)
			.filter(
				(older) =>
					older.message.from === newer.message.from &&
					older.message.writtenAt < newer.message.writtenAt &&
					older.execution.receivedAt + lateMs < newer.execution.createdAt,
			)
			.map((older) => `${newer.message.id} began before ${older.message.id}`),
	);
}

/**
 * What became of a workflow's messages: each batch holds one of them.
 *
 * @param excused batches whose execution was killed after it had begun
 */
export function outcomeOf(
	executions: readonly EmittedExecution[],
	excused: ReadonlySet<string>,
): { messageIds: string[]; repeated: string[]; lost: number; lostUnexcused: string[] } {
	const begun = executions.filter(({ messages }) => messages.length > 0);
	const ids = begun.flatMap(({ messages }) => messages.map(({ id }) => id));
	const done = new Set(begun.map(({ batchId }) => batchId));
	const lost = new Set(
		executions.map(({ batchId }) => batchId).filter((batchId) => !done.has(batchId)),
	);
	return {
		messageIds: [...new Set(ids)],
		repeated: ids.filter((id, index) => ids.indexOf(id) !== index),
		lost: lost.size,
		lostUnexcused: [...lost].filter((batchId) => !excused.has(batchId)),
	};
}

/** All executions of a workflow, once one of each batch has succeeded, but for those excused. */
export async function endedExecutions(
	databases: Databases,
	workflowId: string,
	excused: ReadonlySet<string>,
): Promise<EmittedExecution[]> {
	return await until('each batch has an execution that has ended', async () => {
		const executions = await emittedExecutions(databases, workflowId);
		return outcomeOf(executions, excused).lostUnexcused.length === 0 ? executions : null;
	});
}

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Testbed } from '../testbed.ts';
import type { Contestant } from './contestants.ts';

const pollMs = 50;

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

/** How many executions of the workflow have succeeded, and how many there are. */
export function countExecutions(
	testbed: Testbed,
	workflowId: string,
): { succeeded: number; all: number } {
	const sql = `SELECT count(*) AS count, coalesce(sum(status = 'success'), 0) AS succeeded
		FROM execution_entity WHERE workflowId = ?`;
	const [row] = query(n8nDatabase(testbed), sql, workflowId);
	return { succeeded: Number(row?.['succeeded']), all: Number(row?.['count']) };
}

/** When the workflow's last execution ended, in milliseconds since 1970. */
export function lastEnd(testbed: Testbed, workflowId: string): number {
	const sql = 'SELECT max(stoppedAt) AS stopped FROM execution_entity WHERE workflowId = ?';
	const stopped = query(n8nDatabase(testbed), sql, workflowId)[0]?.['stopped'];
	if (typeof stopped !== 'string') throw new Error(`No execution of ${workflowId} has ended`);
	return Date.parse(`${stopped.replace(' ', 'T')}Z`);
}

/** Waits until so many executions have succeeded. @throws Error if they do not within the time */
export async function succeeded(
	{ testbed, name, workflowId }: Contestant,
	count: number,
	withinMs: number,
): Promise<void> {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const counts = countExecutions(testbed, workflowId);
		if (counts.succeeded >= count) return;
		if (Date.now() > deadline) {
			throw new Error(`${name}: not ${count} executions, but ${JSON.stringify(counts)}`);
		}
		await sleep(pollMs);
	}
}

/** The number of executions that each message started, by its ID. */
export function executionsByEvent(testbed: Testbed, workflowId: string): Map<string, number> {
	const sql = `SELECT d.data FROM execution_entity e JOIN execution_data d ON d.executionId = e.id
		WHERE e.workflowId = ? AND e.status = 'success'`;
	const counts = new Map<string, number>();
	for (const { data } of query(n8nDatabase(testbed), sql, workflowId)) {
		const ids = new Set(String(data).match(/wamid\.[\w.-]+/g));
		for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}

const stateFile = ({ folder }: Testbed): string =>
	join(folder, '.n8n', 'whatsapp-cloud', 'state.sqlite');

/** How many messages have all three statuses in the state. */
export function recordedMessages(testbed: Testbed, prefix: string): number {
	const sql = `SELECT count(*) AS count FROM messages WHERE message_id LIKE ?
		AND sent_at IS NOT NULL AND delivered_at IS NOT NULL AND read_at IS NOT NULL`;
	return Number(query(stateFile(testbed), sql, `${prefix}%`)[0]?.['count']);
}

/** How many events have not started their execution. */
export function waitingEvents(testbed: Testbed): number {
	const sql = 'SELECT count(*) AS count FROM deliveries';
	return Number(query(stateFile(testbed), sql)[0]?.['count']);
}

/** Whether a workflow's trigger gets what arrives at the others of its app. */
export function isListening(testbed: Testbed, workflowId: string): boolean {
	const sql = 'SELECT count(*) AS count FROM listeners WHERE workflow_id = ?';
	return Number(query(stateFile(testbed), sql, workflowId)[0]?.['count']) > 0;
}

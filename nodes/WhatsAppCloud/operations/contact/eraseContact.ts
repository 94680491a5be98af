import { randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import { markOf } from '../../graph/identifiers';
import { defineOperation } from '../../node/operation';
import { requireStore } from '../../node/requireStore';
import { unclosedStates } from '../../store/questions/questionStore';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { requiredId } from '../../values/id';
import { isoTime } from '../../values/timestamp';
import { truth } from '../../values/truth';
import { contactField, allKeysOf, personOf, type Person } from './person';

/** How long executions that wait for the person's answer get to go on. */
const endsWithinMs = 5_000;
const lookEachMs = 100;

/** Erases everything that is kept about a person. */
export const eraseContact = defineOperation({
	name: 'Erase',
	action: 'Erase contact',
	description: 'Delete everything that the state keeps about a person. This cannot be undone.',
	fields: [
		contactField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Compact the State',
					name: 'compact',
					type: 'boolean',
					default: true,
					description:
						'Whether to write the database anew afterwards, so that no deleted bytes are left in it. With many items, do so only for the last.',
				},
			],
		},
	],
	schema: z.object({
		contact: requiredId(256),
		options: z.object({ compact: truth.default(true) }).prefault({ compact: true }),
	}),
	outputSchema: {
		receiptId: 'string',
		erasedAt: 'string',
		rows: 'integer',
		byTable: { messages: 'integer' },
		questionsLeft: 'integer',
		compacted: 'boolean',
	},
	concurrency: 1,
	async execute(run, { contact, options }) {
		const store = await requireStore(run);
		const person = personOf(run.account, contact);
		const keys = await allKeysOf(store, person);
		const inWebhooks = keys.map((key) => key.replace(/^\+/, ''));
		const all = { accountKey: person.accountKey, keys, inWebhooks };
		const isWaited = await cancelQuestions(store, person, keys);
		// What Meta repeats of the time before must bring nothing back. Without a secret, a mark would
		// hide nothing, and no trigger receives.
		const isSecret = run.account.appSecret !== '';
		const marks = isSecret ? keys.map((key) => markOf(run.account, key)) : [];
		const erasedAt = systemClock.now();
		const byTable = await store.people.erase(all, marks, erasedAt);
		let left = await store.people.read(all);
		// Executions that waited for the person go on now, and let go of their questions.
		for (let waited = 0; left.length > 0 && isWaited && waited < endsWithinMs;) {
			await systemClock.sleep(lookEachMs);
			waited += lookEachMs;
			// The first round has left the marks.
			add(byTable, await store.people.erase(all, [], erasedAt));
			left = await store.people.read(all);
		}
		return {
			receiptId: randomUUID(),
			erasedAt: isoTime(erasedAt),
			rows: Object.values(byTable).reduce((sum, rows) => sum + rows, 0),
			byTable,
			questionsLeft: left.length,
			compacted: options.compact ? await store.people.compact() : false,
		};
	},
});

/** Cancels what the person is asked. @returns whether executions may wait for it */
async function cancelQuestions(
	{ questions }: Store,
	{ accountKey }: Person,
	keys: readonly string[],
): Promise<boolean> {
	const open: string[] = [];
	for (const personKey of keys) {
		const filter = { accountKey, personKey, states: unclosedStates, limit: 1_000 };
		const { entries } = await questions.list(filter);
		open.push(...entries.map(({ questionId }) => questionId));
	}
	if (open.length === 0) return false;
	await questions.cancel(accountKey, open, systemClock.now());
	return true;
}

function add(sums: Record<string, number>, more: Readonly<Record<string, number>>): void {
	for (const [table, rows] of Object.entries(more)) sums[table] = (sums[table] ?? 0) + rows;
}

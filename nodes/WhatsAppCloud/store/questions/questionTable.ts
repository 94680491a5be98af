import { once, type Database } from '../engine/database';
import { encodeInteger, encodeKey, encodeText, requireWithin } from '../engine/encode';
import { maxLeaseMs } from '../store';
import { findQuestions, openForPeople } from './questionLookUp';
import { listQuestions, readBacklog } from './questionList';
import { encodeNew } from './questionRow';
import type { QuestionStore } from './questionStore';
import { cancelQuestions, pokeWaits, takeTurns, waitsInLine } from './turns';
import { endWait, holdWait, postponeStatement, startWait, takeDue, updateWait } from './waits';

export function createQuestionStore(database: Database): QuestionStore {
	return {
		async start(wait, questions, now) {
			const wait_id = encodeKey(wait.waitId, 'waitId');
			const account_key = encodeKey(wait.accountKey, 'accountKey');
			const row = {
				wait_id,
				app_key: encodeKey(wait.appKey, 'appKey'),
				workflow_id: encodeKey(wait.workflowId, 'workflowId'),
				execution_id: encodeKey(wait.executionId, 'executionId'),
				node_id: encodeKey(wait.nodeId, 'nodeId'),
				node_name: encodeText(wait.nodeName),
				resume_url: encodeText(wait.resumeUrl),
				content: encodeText(wait.content),
			};
			const asked = questions.map(({ whenAsked, ...question }) => ({
				row: encodeNew(question, wait_id, account_key),
				whenAsked,
			}));
			const time = encodeInteger(now, 'now');
			return await database.run('transaction', () => startWait(row, asked, time));
		},

		async takeTurns(questionIds) {
			return await database.run('transaction', () => takeTurns(questionIds));
		},

		async openFor(accountKey, personKeys) {
			const account_key = encodeKey(accountKey, 'accountKey');
			return await database.run('read', () => openForPeople(account_key, personKeys));
		},

		find: async (questionIds) => await database.run('read', () => findQuestions(questionIds)),

		async poke(waitIds) {
			await database.run('transaction', () => pokeWaits(waitIds));
		},

		async take({ appKey, leaseMs, limit }, now) {
			const values = {
				app_key: encodeKey(appKey, 'appKey'),
				called_until: leaseEnd(leaseMs, now),
				limit_count: requireWithin(limit, 1, 1_000, 'limit'),
				now: encodeInteger(now, 'now'),
			};
			return await database.run('transaction', () => takeDue(values));
		},

		async postpone(waitId, dueAt) {
			const values = {
				wait_id: encodeKey(waitId, 'waitId'),
				due_at: encodeInteger(dueAt, 'dueAt'),
			};
			await database.run('steps', () => once(postponeStatement, values));
		},

		async hold(waitId, owner, leaseMs, now) {
			const values = {
				wait_id: encodeKey(waitId, 'waitId'),
				owner: encodeKey(owner, 'owner'),
				held_until: leaseEnd(leaseMs, now),
				now: encodeInteger(now, 'now'),
			};
			return await database.run('transaction', () => holdWait(values));
		},

		async update(waitId, owner, changes, now) {
			const held = { wait_id: encodeKey(waitId, 'waitId'), owner: encodeKey(owner, 'owner') };
			const time = encodeInteger(now, 'now');
			return await database.run('transaction', () => updateWait(held, changes, time));
		},

		async end(waitId, now) {
			const wait_id = encodeKey(waitId, 'waitId');
			const time = encodeInteger(now, 'now');
			await database.run('transaction', () => endWait(wait_id, time));
		},

		async cancel(accountKey, questionIds, now) {
			const account_key = encodeKey(accountKey, 'accountKey');
			const time = encodeInteger(now, 'now');
			return await database.run('transaction', function* () {
				const cancelled = yield* cancelQuestions(account_key, questionIds, time);
				const next = yield* waitsInLine(cancelled.questionIds);
				yield* pokeWaits([...cancelled.waitIds, ...next]);
				return cancelled.questionIds;
			});
		},

		list: async (request) => await listQuestions(database, request),

		backlog: async (appKey) => await readBacklog(database, appKey),

		onDue: (wake) => database.listen('waits', wake),
	};
}

/** @throws RangeError if the lease is too long */
const leaseEnd = (leaseMs: number, now: number): number =>
	encodeInteger(now + requireWithin(leaseMs, 0, maxLeaseMs, 'leaseMs'), 'leaseMs');

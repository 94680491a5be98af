import { onRows, once, type Work } from '../engine/database';
import { encodeOptionalInteger, readNumber, readText } from '../engine/encode';
import { columnList, columnsOf, type Row, type Statement } from '../engine/statement';
import { removeDeliveries } from '../removeDeliveries';
import { maxLeaseMs } from '../store';
import { minuteMs } from '../../time/durations';
import { changingColumns, encodeChanging, readQuestion } from './questionRow';
import {
	isUnclosed,
	questionListener,
	type DueWait,
	type HeldWait,
	type QuestionStore,
	type ReceivedAnswer,
	type StoredQuestion,
} from './questionStore';
import { takeOver } from './takeOver';
import { closeQuestions, insertQuestions, pokeWaits, waitsInLine, type QuestionRow } from './turns';

const waitColumns = {
	wait_id: 'text',
	app_key: 'text',
	workflow_id: 'text',
	execution_id: 'text',
	node_id: 'text',
	node_name: 'text',
	resume_url: 'text',
	content: 'text',
} as const;

/** If nobody says by then what is due next, the execution may have been killed while it asked. */
const askedWithinMs = 2 * minuteMs;

const startStatement: Statement = {
	rows: waitColumns,
	values: { now: 'integer' },
	sql: ({ table, rows, value }) => `
		INSERT INTO ${table('waits')} AS w (${columnList(Object.keys(waitColumns))}, state, due_at,
			calls, called_until, owner, held_until, created_at, updated_at)
		SELECT ${columnsOf('r', Object.keys(waitColumns))}, 'waiting',
			${value('now')} + ${askedWithinMs}, 0, 0, '', 0, ${value('now')}, ${value('now')}
		FROM ${rows} WHERE true
		ON CONFLICT (wait_id) DO UPDATE SET
			resume_url = excluded.resume_url, execution_id = excluded.execution_id,
			content = CASE WHEN w.state = 'ended' THEN excluded.content ELSE w.content END,
			state = 'waiting'`,
};

const questionsStatement: Statement = {
	rows: null,
	values: { wait_id: 'text' },
	sql: ({ table, value }) => `
		SELECT q.* FROM ${table('questions')} q WHERE q.wait_id = ${value('wait_id')}
		ORDER BY q.item_index, q.place`,
};

/** An execution waits once at a time, so what its node has waited for before is over. */
const earlierStatement: Statement = {
	rows: null,
	values: { wait_id: 'text', workflow_id: 'text', execution_id: 'text', node_id: 'text' },
	sql: ({ table, value }) => `
		SELECT w.wait_id FROM ${table('waits')} w
		WHERE w.execution_id = ${value('execution_id')} AND w.state <> 'ended'
			AND w.workflow_id = ${value('workflow_id')} AND w.node_id = ${value('node_id')}
			AND w.wait_id <> ${value('wait_id')}
		ORDER BY w.wait_id`,
};

export function* startWait(
	wait: Row & { wait_id: string; workflow_id: string; execution_id: string; node_id: string },
	questions: readonly QuestionRow[],
	now: number,
): Work<StoredQuestion[]> {
	const { wait_id, workflow_id, execution_id, node_id } = wait;
	const earlier = { wait_id, workflow_id, execution_id, node_id };
	for (const row of yield* once(earlierStatement, earlier)) {
		yield* endWait(readText(row, 'wait_id'), now);
	}
	yield* onRows(startStatement, [wait], { now });
	const left = yield* takeOver(
		wait_id,
		questions.map(({ row }) => row),
	);
	for (const other of left) {
		const rest = yield* once(questionsStatement, { wait_id: other });
		if (rest.length === 0) yield* endWait(other, now);
	}
	const others = yield* insertQuestions(questions, now);
	yield* pokeWaits([...left, ...others]);
	return (yield* once(questionsStatement, { wait_id })).map(readQuestion);
}

const takeStatement: Statement = {
	rows: null,
	values: { app_key: 'text', called_until: 'integer', limit_count: 'integer', now: 'integer' },
	sql: ({ table, value, skipLocked, changed }) => `
		WITH due AS MATERIALIZED (
			SELECT w.wait_id FROM ${table('waits')} w
			WHERE w.app_key = ${value('app_key')} AND w.due_at <= ${value('now')}
				AND (w.called_until <= ${value('now')}
					OR w.called_until > ${value('now')} + ${maxLeaseMs})
			ORDER BY w.due_at, w.wait_id LIMIT ${value('limit_count')}${skipLocked('w')}
		)
		UPDATE ${table('waits')} AS w SET
			called_until = ${value('called_until')}, calls = w.calls + 1
		WHERE w.wait_id IN (SELECT wait_id FROM due)
		RETURNING ${changed('w')}wait_id, ${changed('w')}resume_url, ${changed('w')}calls`,
};

export function* takeDue(values: Row): Work<DueWait[]> {
	return (yield* once(takeStatement, values)).map((row) => ({
		waitId: readText(row, 'wait_id'),
		resumeUrl: readText(row, 'resume_url'),
		calls: readNumber(row, 'calls'),
	}));
}

/** What has become due meanwhile stays so. */
export const postponeStatement: Statement = {
	rows: null,
	values: { wait_id: 'text', due_at: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('waits')} AS w SET called_until = 0, due_at = ${value('due_at')}
		WHERE w.wait_id = ${value('wait_id')} AND w.state <> 'ended'`,
};

const holdStatement: Statement = {
	rows: null,
	values: { wait_id: 'text', owner: 'text', held_until: 'integer', now: 'integer' },
	sql: ({ table, value, changed }) => `
		UPDATE ${table('waits')} AS w SET
			owner = ${value('owner')}, held_until = ${value('held_until')}
		WHERE w.wait_id = ${value('wait_id')} AND w.state <> 'ended'
			AND (w.owner = ${value('owner')} OR w.held_until <= ${value('now')}
				OR w.held_until > ${value('now')} + ${maxLeaseMs})
		RETURNING ${changed('w')}content, ${changed('w')}state`,
};

const isHeldStatement: Statement = {
	rows: null,
	values: { wait_id: 'text' },
	sql: ({ table, value }) => `
		SELECT 1 AS n FROM ${table('waits')} w
		WHERE w.wait_id = ${value('wait_id')} AND w.state <> 'ended'`,
};

/** What has arrived and nobody has read yet. */
const answersStatement: Statement = {
	rows: null,
	values: { wait_id: 'text', listener: 'text' },
	sql: ({ table, value }) => `
		SELECT q.question_id, d.event_id, d.batch_id, d.occurred_at, d.received_at, d.place, e.content
		FROM ${table('questions')} q
		JOIN ${table('deliveries')} d ON d.listener_id = ${value('listener')} || q.question_id
		JOIN ${table('inbox_events')} e ON e.event_id = d.event_id
		WHERE q.wait_id = ${value('wait_id')}`,
};

function* unreadAnswers(wait_id: string): Work<ReceivedAnswer[]> {
	const rows = yield* once(answersStatement, { wait_id, listener: questionListener('') });
	return [...rows].sort(byTime).map(readAnswer);
}

function* eraseAnswers(answers: readonly ReceivedAnswer[]): Work<void> {
	yield* removeDeliveries(
		answers.map(({ batchId, eventId }) => ({ batch_id: batchId, event_id: eventId })),
	);
}

export function* holdWait(values: Row & { wait_id: string }): Work<HeldWait | 'held' | null> {
	const { wait_id } = values;
	const [wait] = yield* once(holdStatement, values);
	if (wait === undefined) {
		return (yield* once(isHeldStatement, { wait_id })).length > 0 ? 'held' : null;
	}
	const questions = (yield* once(questionsStatement, { wait_id })).map(readQuestion);
	return {
		waitId: wait_id,
		content: readText(wait, 'content'),
		isDecided: readText(wait, 'state') === 'decided',
		questions,
		answers: yield* unreadAnswers(wait_id),
	};
}

const readAnswer = (row: Row): ReceivedAnswer => ({
	questionId: readText(row, 'question_id'),
	batchId: readText(row, 'batch_id'),
	eventId: readText(row, 'event_id'),
	content: readText(row, 'content'),
});

function byTime(a: Row, b: Row): number {
	const columns = ['occurred_at', 'received_at', 'place'] as const;
	return columns.reduce(
		(order, column) => order || readNumber(a, column) - readNumber(b, column),
		0,
	);
}

/** Locks the wait, so that what arrives meanwhile makes it due afterwards. */
const ownStatement: Statement = {
	rows: null,
	values: { wait_id: 'text', owner: 'text', now: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('waits')} AS w SET updated_at = ${value('now')}
		WHERE w.wait_id = ${value('wait_id')} AND w.owner = ${value('owner')} AND w.state <> 'ended'
		RETURNING 1 AS n`,
};

/** Once all is decided, the call that found it hands it to n8n; if it is killed, another one follows. */
const takenWithinMs = 10_000;

const releaseStatement: Statement = {
	rows: null,
	values: { wait_id: 'text', state: 'text', due_at: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('waits')} AS w SET
			owner = '', held_until = 0, called_until = 0, calls = 0,
			state = ${value('state')}, due_at = ${value('due_at')}
		WHERE w.wait_id = ${value('wait_id')}`,
};

const changeColumns = { question_id: 'text', ...changingColumns } as const;

const changeStatement: Statement = {
	rows: changeColumns,
	values: {},
	sql: ({ table, rows }) => `
		UPDATE ${table('questions')} AS q SET
			${Object.keys(changingColumns)
				.map((column) => `${column} = r.${column}`)
				.join(', ')}
		FROM ${rows} WHERE q.question_id = r.question_id`,
};

type Changes = Parameters<QuestionStore['update']>[2];

const currentStatement: Statement = {
	rows: null,
	values: { wait_id: 'text' },
	sql: ({ table, value, forUpdate }) => `
		SELECT q.* FROM ${table('questions')} q WHERE q.wait_id = ${value('wait_id')}
		ORDER BY q.question_id${forUpdate('q')}`,
};

/** Whether somebody has closed a question while the wait was in hand: cancelled or replaced it. */
function* isClosedMeanwhile(wait_id: string, questions: readonly StoredQuestion[]): Work<boolean> {
	const states = new Map(questions.map(({ questionId, state }) => [questionId, state]));
	const current = (yield* once(currentStatement, { wait_id })).map(readQuestion);
	return current.some((each) => !isUnclosed(each) && states.get(each.questionId) !== each.state);
}

export function* updateWait(
	held: Row & { wait_id: string },
	{ questions, read, isDecided, dueAt }: Changes,
	now: number,
): Work<boolean> {
	if ((yield* once(ownStatement, { ...held, now })).length === 0) return false;
	if (yield* isClosedMeanwhile(held.wait_id, questions)) {
		yield* once(releaseStatement, { wait_id: held.wait_id, state: 'waiting', due_at: 0 });
		return false;
	}
	yield* onRows(changeStatement, questions.map(encodeChanging));
	yield* eraseAnswers(read);
	const isUnread = (yield* unreadAnswers(held.wait_id)).length > 0;
	yield* once(releaseStatement, {
		wait_id: held.wait_id,
		state: isDecided ? 'decided' : 'waiting',
		due_at: isDecided ? now + takenWithinMs : isUnread ? 0 : encodeOptionalInteger(dueAt, 'dueAt'),
	});
	const closed = questions.filter(({ closedAt }) => closedAt !== null);
	yield* pokeWaits(yield* waitsInLine(closed.map(({ questionId }) => questionId)));
	return true;
}

const endStatement: Statement = {
	rows: null,
	values: { wait_id: 'text', now: 'integer' },
	sql: ({ table, value }) => `
		UPDATE ${table('waits')} AS w SET state = 'ended', due_at = NULL, resume_url = '',
			content = '', updated_at = ${value('now')}
		WHERE w.wait_id = ${value('wait_id')} AND w.state <> 'ended'
		RETURNING 1 AS n`,
};

/** Ends a wait and erases its texts; questions that are still open are lost. */
export function* endWait(wait_id: string, now: number): Work<void> {
	if ((yield* once(endStatement, { wait_id, now })).length === 0) return;
	const questionIds = yield* closeQuestions(wait_id, now);
	yield* eraseAnswers(yield* unreadAnswers(wait_id));
	yield* pokeWaits(yield* waitsInLine(questionIds));
}

import type { QuestionState } from '../../../store/questions/questionStore';

/** Where questions stand, as the panel has it, by name. */
export const questionGroups = {
	answered: {
		name: 'Answered',
		states: ['answered'],
		description: 'The person has answered',
	},
	cancelled: {
		name: 'Cancelled',
		states: ['cancelled', 'replaced'],
		description: 'Cancelled, or replaced by a later question',
	},
	failed: {
		name: 'Failed',
		states: ['failed', 'lost'],
		description: 'Its message could not be sent, or its execution is gone',
	},
	open: {
		name: 'Open',
		states: ['queued', 'asking', 'open'],
		description: 'Waits for an answer, or for its turn',
	},
	optedOut: {
		name: 'Opted Out',
		states: ['optedOut'],
		description: 'The person wants no more messages',
	},
	settled: {
		name: 'Settled by Others',
		states: ['settled'],
		description: 'The answers of others were enough',
	},
	timedOut: {
		name: 'Timed Out',
		states: ['timedOut'],
		description: 'Nobody has answered in time',
	},
	exhausted: {
		name: 'Too Many Attempts',
		states: ['exhausted'],
		description: 'The answers fitted too often not',
	},
} as const satisfies Record<
	string,
	{ name: string; states: readonly QuestionState[]; description: string }
>;

export type QuestionGroup = keyof typeof questionGroups;

export const groupNames = Object.keys(questionGroups) as QuestionGroup[];

/** Without any group, all of them. */
export const statesOf = (groups: readonly QuestionGroup[]): QuestionState[] =>
	(groups.length === 0 ? groupNames : groups).flatMap((group) => [...questionGroups[group].states]);

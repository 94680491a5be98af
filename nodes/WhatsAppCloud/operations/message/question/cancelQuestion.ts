import { z } from 'zod/v4';
import { accountKeyOf } from '../../../graph/identifiers';
import { defineOperation } from '../../../node/operation';
import { requireStore } from '../../../node/requireStore';
import { requiredId } from '../../../values/id';
import { FieldProblem } from '../../../values/problem';
import { questionItem, questionShape } from './questionItem';
import { statesOf } from './questionStates';

/** Closes a question, so that its execution goes on without an answer. */
export const cancelQuestion = defineOperation({
	name: 'Cancel Question',
	action: 'Cancel question',
	description:
		'Close a question of Send and Wait for Response, whose execution goes on without an answer',
	fields: [
		{
			displayName: 'Question ID',
			name: 'questionId',
			type: 'string',
			default: '',
			required: true,
			hint: 'The <code>questionId</code> of an item of Get Questions',
		},
	],
	schema: z.object({ questionId: requiredId(255) }),
	outputSchema: { cancelled: 'boolean', ...questionShape },
	concurrency: 20,
	async execute(run, { questionId }) {
		const { account } = run;
		const store = await requireStore(run);
		const accountKey = accountKeyOf(account);
		const cancelled = await store.questions.cancel(accountKey, [questionId], Date.now());
		const one = { accountKey, states: statesOf([]), questionId, limit: 1 };
		const [question] = (await store.questions.list(one)).entries;
		if (question === undefined) {
			throw new FieldProblem(
				'Question ID',
				`"${questionId}" is no question of this account`,
				'Copy questionId from an item of Get Questions. What is older than three months has been deleted.',
			);
		}
		return { cancelled: cancelled.length > 0, ...questionItem(question, account) };
	},
});

import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

import { contactRulesField } from '../../contacts/panel/rulesField';
import { contactRulesSchema, type GivenRules } from '../../contacts/panel/rulesSchema';
import { readAt } from '../../values/schema/reading';
import { report, step } from '../../values/schema/singleStep';
import { objectOf } from '../../values/unknown';

/** A question goes another way by Ask By, and one that comes later may have nobody who waits for it. */
const notForQuestions = ['keepForResume', 'template'];
const otherWays = ['directSend', 'template'];

const optionsOf = ({ options = [] }: INodeProperties) =>
	options.filter((option) => 'displayName' in option) as INodeProperties[];

/** The rules of a send, without those that a question does not keep. */
export const askRulesField: INodeProperties = {
	...contactRulesField,
	description:
		'When a question, and what follows it, must not go. Then the node fails and says why.',
	options: optionsOf(contactRulesField)
		.filter(({ name }) => !notForQuestions.includes(name))
		.map((rule) =>
			rule.name === 'ifClosed'
				? {
						...rule,
						options: (rule.options ?? []).filter(
							(option) => !('value' in option && otherWays.includes(String(option.value))),
						),
						description:
							'What to do with a message if the person has not written in the last 24 hours; for a template, see Ask By. If that is not known, the message is tried.',
					}
				: rule,
		),
};

/** Checks these rules. */
export const askRulesSchema = step((value, context): GivenRules => {
	const { ifClosed } = objectOf(value);
	if (typeof ifClosed === 'string' && otherWays.includes(ifClosed)) {
		const problem = 'is for messages that ask nothing; set Ask By to a template instead';
		report(context, ['ifClosed'], problem, 'noChoice');
		return z.NEVER;
	}
	return readAt(contactRulesSchema, value, [], context) ?? z.NEVER;
});

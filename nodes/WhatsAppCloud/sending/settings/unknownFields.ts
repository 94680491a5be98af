import type { INodeProperties } from 'n8n-workflow';

import { choiceOf } from '../../values/choice';
import { numberOr } from '../../values/numbers';

/** The longest wait for a status webhook: a week. */
const maxGraceMinutes = 10_080;
const defaultGraceMinutes = 60;

interface Words {
	displayName: string;
	/** Name and description of the option that leaves the message open. */
	report: { name: string; description: string };
	description: string;
}

/** What to do with a message whose answer was lost and which no status has completed. */
export const onUnknownField = ({ displayName, report, description }: Words): INodeProperties => ({
	displayName,
	name: 'onUnknown',
	type: 'options',
	options: [
		{ name: report.name, value: 'report', description: report.description },
		{ name: 'Send Again', value: 'resend', description: 'The recipient may get it twice' },
		{ name: 'Treat as Failed', value: 'fail', description: 'A repeated run sends it again' },
	],
	default: 'report',
	description,
});

export const graceField: INodeProperties = {
	displayName: 'Wait for a Status',
	name: 'graceMinutes',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: maxGraceMinutes },
	default: defaultGraceMinutes,
	hint: 'In minutes',
	description:
		'How long to wait for a status that tells whether a message with a lost answer was sent',
};

/** Schema members for a collection with both fields. */
export const unknownShape = {
	onUnknown: choiceOf(['report', 'resend', 'fail']).default('report'),
	graceMinutes: numberOr(defaultGraceMinutes, {
		min: 0,
		max: maxGraceMinutes,
		unit: 'minutes',
		decimals: true,
	}),
};

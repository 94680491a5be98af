import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

import { APPROVE, DENY, SKIP } from '../../../questions/decide';
import type { Step } from '../../../questions/question';
import { maxButtonCharacters } from '../../../questions/stepMessage';
import { choiceOf } from '../../../values/choice';
import { requiredText } from '../../../values/schema/reading';
import { report } from '../../../values/schema/singleStep';
import { truth } from '../../../values/truth';
import { writtenFields, writtenShape } from '../otherText';
import { defineResponse, onlyStep } from '../responseType';

/** Meta's limit on a text with buttons below. */
const maxBodyCharacters = 1_024;

/** Why somebody has denied: what they write, or nothing. */
const reasonStep = ({
	reasonText,
	skipLabel,
}: {
	reasonText: string;
	skipLabel: string;
}): Step => ({
	name: 'denialReason',
	text: reasonText,
	retryText: '',
	onlyAfter: DENY,
	wanted: {
		kind: 'choice',
		options: [{ id: SKIP, title: skipLabel }],
		listButton: '',
		tapsOnly: false,
		otherText: 'accept',
	},
});

const labels = { approve: 'Approve', deny: 'Deny', skip: 'No reason' };

const label = (
	name: string,
	displayName: string,
	text: string,
): INodeProperties & { default: string } => ({
	displayName,
	name,
	type: 'string',
	default: text,
	hint: 'Up to 20 characters',
});

const reasonField: INodeProperties & { default: string } = {
	displayName: 'Question for the Reason',
	name: 'reasonText',
	type: 'string',
	default: 'Why not? Write a few words, or tap the button.',
	displayOptions: { show: { approvalType: ['double'], askReason: [true] } },
};

const labelSchema = (text: string) => requiredText(maxButtonCharacters).prefault(text);

/** Yes or no, by one tap. */
export const approval = defineResponse({
	name: 'Approval',
	description: 'One or two buttons: approve, or deny',
	fields: [
		{
			displayName: 'Buttons to Show',
			name: 'approvalType',
			type: 'options',
			options: [
				{ name: 'Approve and Deny', value: 'double' },
				{ name: 'Approve Only', value: 'single' },
			],
			default: 'double',
		},
		label('approveLabel', 'Approve Button', labels.approve),
		{
			...label('denyLabel', 'Deny Button', labels.deny),
			displayOptions: { show: { approvalType: ['double'] } },
		},
		...writtenFields,
		{
			displayName: 'Ask for a Reason After a Denial',
			name: 'askReason',
			type: 'boolean',
			default: false,
			description:
				'Whether somebody who denies is asked why. An agent reads the reason and can do better.',
			displayOptions: { show: { approvalType: ['double'] } },
		},
		reasonField,
		{
			...label('skipLabel', 'Button Without a Reason', labels.skip),
			displayOptions: { show: { approvalType: ['double'], askReason: [true] } },
		},
	],
	schema: z
		.object({
			approvalType: choiceOf(['double', 'single']).prefault('double'),
			approveLabel: labelSchema(labels.approve),
			denyLabel: labelSchema(labels.deny),
			...writtenShape,
			askReason: truth,
			reasonText: requiredText(maxBodyCharacters).prefault(reasonField.default),
			skipLabel: labelSchema(labels.skip),
		})
		.check(({ value: { approvalType, approveLabel, denyLabel }, issues }) => {
			if (approvalType === 'single' || approveLabel !== denyLabel) return;
			report(
				{ issues },
				['denyLabel'],
				`is "${denyLabel}" as Approve Button is; each must be different`,
			);
		}),
	ask: (values, texts) => {
		const { approvalType, approveLabel, denyLabel, tapsOnly, otherText } = values;
		const approve = { id: APPROVE, title: approveLabel };
		const deny = { id: DENY, title: denyLabel };
		const asks = onlyStep(texts, {
			kind: 'choice',
			options: approvalType === 'double' ? [approve, deny] : [approve],
			listButton: '',
			tapsOnly,
			otherText,
		});
		const hasReason = approvalType === 'double' && values.askReason;
		return hasReason ? { steps: [...asks.steps, reasonStep(values)] } : asks;
	},
});

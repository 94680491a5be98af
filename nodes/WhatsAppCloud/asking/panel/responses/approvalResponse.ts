import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

import { APPROVE, DENY } from '../../../questions/decide';
import { maxButtonCharacters } from '../../../questions/stepMessage';
import { choiceOf } from '../../../values/choice';
import { requiredText } from '../../../values/limits';
import { otherTextField, otherTextSchema } from '../otherText';
import { defineResponse, onlyStep } from '../responseType';

const labels = { approve: 'Approve', deny: 'Deny' };

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
		otherTextField,
	],
	schema: z.object({
		approvalType: choiceOf(['double', 'single']).prefault('double'),
		approveLabel: labelSchema(labels.approve),
		denyLabel: labelSchema(labels.deny),
		otherText: otherTextSchema,
	}),
	ask: ({ approvalType, approveLabel, denyLabel, otherText }, texts) => {
		const approve = { id: APPROVE, title: approveLabel };
		const deny = { id: DENY, title: denyLabel };
		return onlyStep(texts, {
			kind: 'choice',
			options: approvalType === 'double' ? [approve, deny] : [approve],
			listButton: '',
			otherText,
		});
	},
});

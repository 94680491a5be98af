import { defineGraphOperation } from '../../node/management/graphOperation';
import { phoneNumber } from '../../node/management/target';
import { choiceOf } from '../../values/choice';
import { optionalText, requiredText } from '../../values/schema/reading';
import { descriptionField, maxDescription, maxSubject, subjectField } from './groupFields';
import { groupPermission, product } from './groupTarget';

/**
 * Requests a group. Meta creates it a moment later and sends its ID and invite link by webhook.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference
 */
export const createGroup = defineGraphOperation({
	name: 'Create',
	action: 'Create group',
	description:
		'Ask for a new group. Its ID and invite link come to the trigger, as the event Group Created or Deleted with the same request ID.',
	permission: groupPermission,
	target: phoneNumber,
	fields: [
		{ ...subjectField, required: true },
		descriptionField,
		{
			displayName: 'Who May Join',
			name: 'joinApprovalMode',
			type: 'options',
			options: [
				{ name: 'Everyone With the Link', value: 'auto_approve' },
				{
					name: 'Whom You Approve',
					value: 'approval_required',
					description: 'Whoever opens the link asks to join',
				},
			],
			default: 'auto_approve',
		},
	],
	shape: {
		subject: requiredText(maxSubject),
		description: optionalText(maxDescription),
		joinApprovalMode: choiceOf(['auto_approve', 'approval_required']).default('auto_approve'),
	},
	request: ({ subject, description, joinApprovalMode }) => ({
		method: 'POST',
		edge: 'groups',
		json: {
			...product,
			subject,
			...(description === undefined ? {} : { description }),
			join_approval_mode: joinApprovalMode,
		},
	}),
	item: ({ request_id: requestId }, { subject }, { id }) => ({
		requestId: requestId ?? null,
		subject,
		phoneNumberId: id,
	}),
	outputSchema: { requestId: 'string', subject: 'string', phoneNumberId: 'string' },
});

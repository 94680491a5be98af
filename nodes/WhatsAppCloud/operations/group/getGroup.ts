import { defineGraphOperation, itemOf } from '../../node/management/graphOperation';
import { isoOfMeta } from '../../values/timestamp';
import { listIn } from '../../values/unknown';
import { group, groupPermission } from './groupTarget';
import { personItem, personShape } from './person';

const fields = [
	'subject',
	'description',
	'join_approval_mode',
	'suspended',
	'creation_timestamp',
	'total_participant_count',
	'participants',
];

/**
 * Looks up a group and who is in it.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference
 */
export const getGroup = defineGraphOperation({
	name: 'Get',
	action: 'Get group',
	description: 'Get a group with its participants',
	permission: groupPermission,
	target: group,
	shape: {},
	request: () => ({ method: 'GET', query: { fields: fields.join(',') } }),
	item({ creation_timestamp: createdAt, participants, ...answer }, _values, { id }) {
		const { subject, description, suspended, joinApprovalMode, totalParticipantCount } =
			itemOf(answer);
		return {
			groupId: id,
			subject: subject ?? null,
			description: description ?? null,
			joinApprovalMode: joinApprovalMode ?? null,
			isSuspended: suspended ?? null,
			createdAt: isoOfMeta(createdAt),
			participantCount: totalParticipantCount ?? null,
			participants: listIn(participants).map(personItem),
		};
	},
	outputSchema: {
		groupId: 'string',
		subject: 'string',
		description: 'string',
		joinApprovalMode: 'string',
		isSuspended: 'boolean',
		createdAt: 'string',
		participantCount: 'integer',
		participants: [personShape],
	},
});

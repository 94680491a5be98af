import { defineGraphList } from '../../node/management/graphList';
import { isoOfMeta } from '../../values/timestamp';
import { group, groupPermission } from './groupTarget';
import { personItem, personShape } from './person';

/** Lists who asks to join a group. */
export const getJoinRequests = defineGraphList({
	name: 'Get Join Requests',
	action: 'Get join requests of a group',
	description: 'List the people who ask to join a group',
	permission: groupPermission,
	target: group,
	shape: {},
	request: () => ({ edge: 'join_requests' }),
	item: (entry, _values, { id }) => ({
		joinRequestId: entry['join_request_id'] as string,
		...personItem(entry),
		requestedAt: isoOfMeta(entry['creation_timestamp']),
		groupId: id,
	}),
	outputSchema: {
		joinRequestId: 'string',
		...personShape,
		requestedAt: 'string',
		groupId: 'string',
	},
});

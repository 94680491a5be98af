import { defineGraphList } from '../../node/management/graphList';
import { phoneNumber } from '../../node/management/target';
import { isoOfMeta } from '../../values/timestamp';
import { groupPermission } from './groupTarget';

/** Lists the active groups of a number. */
export const getGroups = defineGraphList({
	name: 'Get Many',
	action: 'Get many groups',
	description: 'List the active groups of a phone number',
	permission: groupPermission,
	target: phoneNumber,
	shape: {},
	request: () => ({ edge: 'groups' }),
	item: ({ id, subject, created_at: createdAt }) => ({
		groupId: id as string,
		subject: subject ?? null,
		createdAt: isoOfMeta(createdAt),
	}),
	outputSchema: { groupId: 'string', subject: 'string', createdAt: 'string' },
});

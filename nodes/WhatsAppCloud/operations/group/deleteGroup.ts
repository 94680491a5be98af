import { defineGraphOperation } from '../../node/management/graphOperation';
import { group, groupPermission } from './groupTarget';

/** Deletes a group; everybody in it is removed. */
export const deleteGroup = defineGraphOperation({
	name: 'Delete',
	action: 'Delete group',
	description: 'Delete a group for good. Everybody in it is removed.',
	permission: groupPermission,
	target: group,
	shape: {},
	request: () => ({ method: 'DELETE' }),
	item: (_answer, _values, { id }) => ({ deleted: true, groupId: id }),
	outputSchema: { deleted: 'boolean', groupId: 'string' },
});

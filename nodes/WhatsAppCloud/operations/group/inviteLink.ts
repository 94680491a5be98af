import { defineGraphOperation } from '../../node/management/graphOperation';
import { group, groupPermission, product } from './groupTarget';

const outputSchema = { inviteLink: 'string', groupId: 'string' } as const;

const item = (
	{ invite_link: link }: Record<string, unknown>,
	_values: unknown,
	{ id }: { id: string },
) => ({ inviteLink: link ?? null, groupId: id });

/** The link by which people join. */
export const getInviteLink = defineGraphOperation({
	name: 'Get Invite Link',
	action: 'Get invite link of a group',
	description: 'Get the link by which people join a group',
	permission: groupPermission,
	target: group,
	shape: {},
	request: () => ({ method: 'GET', edge: 'invite_link' }),
	item,
	outputSchema,
});

/** A new link; all before it stop working. */
export const resetInviteLink = defineGraphOperation({
	name: 'Reset Invite Link',
	action: 'Reset invite link of a group',
	description: 'Make a new invite link. All links before it stop working.',
	permission: groupPermission,
	target: group,
	shape: {},
	request: () => ({ method: 'POST', edge: 'invite_link', json: product }),
	item,
	outputSchema,
});

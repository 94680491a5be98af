import { readParameter } from '../../../values/schema/reading';
import { requiredId } from '../../interactive/parts';
import { defineVariable } from './variableKind';

/**
 * The group that a template invites people to. Such templates come from Meta's library.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference
 */
export const groupId = defineVariable({
	name: 'Group ID',
	description: 'For a template with a group invitation',
	fields: [
		{
			displayName: 'Group ID',
			name: 'groupId',
			type: 'string',
			default: '',
			placeholder: 'e.g. Y2FwaV9ncm91cDox',
			description: 'The ID that Meta returned when the group was created',
		},
	],
	more: ['group_id'],
	read(values, problems) {
		const { groupId: given = values['group_id'] } = values;
		return readParameter(requiredId, { groupId: given }, 'groupId', problems) ?? null;
	},
	build: (value) => ({ group_id: value }),
	// Nobody reads it.
	shownText: () => '',
});

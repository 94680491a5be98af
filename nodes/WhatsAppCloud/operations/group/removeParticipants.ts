import { defineGraphOperation } from '../../node/management/graphOperation';
import { textList } from '../../values/list';
import { report } from '../../values/schema/singleStep';
import { parsePerson, recipientAddress } from '../../values/recipient';
import { group, groupPermission, product } from './groupTarget';

/** The most people in a group. */
const maxPeople = 8;

/**
 * Removes people from a group; they cannot come back by the invite link.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference
 */
export const removeParticipants = defineGraphOperation({
	name: 'Remove Participants',
	action: 'Remove participants of a group',
	description:
		'Remove people from a group. They cannot come back by the invite link. A webhook tells who is gone.',
	permission: groupPermission,
	target: group,
	fields: [
		{
			displayName: 'Participants',
			name: 'participants',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +1 555 123 4567, US.13491208655302741918',
			hint: 'Up to eight, separated by commas',
			description: 'Phone numbers or user IDs, or a list of them from an expression',
		},
	],
	shape: { participants: textList() },
	check({ participants }, problems) {
		const { length } = participants;
		if (length === 0) report(problems, ['participants'], 'is empty');
		if (length > maxPeople) {
			report(
				problems,
				['participants'],
				`can name at most ${maxPeople} people, but names ${length}`,
			);
		}
	},
	request: ({ participants }, { run }) => ({
		method: 'DELETE',
		edge: 'participants',
		json: {
			...product,
			participants: participants.map((person) => ({
				user: recipientAddress(parsePerson(person, run.account.defaultCountry, 'Participants')),
			})),
		},
	}),
	item: ({ request_id: requestId }, { participants }, { id }) => ({
		requestId: requestId ?? null,
		groupId: id,
		participants,
	}),
	outputSchema: { requestId: 'string', groupId: 'string', participants: ['string'] },
});

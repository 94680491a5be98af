import { defineGraphOperation } from '../../node/management/graphOperation';
import { partlyDone, type NotDone } from '../../node/management/partlyDone';
import { choiceOf } from '../../values/choice';
import { textList } from '../../values/list';
import { report } from '../../values/schema/singleStep';
import { listIn, objectOf } from '../../values/unknown';
import { group, groupPermission, product } from './groupTarget';

/** Somebody whose request was not answered, and Meta's reason. */
interface Failed extends NotDone {
	joinRequestId: string;
}

/**
 * Lets people in, or turns them away. If Meta answers only some of the requests, the error lists both.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference
 */
export const answerJoinRequests = defineGraphOperation({
	name: 'Answer Join Requests',
	action: 'Answer join requests of a group',
	description: 'Let people who ask to join a group in, or turn them away',
	permission: groupPermission,
	target: group,
	fields: [
		{
			displayName: 'Answer',
			name: 'answer',
			type: 'options',
			options: [
				{ name: 'Approve', value: 'approve' },
				{ name: 'Reject', value: 'reject', description: 'They may ask again' },
			],
			default: 'approve',
		},
		{
			displayName: 'Join Request IDs',
			name: 'joinRequestIds',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. MTY0NjcwNDM1OTU6MTIwMzYzNDA0Njk0MjMzODIw',
			hint: 'Several are separated by commas',
			description: 'From Get Join Requests or the trigger, or a list of them from an expression',
		},
	],
	shape: {
		answer: choiceOf(['approve', 'reject']).default('approve'),
		joinRequestIds: textList(/[,;\s]/),
	},
	check({ joinRequestIds }, problems) {
		if (joinRequestIds.length === 0) report(problems, ['joinRequestIds'], 'is empty');
	},
	request: ({ answer, joinRequestIds }) => ({
		method: answer === 'approve' ? 'POST' : 'DELETE',
		edge: 'join_requests',
		json: { ...product, join_requests: joinRequestIds },
	}),
	item(answered, _values, { id }) {
		const approved = listIn(answered['approved_join_requests']).map(String);
		const rejected = listIn(answered['rejected_join_requests']).map(String);
		const failed = listIn(answered['failed_join_requests']).map(readFailed);
		const item = { success: failed.length === 0, groupId: id, approved, rejected, failed };
		if (item.success) return item;
		throw partlyDone(
			{
				done: [...approved, ...rejected],
				notDone: failed.map(({ joinRequestId, ...why }) => ({ name: joinRequestId, ...why })),
				verb: 'answered',
				noun: 'join requests',
				advice:
					'Read the requests again with Get Join Requests; people may have taken them back, or the group is full.',
			},
			item,
		);
	},
	outputSchema: {
		success: 'boolean',
		groupId: 'string',
		approved: ['string'],
		rejected: ['string'],
		failed: [{ joinRequestId: 'string', code: 'integer', reason: 'string' }],
	},
});

function readFailed(entry: unknown): Failed {
	const { join_request_id: id, errors } = objectOf(entry);
	const { code, message, error_data: data } = objectOf(listIn(errors)[0]);
	const { details } = objectOf(data);
	const words = [details, message].find((each) => typeof each === 'string');
	return {
		joinRequestId: String(id),
		code: typeof code === 'number' ? code : null,
		reason: typeof words === 'string' ? words : 'Meta gives no reason',
	};
}

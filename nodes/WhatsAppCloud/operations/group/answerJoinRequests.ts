import type { IDataObject } from 'n8n-workflow';
import { defineGraphOperation } from '../../node/management/graphOperation';
import { choiceOf } from '../../values/choice';
import { textList } from '../../values/list';
import { report } from '../../values/limits';
import { Problem } from '../../values/problem';
import { listIn, objectOf } from '../../values/unknown';
import { group, groupPermission, product } from './groupTarget';

/** Somebody whose request was not answered, and Meta's reason. */
interface Failed extends IDataObject {
	joinRequestId: string;
	code: number | null;
	reason: string;
}

/**
 * Lets people in, or turns them away. Meta may answer some of the requests and not others: the item
 * lists both, and only if none was answered it is an error.
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
		const [first] = failed;
		if (first !== undefined && approved.length + rejected.length === 0) {
			const count = failed.length === 1 ? 'The request' : `None of the ${failed.length} requests`;
			throw new Problem(
				`${count} was ${failed.length === 1 ? 'not ' : ''}answered: ${first.reason}`,
				'Read the requests again with Get Join Requests; people may have taken them back, or the group is full.',
			);
		}
		return { groupId: id, approved, rejected, failed };
	},
	outputSchema: {
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

import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { arrived, intent, lease, sent, start, status, webhookOf } from '../samples';

export const DIGITS = '4915112345678';
export const NUMBER = `+${DIGITS}`;
export const USER = 'DE.77112233';
export const OTHER = '+4915199999999';
export const account = { accountKey: 'account' };
export const person = { ...account, keys: [NUMBER, USER], inWebhooks: [DIGITS, USER] };

/** Writes something into every table that holds people, about one person and another. */
export async function fill(store: Store): Promise<void> {
	const operations = [NUMBER, OTHER].map((recipientKey, index) =>
		intent(`op-${index}`, { ...account, recipientKey, body: `{"to":"${recipientKey}"}` }),
	);
	await store.outbox.enqueue(operations, lease(), start);
	await store.outbox.complete(
		operations.map(({ operationId }) => sent(operationId)),
		start,
	);
	await store.statuses.record(
		[
			// Meta does not always say to whom.
			{ ...status('wamid.op-0', 'delivered', start), ...account, recipientKey: null },
			{ ...status('wamid.else', 'read', start), ...account, recipientKey: USER },
			{ ...status('wamid.op-1', 'read', start), ...account, recipientKey: OTHER },
		],
		start,
	);
	for (const contactKey of [NUMBER, OTHER]) {
		const of = { ...account, contactKey, at: start };
		await store.contacts.record(
			[
				{ ...of, fact: 'profile', name: 'Ann', username: null },
				{
					...of,
					fact: 'consent',
					category: 'marketing',
					granted: false,
					source: 'Opt-out word',
					note: `"STOP" of ${contactKey}`,
				},
			],
			start,
		);
	}
	await store.contacts.link([{ ...account, waKey: NUMBER, userKey: USER, at: start }], start);
	await store.contacts.move(
		[{ ...account, oldKey: '+4915100000000', newKey: NUMBER, at: start }],
		start,
	);
	const event = (name: string, contactKey: string, from: string) =>
		arrived(name, { ...account, contactKey, content: JSON.stringify({ from }) });
	await store.inbox.receive(
		{
			...webhookOf([
				event('own', `2 ${USER}`, DIGITS),
				event('in a group', '2 group-1', DIGITS),
				event('of another', `2 ${OTHER}`, '4915199999999'),
			]),
			texts: {
				arrived: [NUMBER, USER, OTHER].map((contactKey) => ({
					...account,
					contactKey,
					phoneNumberId: '2',
					messageId: `wamid.of ${contactKey}`,
					author: 'contact' as const,
					content: 'sealed',
					at: start,
				})),
				changed: [],
			},
		},
		start,
	);
	await store.questions.start(
		{
			...account,
			waitId: 'w1',
			appKey: 'app',
			workflowId: 'w',
			executionId: 'e',
			nodeId: 'n',
			nodeName: 'Ask',
			resumeUrl: 'sealed',
			content: `to ${NUMBER}`,
		},
		[
			{
				questionId: 'q1',
				phoneNumberId: '2',
				personKey: NUMBER,
				itemIndex: 0,
				place: 0,
				content: `{"recipient":"${NUMBER}"}`,
				whenAsked: 'wait',
			},
		],
		start,
	);
}

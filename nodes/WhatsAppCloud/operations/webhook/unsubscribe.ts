import { z } from 'zod/v4';
import { optionalId } from '../../values/id';
import { openAccountStore } from '../../store/accountStore';
import { Subscriptions } from '../../graph/endpoints/subscriptions';
import { defineOperation } from '../../node/operation';
import { FieldProblem } from '../../values/problem';
import type { Run } from '../../node/run';
import { senderOf } from '../../node/sender';
import { placeNumberField, places, requirePart } from './place';

/** Takes an address away at Meta, ends the subscription of the app, or forgets a trigger. */
export const unsubscribe = defineOperation({
	name: 'Unsubscribe',
	action: 'Unsubscribe from webhooks',
	description:
		'Take an address away at Meta, end the subscription of the app, or forget a trigger that is gone',
	fields: [
		{
			displayName: 'Place',
			name: 'place',
			type: 'options',
			options: [
				{
					name: 'App',
					value: 'app',
					description: 'The callback and all fields of the app end',
				},
				{
					name: 'Business Account',
					value: 'businessAccount',
					description:
						'The address of the business account ends; the app stays subscribed, and its own callback counts',
				},
				{
					name: 'Phone Number',
					value: 'phoneNumber',
					description: 'The address of the number ends; that of the business account counts',
				},
				{
					name: 'Subscription of the App',
					value: 'subscription',
					description: 'Nothing of the business account comes to the app any more',
				},
				{
					name: 'Trigger',
					value: 'listener',
					description: 'Webhooks are no longer handed to a trigger that is gone',
				},
			],
			default: 'phoneNumber',
			description: 'What to end',
		},
		placeNumberField,
		{
			displayName: 'Listener ID',
			name: 'listenerId',
			type: 'string',
			displayOptions: { show: { place: ['listener'] } },
			default: '',
			description: 'As the operation Get Subscriptions gives it',
		},
	],
	schema: z.object({
		place: z
			.enum([...places, 'subscription', 'listener'], {
				error: 'must be one of app, businessAccount, phoneNumber, subscription, listener',
			})
			.default('phoneNumber'),
		phoneNumberId: optionalId(64),
		listenerId: optionalId(255),
	}),
	outputSchema: { deleted: 'boolean' },
	concurrency: 1,
	async execute(run, { place, phoneNumberId, listenerId }) {
		const { account } = run;
		const subscriptions = new Subscriptions(run.graph);
		switch (place) {
			case 'phoneNumber':
				await subscriptions.setPhoneNumberCallback(senderOf(run, phoneNumberId), null);
				break;
			case 'businessAccount':
				await subscriptions.subscribeApp(requirePart(account, 'businessAccountId'), null);
				break;
			case 'subscription':
				await subscriptions.unsubscribeApp(requirePart(account, 'businessAccountId'));
				break;
			case 'app':
				await subscriptions.deleteAppSubscription({
					appId: requirePart(account, 'appId'),
					appSecret: requirePart(account, 'appSecret'),
				});
				break;
			case 'listener':
				await forget(run, listenerId);
				break;
		}
		return { deleted: true };
	},
});

/** @throws FieldProblem where there is no such listener; StateProblem */
async function forget({ account }: Run, listenerId: string | undefined): Promise<void> {
	const store = await openAccountStore(account);
	const [wasThere = false] =
		listenerId === undefined ? [] : ((await store?.listeners.remove([listenerId])) ?? []);
	if (wasThere) return;
	throw new FieldProblem(
		'Listener ID',
		listenerId === undefined ? 'is empty' : 'belongs to no trigger that the state knows',
		'Take it from the item of the operation Get Subscriptions.',
	);
}

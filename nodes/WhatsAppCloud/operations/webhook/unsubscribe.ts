import { z } from 'zod/v4';
import { choiceOf } from '../../values/choice';
import { optionalId } from '../../values/id';
import { openAccountStore } from '../../store/accountStore';
import { Subscriptions } from '../../graph/endpoints/subscriptions';
import { defineOperation } from '../../node/operation';
import { report } from '../../values/schema/singleStep';
import { FieldProblem } from '../../values/problem';
import type { Run } from '../../node/run';
import { senderOf } from '../../node/sender';
import { requirePart } from '../../node/requirePart';
import { placeNumberField, places } from './place';

/** Removes a callback URL at Meta, ends the app's subscription, or forgets a trigger. */
export const unsubscribe = defineOperation({
	name: 'Unsubscribe',
	action: 'Unsubscribe from webhooks',
	description:
		"Remove a callback URL at Meta, end the app's subscription, or forget a trigger that is gone",
	permission: 'whatsapp_business_management',
	fields: [
		{
			displayName: 'Place',
			name: 'place',
			type: 'options',
			options: [
				{
					name: 'App',
					value: 'app',
					description: "Removes the app's callback URL and all its fields",
				},
				{
					name: 'App Subscription',
					value: 'subscription',
					description: 'The app no longer gets webhooks of the business account',
				},
				{
					name: 'Business Account',
					value: 'businessAccount',
					description:
						"Removes the business account's callback URL; the app stays subscribed, and its own callback URL applies",
				},
				{
					name: 'Phone Number',
					value: 'phoneNumber',
					description: "Removes the number's callback URL; that of the business account applies",
				},
				{
					name: 'Trigger',
					value: 'listener',
					description: 'Webhooks are no longer forwarded to a trigger that is gone',
				},
			],
			default: 'phoneNumber',
			description: 'What to remove',
		},
		placeNumberField,
		{
			displayName: 'Listener ID',
			name: 'listenerId',
			type: 'string',
			displayOptions: { show: { place: ['listener'] } },
			default: '',
			description: 'As returned by the operation Get Subscriptions',
		},
	],
	schema: z
		.object({
			place: choiceOf([...places, 'subscription', 'listener']).default('phoneNumber'),
			phoneNumberId: optionalId(64),
			listenerId: optionalId(255),
		})
		.check(({ value: { place, listenerId }, issues }) => {
			if (place !== 'listener' || listenerId !== undefined) return;
			report({ issues }, ['listenerId'], 'is empty; take it from the item of Get Subscriptions');
		}),
	outputSchema: { deleted: 'boolean', dropped: 'number' },
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
				return { deleted: true, dropped: await forget(run, listenerId) };
		}
		return { deleted: true };
	},
});

/**
 * @returns how many events were waiting for it, and are dropped
 * @throws FieldProblem if there is no such listener
 * @throws StateProblem if the database cannot be used
 */
async function forget({ account }: Run, listenerId = ''): Promise<number> {
	const store = await openAccountStore(account);
	const [wasThere = false] = (await store?.listeners.remove([listenerId])) ?? [];
	// What arrives at this moment may come after the trigger was looked up.
	if (store !== null && wasThere)
		return await store.inbox.drop(listenerId, Number.MAX_SAFE_INTEGER);
	throw new FieldProblem(
		'Listener ID',
		'is not the ID of a known trigger',
		'Take it from the item of the operation Get Subscriptions.',
	);
}

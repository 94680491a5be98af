import { z } from 'zod/v4';
import { optionalId } from '../../values/id';
import { checkLength } from '../../values/limits';
import { optionalText } from '../../values/schema/reading';
import { report } from '../../values/schema/singleStep';
import { fieldsFor } from '../../trigger/registration/metaFields';
import { MAX_OVERRIDE_URL_CHARACTERS, Subscriptions } from '../../graph/endpoints/subscriptions';
import { verifyTokenFor } from '../../graph/verifyToken';
import { defineOperation } from '../../node/operation';
import { senderOf } from '../../node/sender';
import { requirePart } from '../../node/requirePart';
import { textList } from '../../values/list';
import { optionalWebAddress } from '../../values/webAddress';
import { placeNumberField, placeSchema } from './place';

/**
 * Subscribes the app to the business account and sets a callback URL.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override/
 */
export const subscribe = defineOperation({
	name: 'Subscribe',
	action: 'Subscribe app to webhooks',
	description:
		'Subscribe the app to the business account and set its callback URL. A trigger with automatic registration does this itself.',
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
					description: 'One callback URL for the whole app',
				},
				{
					name: 'Business Account',
					value: 'businessAccount',
					description: 'A callback URL for all numbers of the business account',
				},
				{
					name: 'Phone Number',
					value: 'phoneNumber',
					description: 'A callback URL for one number',
				},
			],
			default: 'businessAccount',
			description: 'Where at Meta to set the callback URL',
		},
		placeNumberField,
		{
			displayName: 'Callback URL',
			name: 'callbackUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/…/webhook',
			description:
				'The production URL of a trigger, of up to 200 characters unless the place is App. Meta calls it at once. Leave empty to only subscribe the app, which also removes the callback URL of the business account.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Fields',
					name: 'fields',
					type: 'string',
					default: '',
					placeholder: 'e.g. messages, account_update',
					description:
						"Only if Place is App: Meta's webhook fields to subscribe to, separated by commas. Leave empty for the common ones.",
				},
				{
					displayName: 'Verify Token',
					name: 'verifyToken',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description:
						'What Meta sends to verify the callback URL. Leave empty for a trigger with the same credential.',
				},
			],
		},
	],
	schema: z
		.object({
			place: placeSchema.default('businessAccount'),
			phoneNumberId: optionalId(64),
			callbackUrl: optionalWebAddress,
			options: z.preprocess(
				(value) => value ?? {},
				z.object({ fields: textList(/[,\s]/), verifyToken: optionalText(1024) }),
			),
		})
		.check(({ value: { place, callbackUrl }, issues }) => {
			if (callbackUrl === undefined && place !== 'businessAccount') {
				const problem =
					'is empty; enter the production URL of a trigger, or choose the place Business Account';
				report({ issues }, ['callbackUrl'], problem);
			}
			if (callbackUrl !== undefined && place !== 'app') {
				checkLength(callbackUrl, MAX_OVERRIDE_URL_CHARACTERS, { issues }, ['callbackUrl']);
			}
		}),
	outputSchema: {
		success: 'boolean',
		place: 'string',
		businessAccountId: 'string',
		phoneNumberId: 'string',
		appId: 'string',
		callbackUrl: 'string',
		fields: ['string'],
	},
	concurrency: 1,
	async execute(run, { place, phoneNumberId, callbackUrl, options }) {
		const { account } = run;
		const subscriptions = new Subscriptions(run.graph);
		const callback =
			callbackUrl === undefined
				? null
				: {
						url: callbackUrl,
						verifyToken:
							options.verifyToken ?? verifyTokenFor(account.verifyToken, account.appSecret),
					};
		const businessAccountId = requirePart(account, 'businessAccountId');
		// The schema asks for a callback at the other places.
		if (place === 'businessAccount' || callback === null) {
			await subscriptions.subscribeApp(businessAccountId, callback);
			return { success: true, place, businessAccountId, callbackUrl: callback?.url ?? null };
		}
		const apps = await subscriptions.subscribedApps(businessAccountId);
		if (!apps.some(({ appId }) => appId === account.appId)) {
			await subscriptions.subscribeApp(businessAccountId, null);
		}
		if (place === 'phoneNumber') {
			const number = senderOf(run, phoneNumberId);
			await subscriptions.setPhoneNumberCallback(number, callback);
			return { success: true, place, phoneNumberId: number, callbackUrl: callback.url };
		}
		const app = {
			appId: requirePart(account, 'appId'),
			appSecret: requirePart(account, 'appSecret'),
		};
		const fields = options.fields.length === 0 ? fieldsFor(new Set()) : options.fields;
		await subscriptions.setAppSubscription(app, callback, fields);
		return { success: true, place, appId: app.appId, callbackUrl: callback.url, fields };
	},
});

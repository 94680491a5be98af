import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { choiceOf } from '../../../values/choice';
import { readAt } from '../../../values/schema/reading';
import type { Problems } from '../../../values/schema/singleStep';
import { isObject, objectOf } from '../../../values/unknown';

/** How a template goes through the Marketing Messages API. */
export interface Marketing {
	/** With `enabled`, only a marketing template of an account that has joined that API goes there. */
	when: 'always' | 'enabled';
	productPolicy: 'CLOUD_API_FALLBACK' | 'STRICT';
	/** Undefined leaves it to the account's setting. */
	activitySharing: boolean | undefined;
}

/**
 * Optimised delivery of marketing templates.
 * https://developers.facebook.com/docs/whatsapp/marketing-messages-lite-api/sending-messages
 */
export const marketingOption: INodeProperties = {
	displayName: 'Marketing Messages API',
	name: 'marketing',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Choose when to use this API',
	description: 'Whether to send marketing templates with optimised delivery',
	options: [
		{
			displayName: 'Marketing Messages API',
			name: 'settings',
			values: [
				{
					displayName: 'Use',
					name: 'when',
					type: 'options',
					options: [
						{
							name: 'Always',
							value: 'always',
							description: 'Only marketing templates can go there',
						},
						{ name: 'Never', value: 'never' },
						{
							name: 'Where Enabled',
							value: 'enabled',
							description:
								'For marketing templates, if the business account has joined that API. Looked up once a minute.',
						},
					],
					default: 'enabled',
				},
				{
					displayName: 'If Not Eligible',
					name: 'productPolicy',
					type: 'options',
					options: [
						{
							name: 'Send Through the Cloud API',
							value: 'CLOUD_API_FALLBACK',
							description: 'When the Marketing Messages API cannot send the template',
						},
						{ name: 'Do Not Send', value: 'STRICT', description: 'Return an error instead' },
					],
					default: 'CLOUD_API_FALLBACK',
				},
				{
					displayName: 'Share Message Activity',
					name: 'activitySharing',
					type: 'options',
					options: [
						{ name: 'As Set in the Account', value: 'account' },
						{ name: 'No', value: 'no' },
						{ name: 'Yes', value: 'yes' },
					],
					default: 'account',
					description: 'Whether Meta may use reads and clicks of this message to improve delivery',
				},
			],
		},
	],
};

const settingsSchema = z.object({
	when: choiceOf(['always', 'enabled', 'never']).default('enabled'),
	productPolicy: choiceOf(['CLOUD_API_FALLBACK', 'STRICT']).default('CLOUD_API_FALLBACK'),
	activitySharing: choiceOf(['account', 'no', 'yes']).default('account'),
});

/** Reads the option; undefined if the template goes the usual way. */
export function readMarketing(options: unknown, problems: Problems): Marketing | undefined {
	const { settings } = objectOf(objectOf(options)['marketing']);
	if (!isObject(settings)) return undefined;
	const read = readAt(settingsSchema, settings, ['options', 'marketing', 'settings'], problems);
	if (read === undefined) return undefined;
	const { when, productPolicy, activitySharing } = read;
	if (when === 'never') return undefined;
	return {
		when,
		productPolicy,
		activitySharing: activitySharing === 'account' ? undefined : activitySharing === 'yes',
	};
}

/** What the option adds to the envelope of the message. */
export const marketingMembers = ({ productPolicy, activitySharing }: Marketing) => ({
	product_policy: productPolicy,
	...(activitySharing === undefined ? {} : { message_activity_sharing: activitySharing }),
});

import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { choiceOf } from '../../values/choice';
import { readAt, type Problems } from '../../values/limits';

/** How a template goes through the Marketing Messages API. */
interface Marketing {
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
	placeholder: 'Send through this API',
	description:
		'Send a marketing template with optimised delivery, for accounts enrolled in that API',
	options: [
		{
			displayName: 'Marketing Messages API',
			name: 'settings',
			values: [
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
	productPolicy: choiceOf(['CLOUD_API_FALLBACK', 'STRICT']).default('CLOUD_API_FALLBACK'),
	activitySharing: choiceOf(['account', 'no', 'yes']).default('account'),
});

/** Reads the option; undefined if the template goes the usual way. */
export function readMarketing(options: unknown, problems: Problems): Marketing | undefined {
	const settings = memberOf(memberOf(options, 'marketing'), 'settings');
	if (typeof settings !== 'object' || settings === null) return undefined;
	const read = readAt(settingsSchema, settings, ['options', 'marketing', 'settings'], problems);
	if (read === undefined) return undefined;
	const { productPolicy, activitySharing } = read;
	return {
		productPolicy,
		activitySharing: activitySharing === 'account' ? undefined : activitySharing === 'yes',
	};
}

const memberOf = (value: unknown, name: string): unknown =>
	typeof value === 'object' && value !== null
		? (value as Record<string, unknown>)[name]
		: undefined;

/** What the option adds to the envelope of the message. */
export const marketingMembers = ({ productPolicy, activitySharing }: Marketing) => ({
	product_policy: productPolicy,
	...(activitySharing === undefined ? {} : { message_activity_sharing: activitySharing }),
});

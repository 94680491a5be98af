import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { choiceOf } from '../values/choice';
import { templateName } from '../values/id';
import { readParameter } from '../values/schema/reading';
import { optionalNumber } from '../values/numbers';
import { FieldProblem } from '../values/problem';
import type { Recipient } from '../values/recipient';
import { type Problems, type Values, readOptional, report, rowOf } from '../values/row';
import { objectOf } from '../values/unknown';

/**
 * How to send a non-template message after the recipient's window has closed: Meta turns it into a
 * template itself ("Direct Send").
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/direct-send
 */
interface OutsideWindow {
	category: 'utility' | 'authentication';
	/** How long Meta tries to deliver it; undefined means Meta's default. */
	ttlSeconds?: number | undefined;
	/** Name of the template Meta creates from it. */
	templateName?: string | undefined;
}

/** How long Meta may try to deliver, in seconds. */
const ttlLimits = {
	utility: { min: 30, max: 43_200, unit: 'seconds' },
	authentication: { min: 30, max: 900, unit: 'seconds' },
};

/** An entry in the Options collection of every send. */
export const outsideWindowOption: INodeProperties = {
	displayName: 'Send Outside the Window',
	name: 'outsideWindow',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Set Category',
	description:
		"Send even if the recipient has not written in the last 24 hours, without a template (Meta's Direct Send, if enabled for the account). For texts, reply buttons, link buttons and call buttons.",
	options: [
		{
			displayName: 'Send Outside the Window',
			name: 'settings',
			values: [
				{
					displayName: 'Category',
					name: 'category',
					type: 'options',
					options: [
						{
							name: 'Authentication (Restricted Beta)',
							value: 'authentication',
							description: "A one-time password. Only for accounts in Meta's beta.",
						},
						{
							name: 'Utility',
							value: 'utility',
							description: 'About something the recipient ordered, booked or asked for',
						},
					],
					default: 'utility',
					description:
						'What the message is about. Meta prices messages by category and restricts misuse.',
				},
				{
					displayName: 'Lifetime in Seconds',
					name: 'ttlSeconds',
					type: 'string',
					default: '',
					placeholder: 'e.g. 3600',
					hint: 'Utility: 30 to 43,200 (12 hours). Authentication: 30 to 900.',
					description:
						'How long Meta tries to deliver the message. Leave empty for 30 days, or 10 minutes for authentication.',
				},
				{
					displayName: 'Template Name',
					name: 'templateName',
					type: 'string',
					default: '',
					placeholder: 'e.g. order_shipment_update',
					hint: 'Utility only. Up to 512 lower-case letters, digits and underscores.',
					description:
						'Name for the template that Meta creates from the message, so that you can find it',
				},
			],
		},
	],
};

const categorySchema = choiceOf(['utility', 'authentication']).default('utility');

function readSettings(row: Values, problems: Problems): OutsideWindow {
	const category = readParameter(categorySchema, row, 'category', problems) ?? 'utility';
	const lifetime = optionalNumber(ttlLimits[category]);
	const ttlSeconds = readParameter(lifetime, row, 'ttlSeconds', problems);
	const name = readOptional(templateName, row, 'templateName', problems);
	if (name !== undefined && category !== 'utility') {
		report(problems, ['templateName'], 'can be given for the category Utility only');
	}
	return { category, ttlSeconds, templateName: name };
}

/** Reads the option; undefined if the message is sent the usual way. */
export const outsideWindowSchema = z
	.object({ settings: rowOf(readSettings).optional() })
	.optional()
	.transform((given) => given?.settings);

/** Whether the option is set, whatever its contents. */
export function isOutsideWindow(options: unknown): boolean {
	return objectOf(objectOf(options)['outsideWindow'])['settings'] !== undefined;
}

/** What the option adds to the message's envelope. */
export function outsideWindowMembers({
	category,
	ttlSeconds,
	templateName,
}: OutsideWindow): Values {
	return {
		category,
		...(ttlSeconds === undefined ? {} : { ttl_seconds: ttlSeconds }),
		...(templateName === undefined ? {} : { direct_send_config: { template_name: templateName } }),
	};
}

/** The option's path, for reporting problems. */
export const outsideWindowPath: PropertyKey[] = ['options', outsideWindowOption.name];

/** Reports that this kind of message cannot be sent outside the window. */
export function refuseOutsideWindow(kind: string, problems: Problems): void {
	report(
		problems,
		outsideWindowPath,
		`cannot be used with ${kind}, only with texts, reply buttons, link buttons and call buttons; remove the option, or send a template`,
	);
}

/** Reports shared fields that cannot be used outside the window. */
export function checkEnvelopeOutside(
	values: {
		replyToMessageId: string | undefined;
		options: { recipientType: string };
	},
	problems: Problems,
): void {
	if (values.replyToMessageId !== undefined) {
		const problem = 'cannot be given with Options › Send Outside the Window; leave it empty';
		report(problems, ['replyToMessageId'], problem);
	}
	if (values.options.recipientType === 'group') {
		report(
			problems,
			['options', 'recipientType'],
			'must be Person with Send Outside the Window: groups have no window',
		);
	}
}

/** @throws FieldProblem if this message cannot go to a user ID */
export function checkPersonOutside(person: Recipient, outside: OutsideWindow | undefined): void {
	if (outside?.category !== 'authentication' || !('recipient' in person)) return;
	throw new FieldProblem(
		'Recipient',
		'is a user ID, and a message of the category Authentication needs a phone number',
		'Enter the phone number, or choose Utility under Options › Send Outside the Window.',
	);
}

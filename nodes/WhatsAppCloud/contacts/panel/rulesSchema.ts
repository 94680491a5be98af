import { z } from 'zod/v4';
import { hoursShape, weekdaysSchema } from '../../fields/hoursFields';
import type { AccountRules } from '../../graph/credential/accountRules';
import { hourMs, dayMs } from '../../time/durations';
import { choiceOf } from '../../values/choice';
import { templateName } from '../../values/id';
import { listOf } from '../../values/list';
import { readAt } from '../../values/schema/reading';
import { report, step } from '../../values/schema/singleStep';
import { isNothing, numberOr } from '../../values/numbers';
import { truth } from '../../values/truth';
import { isObject } from '../../values/unknown';
import { usualRules, type Cap, type ContactRules, type QuietHours } from '../rules/rules';
import { usualQuietHours } from './rulesField';

const appliesTo = choiceOf(['marketing', 'all']).default('marketing');

const capSchema = z.object({
	messages: numberOr(2, { min: 1, max: 1_000, unit: 'messages' }),
	period: numberOr(7, { min: 1, max: 365 }),
	unit: choiceOf(['days', 'hours']).default('days'),
	appliesTo,
});

const quietSchema = z
	.object({
		...hoursShape(usualQuietHours.from, usualQuietHours.to),
		days: weekdaysSchema,
		appliesTo,
	})
	.check(({ value, issues }) => {
		if (value.from !== value.to) return;
		report({ issues }, ['to'], 'is the same as From, so that it would be quiet all day');
	});

/** Which template goes if the window is closed. */
export interface FallbackTemplate {
	name: string;
	language: string;
}

const separator = ':';

const locatorValue = (value: unknown): unknown =>
	isObject(value) && value['__rl'] === true ? value['value'] : value;

const templateSchema = z.preprocess(
	locatorValue,
	step((value, context): FallbackTemplate | undefined => {
		if (isNothing(value)) return undefined;
		const [written, language] = String(value).split(separator);
		const name = readAt(templateName, written, [], context);
		if (name === undefined) return undefined;
		if (!isNothing(language)) return { name, language: String(language).trim() };
		report(context, [], 'needs name and language, such as order_update:en_US', 'otherForm');
		return undefined;
	}),
);

/** Categories, or their text as an expression may return it: `utility, service`. */
const categories = z.preprocess(
	(value) => (typeof value === 'string' && !isNothing(value) ? value.split(/\s*,\s*/) : value),
	listOf(
		choiceOf<'service' | 'utility' | 'authentication'>(['service', 'utility', 'authentication']),
		{
			min: 0,
			max: Infinity,
		},
	),
);

/** Checks what the panel says; what it does not say is undefined. */
export const contactRulesSchema = z.preprocess(
	(value) => value ?? {},
	z
		.object({
			ifClosed: choiceOf(['block', 'template', 'directSend', 'try']).optional(),
			template: templateSchema.optional(),
			marketingConsent: choiceOf(['notOptedOut', 'optedIn']).optional(),
			notForOptedOut: categories.optional(),
			cap: z.object({ cap: capSchema.optional() }).optional(),
			quietHours: z.object({ hours: quietSchema.optional() }).optional(),
			unread: numberOr(5, { min: 1, max: 100, unit: 'messages' }).optional(),
			ifTakenOver: choiceOf(['block', 'send']).optional(),
			keepForResume: truth.optional(),
		})
		.check(({ value, issues }) => {
			if (value.ifClosed === 'template' && value.template === undefined) {
				const message = 'is empty, and If the Window Is Closed says to send it';
				report({ issues }, ['template'], message, 'missing');
			}
		}),
);

/** What the panel says about the rules. */
export type GivenRules = z.output<typeof contactRulesSchema>;

/**
 * The rules of a message.
 *
 * @param given the panel's; undefined where there is none
 * @param timeZone the workflow's
 */
export function rulesFrom(
	given: GivenRules | undefined,
	defaults: AccountRules,
	timeZone: string,
): ContactRules {
	return {
		ifClosed: given?.ifClosed ?? defaults.ifClosed,
		marketingConsent: given?.marketingConsent ?? defaults.marketingConsent,
		notForOptedOut: given?.notForOptedOut ?? usualRules.notForOptedOut,
		cap: capFrom(given) ?? usualCap(defaults),
		quietHours: quietFrom(given, timeZone) ?? usualQuiet(defaults, timeZone),
		unread: given?.unread ?? usualRules.unread,
		ifTakenOver: given?.ifTakenOver ?? usualRules.ifTakenOver,
		keepForResume: given?.keepForResume ?? usualRules.keepForResume,
	};
}

function capFrom(given: GivenRules | undefined): Cap | null {
	const cap = given?.cap?.cap;
	if (cap === undefined) return null;
	const { messages, period, unit } = cap;
	const periodMs = period * (unit === 'days' ? dayMs : hourMs);
	return { messages, periodMs, appliesTo: cap.appliesTo };
}

const usualCap = ({ marketingCap }: AccountRules): Cap | null =>
	marketingCap === null
		? null
		: { messages: marketingCap, periodMs: 7 * dayMs, appliesTo: 'marketing' };

function quietFrom(given: GivenRules | undefined, otherwise: string): QuietHours | null {
	const hours = given?.quietHours?.hours;
	return hours === undefined ? null : { ...hours, timeZone: hours.timeZone ?? null, otherwise };
}

const usualQuiet = ({ quietHours }: AccountRules, otherwise: string): QuietHours | null =>
	quietHours === null
		? null
		: { ...quietHours, days: [], timeZone: null, otherwise, appliesTo: 'marketing' };

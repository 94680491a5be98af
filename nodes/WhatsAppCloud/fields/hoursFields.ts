import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { parseTimeOfDay } from '../time/hours';
import { readText } from '../values/schema/reading';
import { report, step } from '../values/schema/singleStep';
import { choiceList } from '../values/list';
import { isNothing, requiredNumber } from '../values/numbers';
import { quoted } from '../values/words';
import { timeZoneSchema } from './period';

/** What one panel's hours have of their own. */
interface HoursTexts {
	/** Default of From: `9:00`. */
	from: string;
	/** Default of To. */
	to: string;
	toDescription?: string;
	timeZoneDescription?: string;
	weekdays: Pick<INodeProperties, 'name' | 'displayName' | 'hint' | 'description'>;
}

/** The fields of hours on some days of the week. */
export const hoursFields = ({
	from,
	to,
	toDescription,
	timeZoneDescription = "Leave empty for the workflow's time zone",
	weekdays,
}: HoursTexts): INodeProperties[] => [
	{ displayName: 'From', name: 'from', type: 'string', default: from, placeholder: `e.g. ${from}` },
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: to,
		placeholder: `e.g. ${to}`,
		...(toDescription === undefined ? {} : { description: toDescription }),
	},
	{
		...weekdays,
		type: 'multiOptions',
		options: [
			{ name: 'Monday', value: 1 },
			{ name: 'Tuesday', value: 2 },
			{ name: 'Wednesday', value: 3 },
			{ name: 'Thursday', value: 4 },
			{ name: 'Friday', value: 5 },
			{ name: 'Saturday', value: 6 },
			{ name: 'Sunday', value: 0 },
		],
		default: [],
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		description: timeZoneDescription,
	},
];

/** A time of day in minutes since midnight; if missing or empty, the fallback. */
const timeOfDayOr = (fallback: string) =>
	step((value, context): number => {
		const text = isNothing(value) ? fallback : readText(value, context);
		if (text === undefined) return z.NEVER;
		const minute = parseTimeOfDay(text);
		if (minute !== null) return minute;
		report(context, [], `must be a time such as 09:00, but is ${quoted(text)}`, 'otherForm');
		return z.NEVER;
	});

/** Days of the week, or their text as an expression may return it: `1, 2`. 0 is Sunday. */
export const weekdaysSchema = choiceList(requiredNumber({ min: 0, max: 6 }));

/**
 * Schema members for the fields, without the weekdays.
 *
 * @param from default of From
 * @param to default of To
 */
export const hoursShape = (from: string, to: string) => ({
	from: timeOfDayOr(from),
	to: timeOfDayOr(to),
	timeZone: timeZoneSchema,
});

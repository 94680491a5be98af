import { z } from 'zod/v4';
import { defineGraphOperation } from '../../node/management/graphOperation';
import { phoneNumber } from '../../node/management/target';
import { choiceOf } from '../../values/choice';
import { changesOf } from '../../values/json/changes';
import { optionalJsonObject } from '../../values/json/json';
import { textListOf } from '../../values/list';
import { readText } from '../../values/schema/reading';
import { report, step } from '../../values/schema/singleStep';
import { isTimeZone, parseTimeOfDay } from '../../time/hours';
import { listIn, objectOf } from '../../values/unknown';

const onOff = ['ENABLED', 'DISABLED'] as const;

const onOffOptions = [
	{ name: 'Off', value: 'DISABLED' },
	{ name: 'On', value: 'ENABLED' },
];

/** A JSON object of Meta's shape. */
const jsonObject = step((value, context) => {
	const read = optionalJsonObject.safeParse(value);
	if (read.success && read.data !== undefined) return read.data;
	const message = read.success ? 'is empty' : (read.error.issues[0]?.message ?? 'is no JSON');
	report(context, [], message);
	return z.NEVER;
});

/** `09:00`, `9:00` and `0900` as Meta writes them: `0900`. */
function metaTime(value: unknown): string | null {
	const text = typeof value === 'string' ? value.trim().replace(/^(\d{2})(\d{2})$/, '$1:$2') : '';
	const minute = parseTimeOfDay(text);
	if (minute === null) return null;
	const two = (part: number): string => String(part).padStart(2, '0');
	return `${two(Math.floor(minute / 60))}${two(minute % 60)}`;
}

/** Call hours, with times in any notation. */
const callHours = jsonObject.transform((hours, context) => {
	const zone = readText(hours['timezone_id'] ?? '', context);
	if (zone === undefined || !isTimeZone(zone)) {
		report(context, [], 'needs "timezone_id", such as "Europe/Berlin"');
	}
	const entries = listIn(hours['weekly_operating_hours']).map(objectOf);
	if (entries.length === 0) report(context, [], 'needs "weekly_operating_hours", at least one');
	return {
		status: 'ENABLED',
		...hours,
		weekly_operating_hours: entries.map((entry) => {
			const [open, close] = [metaTime(entry['open_time']), metaTime(entry['close_time'])];
			const day = String(entry['day_of_week']).toUpperCase();
			if (open === null || close === null || open >= close) {
				report(context, [], `has hours on ${day} that are none, such as from 09:00 to 17:00`);
			}
			return { ...entry, day_of_week: day, open_time: open, close_time: close };
		}),
	};
});

const countries = textListOf(
	(code) => (/^[a-z]{2}$/i.test(code) ? code.toUpperCase() : null),
	'is no two-letter code',
);

const hoursExample = {
	timezone_id: 'Europe/Berlin',
	weekly_operating_hours: [{ day_of_week: 'MONDAY', open_time: '09:00', close_time: '17:00' }],
};

/**
 * Changes the call settings of a number; what is not named stays as it is, and call hours are
 * replaced as a whole.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-settings
 */
export const updateCallSettings = defineGraphOperation({
	name: 'Update Settings',
	action: 'Update call settings of a number',
	description: 'Turn calls on or off, and set hours, countries, icon and SIP',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Ask Callers for Permission',
					name: 'callbackPermissionStatus',
					type: 'options',
					options: onOffOptions,
					default: 'ENABLED',
					description: 'Whether people who call you are asked whether you may call back',
				},
				{
					displayName: 'Call Hours (JSON)',
					name: 'callHours',
					type: 'json',
					typeOptions: { rows: 8 },
					default: JSON.stringify(hoursExample, null, 2),
					description:
						'When people can call, with up to two spans a day, and optionally holiday_schedule. Replaces all hours and holidays.',
				},
				{
					displayName: 'Call Icon',
					name: 'callIconVisibility',
					type: 'options',
					options: [
						{ name: 'Hidden', value: 'DISABLE_ALL' },
						{ name: 'Shown', value: 'DEFAULT' },
					],
					default: 'DEFAULT',
				},
				{
					displayName: 'Calls',
					name: 'status',
					type: 'options',
					options: onOffOptions,
					default: 'ENABLED',
					description: 'Whether the number takes and makes calls',
				},
				{
					displayName: 'Icon in Countries',
					name: 'countries',
					type: 'string',
					default: '',
					placeholder: 'e.g. DE, AT',
					description:
						'Two-letter codes, separated by commas; people with numbers of other countries see no call icon. Leave empty for all.',
				},
				{
					displayName: 'Other Settings (JSON)',
					name: 'others',
					type: 'json',
					default: '{}',
					description: 'Further members of Meta\'s object "calling", such as voicemail or audio',
				},
				{
					displayName: 'SIP (JSON)',
					name: 'sip',
					type: 'json',
					default: '{ "status": "ENABLED", "servers": [{ "hostname": "sip.example.com" }] }',
					description: 'The servers that take the calls',
				},
			],
		},
	],
	shape: {
		updateFields: changesOf({
			callbackPermissionStatus: choiceOf(onOff),
			callHours,
			callIconVisibility: choiceOf(['DEFAULT', 'DISABLE_ALL']),
			status: choiceOf(onOff),
			countries,
			others: jsonObject,
			sip: jsonObject,
		}),
	},
	request: ({ updateFields }) => ({
		method: 'POST',
		edge: 'settings',
		json: { calling: toMeta(updateFields) },
		isIdempotent: true,
	}),
	item: (_answer, _values, { id }) => ({ success: true, phoneNumberId: id }),
	outputSchema: { success: 'boolean', phoneNumberId: 'string' },
});

interface Changes {
	callbackPermissionStatus?: string;
	callHours?: Record<string, unknown>;
	callIconVisibility?: string;
	status?: string;
	countries?: string[];
	others?: Record<string, unknown>;
	sip?: Record<string, unknown>;
}

function toMeta(changes: Changes): Record<string, unknown> {
	const { callbackPermissionStatus, callHours: hours, callIconVisibility, countries } = changes;
	const members = {
		status: changes.status,
		call_icon_visibility: callIconVisibility,
		callback_permission_status: callbackPermissionStatus,
		call_hours: hours,
		call_icons: countries === undefined ? undefined : { restrict_to_user_countries: countries },
		sip: changes.sip,
		...changes.others,
	};
	return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

import type { JsonObject } from '../../json.ts';
import { asList, asObject, asText } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { PhoneNumber } from '../../state/account.ts';
import { GraphError, invalidParameter } from '../../errors/graph-error.ts';

const onOff = ['ENABLED', 'DISABLED'];
const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const maxHoursPerDay = 2;
const maxHolidays = 20;

/** Members of `calling` that Meta documents; others are refused. */
const checks: Readonly<Record<string, (value: unknown, today: string) => void>> = {
	status: (value) => requireChoice('status', value, onOff),
	call_icon_visibility: (value) =>
		requireChoice('call_icon_visibility', value, ['DEFAULT', 'DISABLE_ALL']),
	callback_permission_status: (value) => requireChoice('callback_permission_status', value, onOff),
	srtp_key_exchange_protocol: (value) =>
		requireChoice('srtp_key_exchange_protocol', value, ['DTLS', 'SDES']),
	call_icons: checkIcons,
	call_hours: checkHours,
	sip: checkSip,
	audio: (value) => void requireObject('audio', value),
	video: (value) => void requireObject('video', value),
	voicemail: (value) => void requireObject('voicemail', value),
};

/** `calling` as Meta shows it. */
export function shownCalling({ callingEnabled, callSettings }: PhoneNumber): JsonObject {
	return {
		status: callingEnabled ? 'ENABLED' : 'DISABLED',
		call_icon_visibility: 'DEFAULT',
		callback_permission_status: 'DISABLED',
		sip: { status: 'DISABLED', servers: [] },
		...callSettings,
	};
}

/**
 * Changes what is given and leaves the rest; call hours are replaced as a whole.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-settings
 * @throws GraphError 100, or 138018 if nothing would receive the calls
 */
export function changeCalling(simulator: Simulator, number: PhoneNumber, value: unknown): void {
	const calling = requireObject('calling', value);
	const today = new Date(simulator.clock.now()).toISOString().slice(0, 10);
	for (const [name, part] of Object.entries(calling)) {
		const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
		if (!check) throw invalidParameter(`Param calling.${name} is unknown`);
		check(part, today);
	}
	const { status, ...others } = calling;
	const settings = { ...number.callSettings, ...others };
	if (status === 'ENABLED') requireReceiver(simulator, number, settings);
	number.callSettings = settings;
	if (status !== undefined) number.callingEnabled = status === 'ENABLED';
}

/** An app that has set no fields counts as subscribed to all that it needs. */
function requireReceiver({ account }: Simulator, number: PhoneNumber, settings: JsonObject): void {
	if (asObject(settings['sip'])?.['status'] === 'ENABLED') return;
	const subscribed = account.businessAccounts.get(number.businessAccountId)?.subscribedApps ?? [];
	const fields = subscribed.map(({ appId }) => account.apps.get(appId)?.subscription?.fields);
	const receives = fields.some((list) => list === undefined || list.includes('calls'));
	if (receives) return;
	throw new GraphError(138018, { details: 'Subscribe the app to the field calls, or set up SIP' });
}

function requireObject(name: string, value: unknown): JsonObject {
	const object = asObject(value);
	if (object) return object;
	throw invalidParameter(`Param ${name} must be a JSON object.`);
}

function requireChoice(name: string, value: unknown, choices: readonly string[]): void {
	if (choices.some((choice) => choice === value)) return;
	throw invalidParameter(`Param calling.${name} must be one of {${choices.join(', ')}}`);
}

function checkIcons(value: unknown): void {
	const countries = asList(requireObject('call_icons', value)['restrict_to_user_countries']);
	if (countries.every((country) => /^[A-Z]{2}$/.test(asText(country) ?? ''))) return;
	throw invalidParameter('Param restrict_to_user_countries must hold two-letter country codes');
}

function checkSip(value: unknown): void {
	const { status, servers } = requireObject('sip', value);
	requireChoice('sip.status', status, onOff);
	const isComplete = asList(servers).every((server) => asText(asObject(server)?.['hostname']));
	if (!isComplete) throw invalidParameter('The parameter sip.servers[].hostname is required.');
	if (status === 'ENABLED' && asList(servers).length === 0) {
		throw invalidParameter('The parameter sip.servers is required.');
	}
}

function checkHours(value: unknown, today: string): void {
	const hours = requireObject('call_hours', value);
	requireChoice('call_hours.status', hours['status'], onOff);
	const zone = asText(hours['timezone_id']);
	if (zone === undefined) throw invalidParameter('The parameter timezone_id is required.');
	const entries = asList(hours['weekly_operating_hours']).map((each) => asObject(each) ?? {});
	if (entries.length === 0) {
		throw invalidParameter('Param weekly_operating_hours must not be empty');
	}
	for (const day of weekdays) checkDay(day, entries);
	for (const { day_of_week: day } of entries) requireChoice('day_of_week', day, weekdays);
	checkHolidays(asList(hours['holiday_schedule']), today);
}

function checkDay(day: string, entries: readonly JsonObject[]): void {
	const spans = entries
		.filter(({ day_of_week: each }) => each === day)
		.map(({ open_time: open, close_time: close }) => [asTime(open), asTime(close)] as const)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	if (spans.length > maxHoursPerDay) {
		throw invalidParameter(`${day} has more than ${maxHoursPerDay} entries`);
	}
	for (const [index, [open, close]] of spans.entries()) {
		if (open >= close) throw invalidParameter(`On ${day}, open_time must be before close_time`);
		const next = spans[index + 1];
		if (next && next[0] < close) throw invalidParameter(`On ${day}, the hours overlap`);
	}
}

function checkHolidays(holidays: readonly unknown[], today: string): void {
	if (holidays.length > maxHolidays) {
		throw invalidParameter(`Param holiday_schedule can have at most ${maxHolidays} entries`);
	}
	for (const holiday of holidays) {
		const { date, start_time: start, end_time: end } = asObject(holiday) ?? {};
		const text = asText(date) ?? '';
		if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < today) {
			throw invalidParameter('Param holiday_schedule[].date must be a date to come, YYYY-MM-DD');
		}
		if (asTime(start) >= asTime(end)) {
			throw invalidParameter('Param holiday_schedule[].start_time must be before end_time');
		}
	}
}

/** `0930` @throws GraphError 100 */
function asTime(value: unknown): string {
	const text = asText(value) ?? '';
	if (/^(?:[01]\d|2[0-3])[0-5]\d$/.test(text)) return text;
	throw invalidParameter('Times of call_hours must be written as HHMM, from 0000 to 2359');
}

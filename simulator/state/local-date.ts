const formats = new Map<string, Intl.DateTimeFormat>();

/** Meta numbers time zones; only the default account's is known here. */
const zoneNames: ReadonlyMap<string, string> = new Map([['1', 'America/Los_Angeles']]);

/**
 * The date in a time zone, e.g. 2026-10-01.
 *
 * @param timezoneId Meta's number or an IANA name; anything else counts as UTC
 */
export function localDate(ms: number, timezoneId: string): string {
	let format = formats.get(timezoneId);
	if (!format) formats.set(timezoneId, (format = formatOf(timezoneId)));
	return format.format(ms);
}

/** The IANA name of a time zone, as far as it is known here. */
export function zoneName(timezoneId: string): string {
	return zoneNames.get(timezoneId) ?? timezoneId;
}

function formatOf(timezoneId: string): Intl.DateTimeFormat {
	const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
	const timeZone = zoneName(timezoneId);
	try {
		return new Intl.DateTimeFormat('en-CA', { ...parts, timeZone });
	} catch {
		return new Intl.DateTimeFormat('en-CA', { ...parts, timeZone: 'UTC' });
	}
}

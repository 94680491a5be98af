/** A moment as a clock on the wall shows it. */
export interface WallTime {
	year: number;
	/** 1 to 12. In sums it may lie outside: month 13 is next January. */
	month: number;
	/** 1 to 31; in sums it may lie outside: day 0 is the last of the month before. */
	day: number;
	hour?: number;
	minute?: number;
	second?: number;
}

/** What a clock in the time zone shows. @param timeZone IANA name */
export function wallTimeOf(instantMs: number, timeZone: string): Required<WallTime> {
	const parts = new Map(
		formatFor(timeZone)
			.formatToParts(instantMs)
			.map(({ type, value }) => [type, Number(value)]),
	);
	const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
	return {
		year: part('year'),
		month: part('month'),
		day: part('day'),
		hour: part('hour'),
		minute: part('minute'),
		second: part('second'),
	};
}

/**
 * When a clock in the time zone shows this, in milliseconds since 1970. A time that the clocks
 * leave out when summer time begins is the same distance behind the gap; one that they show twice
 * is one of the two.
 */
export function instantOf(wall: WallTime, timeZone: string): number {
	const asUtc = utcOf(wall);
	const near = asUtc - offsetMs(asUtc, timeZone);
	const found = asUtc - offsetMs(near, timeZone);
	// Where the offset is another one there, the time lies in a gap; the later one is behind it.
	return offsetMs(found, timeZone) === offsetMs(near, timeZone) ? found : Math.max(near, found);
}

/** How far the zone's clocks are ahead of UTC. */
function offsetMs(instantMs: number, timeZone: string): number {
	const wholeSeconds = Math.floor(instantMs / 1000) * 1000;
	return utcOf(wallTimeOf(wholeSeconds, timeZone)) - wholeSeconds;
}

function utcOf({ year, month, day, hour = 0, minute = 0, second = 0 }: WallTime): number {
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Kept, because a format takes a hundred times as long to make as to use. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
	let format = formats.get(timeZone);
	if (format === undefined) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		formats.set(timeZone, format);
	}
	return format;
}

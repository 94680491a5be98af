const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = `(${months.join('|')})[a-z]*\\.?`;

/** `2026-10-01`, `October 1, 2026`, `1 Oct 2026`, `October 2026`; also in a filename. */
const dates = new RegExp(
	`(20\\d\\d)-(\\d\\d)(?:-(\\d\\d))?|(?:(\\d{1,2})\\s+)?${month}(?:\\s+(\\d{1,2})(?:st|nd|rd|th)?,?)?[\\s,]+(20\\d\\d)`,
	'g',
);

function datesIn(text: string): string[] {
	const plain = text.toLowerCase().replace(/_/g, ' ');
	return [...plain.matchAll(dates)].map(
		([, year, monthNumber, day, before, name, after, ofYear]) => {
			const number = name === undefined ? Number(monthNumber) : months.indexOf(name) + 1;
			const two = (part: number): string => String(part).padStart(2, '0');
			return `${year ?? ofYear ?? ''}-${two(number)}-${two(Number(day ?? before ?? after ?? 1))}`;
		},
	);
}

/**
 * The date from which prices apply, from the lines above them and the file's name: the one in a line
 * that says "effective", or else the latest one.
 *
 * @returns `2026-10-01`; null if they do not say
 */
export function validFromOf(lines: readonly string[]): string | null {
	const effective = lines.filter((line) => /effective|valid|as of/i.test(line)).flatMap(datesIn);
	return effective[0] ?? lines.flatMap(datesIn).sort().at(-1) ?? null;
}

/**
 * The days on which Meta may have changed its prices since: the first of January, April, July and
 * October, the only ones on which it does.
 *
 * @param today `2026-11-26`
 */
export function rateChangesSince(validFrom: string, today: string): string[] {
	const changes: string[] = [];
	for (let year = Number(validFrom.slice(0, 4)); year <= Number(today.slice(0, 4)); year++) {
		for (const day of ['01-01', '04-01', '07-01', '10-01']) {
			const change = `${year}-${day}`;
			if (change > validFrom && change <= today) changes.push(change);
		}
	}
	return changes;
}

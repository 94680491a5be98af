/** `Retry-After` in seconds or as a date; null if it is missing or makes no sense. */
export function retryAfterMs(header: string | null): number | null {
	if (header === null) return null;
	const seconds = Number(header);
	const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
	return Number.isFinite(waitMs) && waitMs >= 0 ? waitMs : null;
}

/** The first value of a header. */
export function headerText(value: string | string[] | undefined): string | null {
	return (Array.isArray(value) ? value[0] : value) ?? null;
}

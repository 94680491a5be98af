import { dayMs } from '../time/durations';
/** Graph API version to use if the credential has none. */
export const defaultGraphVersion = 'v25.0';

/**
 * When Meta ends each version; null if it has not announced a date yet.
 * https://developers.facebook.com/docs/graph-api/changelog/versions
 */
const graphVersions: readonly (readonly [version: string, endsOn: string | null])[] = [
	['v20.0', '2026-09-24'],
	['v21.0', '2027-01-21'],
	['v22.0', '2027-05-20'],
	['v23.0', '2027-10-08'],
	['v24.0', '2028-02-18'],
	['v25.0', '2028-07-29'],
	['v26.0', null],
	['v27.0', null],
];

/** How many days before a version's end the warning starts. */
const warningDays = 60;

/**
 * The warning about a version's end.
 *
 * @param now milliseconds since 1970
 * @returns a sentence for the user; null if nothing needs to be done
 */
export function versionWarning(version: string, now: number): string | null {
	const endsOn = graphVersions.find(([known]) => known === version)?.[1] ?? null;
	if (endsOn === null) return isOlderThanAll(version) ? ended(version, null) : null;
	const daysLeft = Math.ceil((Date.parse(endsOn) - now) / dayMs);
	if (daysLeft <= 0) return ended(version, endsOn);
	if (daysLeft > warningDays) return null;
	const days = daysLeft === 1 ? 'in one day' : `in ${daysLeft} days`;
	return `Meta ends Graph Version ${version} on ${endsOn}, ${days}. Set it to ${defaultGraphVersion}.`;
}

function ended(version: string, endsOn: string | null): string {
	const when = endsOn === null ? '' : ` on ${endsOn}`;
	return `Meta has ended Graph Version ${version}${when}. Set it to ${defaultGraphVersion}.`;
}

const majorOf = (version: string): number => Number(/^v(\d+)/.exec(version)?.[1] ?? NaN);

const isOlderThanAll = (version: string): boolean =>
	majorOf(version) < Math.min(...graphVersions.map(([known]) => majorOf(known)));

/**
 * The known versions that end soon or have ended, with their warnings.
 *
 * @param now milliseconds since 1970
 */
export const warnedVersions = (now: number): { version: string; warning: string }[] =>
	graphVersions.flatMap(([version]) => {
		const warning = versionWarning(version, now);
		return warning === null ? [] : { version, warning };
	});

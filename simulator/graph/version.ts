import { GraphError } from '../errors/graph-error.ts';

interface GraphVersion {
	major: number;
	/** First day on which calls are refused; null until Meta announces one. */
	until: string | null;
}

/**
 * Supported and recently expired versions, oldest first. New ones exist whatever the clock says, so
 * that the simulator runs on a machine whose date is wrong.
 * https://developers.facebook.com/docs/graph-api/changelog/versions
 */
const versions: readonly GraphVersion[] = [
	{ major: 20, until: '2026-09-24' },
	{ major: 21, until: '2027-01-21' },
	{ major: 22, until: '2027-05-20' },
	{ major: 23, until: '2027-10-08' },
	{ major: 24, until: '2028-02-18' },
	{ major: 25, until: '2028-07-29' },
	{ major: 26, until: null },
	{ major: 27, until: null },
];

const newest = versions.at(-1)?.major ?? 0;

const versionPattern = /^\/v(\d+)\.(\d+)(?=[/?]|$)/;

/** Strips the version from a URL, so that one route serves all versions. */
export function withoutVersion(url: string): string {
	const match = versionPattern.exec(url);
	if (!match) return url;
	const rest = url.slice(match[0].length);
	return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * The version that a URL asks for; by default Graph uses the oldest supported one.
 * https://developers.facebook.com/docs/graph-api/guides/versioning
 * @throws GraphError 2635 for an expired version, 2500 for one that does not exist yet
 */
export function graphVersionOf(url: string, nowMs: number): string {
	const supported = versions.filter(({ until }) => until === null || nowMs < Date.parse(until));
	const match = versionPattern.exec(url);
	if (!match) return `v${supported[0]?.major ?? newest}.0`;
	const major = Number(match[1]);
	if (major > newest || match[2] !== '0') throw unknownPath(url);
	if (!supported.some((version) => version.major === major)) {
		throw new GraphError(2635, {
			message: `You are calling a deprecated version of the API. Please update to the latest version: v${newest}.0.`,
			details: `v${major}.0 has expired`,
		});
	}
	return `v${major}.0`;
}

/** Meta's answer to an unknown path. */
export function unknownPath(url: string): GraphError {
	return new GraphError(2500, {
		plainMessage: true,
		message: `Unknown path components: ${url.split('?')[0] ?? url}`,
	});
}

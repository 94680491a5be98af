import { GraphError } from '../errors/graph-error.ts';

/** Versions that answer; older ones have expired, newer ones do not exist. */
const oldestVersion = 21;
const newestVersion = 26;

const versionPattern = /^\/v(\d+)\.(\d+)(?=[/?]|$)/;

/** Cuts the version off a URL, so that one route serves all versions. */
export function withoutVersion(url: string): string {
	const match = versionPattern.exec(url);
	if (!match) return url;
	const rest = url.slice(match[0].length);
	return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * The version that a URL asks for; without one Graph takes the oldest that still lives.
 * https://developers.facebook.com/docs/graph-api/guides/versioning
 * @throws GraphError 2635 for an expired version, 2500 for one that is not there yet
 */
export function graphVersionOf(url: string): string {
	const match = versionPattern.exec(url);
	if (!match) return `v${oldestVersion}.0`;
	const version = `v${match[1]}.${match[2]}`;
	const major = Number(match[1]);
	if (major < oldestVersion) {
		throw new GraphError(2635, {
			message: `You are calling a deprecated version of the API. Please update to the latest version: v${newestVersion}.0.`,
			details: `${version} has expired`,
		});
	}
	if (major > newestVersion || match[2] !== '0') throw unknownPath(url);
	return version;
}

/** Meta's answer to a path that leads nowhere. */
export function unknownPath(url: string): GraphError {
	return new GraphError(2500, {
		plainMessage: true,
		message: `Unknown path components: ${url.split('?')[0] ?? url}`,
	});
}

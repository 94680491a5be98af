/** What a release says about itself, in its three places. */
export interface Release {
	/** `version` of package.json. */
	version: string;
	/** `version` of package-lock.json. */
	lockedVersion: string;
	/** Text of CHANGELOG.md. */
	changelog: string;
	/** The tag that was pushed, such as `v1.0.0`; absent in a trial. */
	tag?: string | undefined;
}

/** Major, minor and patch and, for a candidate, `rc` and its number. */
const versionForm = /^\d+\.\d+\.\d+(-rc\.\d+)?$/;

/** The newest heading of the changelog, and what stands above it. */
const newestHeading = /^## \[(?!Unreleased\])([^\]]+)\] - (\d{4}-\d{2}-\d{2})$/m;

/** @returns what does not fit together, as sentences; none if it may be released */
export function releaseProblems({ version, lockedVersion, changelog, tag }: Release): string[] {
	const [heading, newest = 'none'] = newestHeading.exec(changelog) ?? [];
	const above = heading === undefined ? '' : changelog.slice(0, changelog.indexOf(heading));
	const [, unreleased = ''] = above.split(/^## \[Unreleased\]$/m);
	return [
		...(versionForm.test(version) ? [] : [`${version} is no version such as 1.0.0 or 1.0.0-rc.1.`]),
		...(lockedVersion === version ? [] : [`package-lock.json has the version ${lockedVersion}.`]),
		...(newest === version
			? []
			: [`The newest dated heading of CHANGELOG.md is ${newest}, not [${version}].`]),
		...(unreleased.trim() === '' ? [] : ['CHANGELOG.md still has lines under Unreleased.']),
		...(tag === undefined || tag === `v${version}` ? [] : [`The tag is ${tag}, not v${version}.`]),
	];
}

/** The name under which npm offers it: candidates do not become what an install gets by default. */
export const distTagOf = (version: string): 'latest' | 'next' =>
	version.includes('-') ? 'next' : 'latest';

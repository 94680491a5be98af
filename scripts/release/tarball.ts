/** package.json, as far as the tarball depends on it. */
export interface PackageFile {
	name: string;
	main: string;
	bin: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
	dependencies?: Record<string, string>;
}

/** What a file of the tarball may be; everything else was packed by mistake. */
const allowed: readonly RegExp[] = [
	/^(package\.json|README\.md|LICENSE)$/,
	/^dist\/(index\.js|THIRD-PARTY-NOTICES\.txt|converter\/convert\.js)$/,
	/^dist\/(nodes\/WhatsAppCloud|credentials)\/\w+\.(node|credentials)\.(js|json)$/,
	/^dist\/(nodes\/WhatsAppCloud|credentials)\/[\w-]+(\.dark)?\.svg$/,
	/^dist\/nodes\/WhatsAppCloud\/__schema__\/v\d+\.\d+\.\d+\/\w+\/\w+\.json$/,
];

/**
 * @param paths of all files of the tarball, below its folder `package/`
 * @returns what is missing or does not belong there, as sentences
 */
export function tarballProblems(paths: readonly string[], about: PackageFile): string[] {
	const needed = [
		'package.json',
		'README.md',
		'LICENSE',
		'dist/THIRD-PARTY-NOTICES.txt',
		about.main,
		...Object.values(about.bin),
		...about.n8n.nodes,
		...about.n8n.nodes.map((path) => `${path}on`),
		...about.n8n.credentials,
	];
	const dependencies = Object.keys(about.dependencies ?? {});
	return [
		...needed.filter((path) => !paths.includes(path)).map((path) => `${path} is missing.`),
		...paths
			.filter((path) => !allowed.some((form) => form.test(path)))
			.map((path) => `${path} does not belong into the package.`),
		...(dependencies.length === 0 ? [] : [`It depends on ${dependencies.join(', ')}.`]),
	];
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tarballProblems, type PackageFile } from '../../../scripts/release/tarball.ts';
import { distTagOf, releaseProblems } from '../../../scripts/release/version.ts';

const root = join(__dirname, '../../..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

describe('the version of a release', () => {
	const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.0.0-rc.1] - 2026-11-26\n\n### Added\n';
	const release = { version: '1.0.0-rc.1', lockedVersion: '1.0.0-rc.1', changelog };

	test('fits lockfile, changelog and tag', () => {
		expect(releaseProblems(release)).toEqual([]);
		expect(releaseProblems({ ...release, tag: 'v1.0.0-rc.1' })).toEqual([]);
	});

	test.each([
		['is none', { version: '1.0', lockedVersion: '1.0' }, '1.0 is no version'],
		['is not the one of the lockfile', { lockedVersion: '0.1.0' }, 'package-lock.json has'],
		['has no heading', { changelog: changelog.replace('rc.1', 'rc.0') }, 'is 1.0.0-rc.0, not'],
		['has a heading without a date', { changelog: changelog.replace(/ - .*/, '') }, 'is none'],
		[
			'leaves lines behind',
			{ changelog: changelog.replace('ed]\n', 'ed]\n\n- A line.\n') },
			'still',
		],
		['has another tag', { tag: 'v1.0.0' }, 'The tag is v1.0.0, not v1.0.0-rc.1.'],
	])('is refused if it %s', (_case, wrong, problem) =>
		expect(releaseProblems({ ...release, ...wrong })).toContainEqual(
			expect.stringContaining(problem),
		),
	);

	test('of a candidate is not what an install gets by default', () => {
		expect(distTagOf('1.0.0-rc.1')).toBe('next');
		expect(distTagOf('1.0.0')).toBe('latest');
	});
});

describe('the tarball of a release', () => {
	const about: PackageFile = {
		name: 'n8n-nodes-whatsapp-cloud',
		main: 'dist/index.js',
		bin: { 'n8n-nodes-whatsapp-cloud': 'dist/converter/convert.js' },
		n8n: {
			nodes: [
				'dist/nodes/WhatsAppCloud/WhatsAppCloud.node.js',
				'dist/nodes/WhatsAppCloud/WhatsAppCloudTrigger.node.js',
			],
			credentials: ['dist/credentials/WhatsAppCloudApi.credentials.js'],
		},
	};
	const files = [
		'package.json',
		'README.md',
		'LICENSE',
		'dist/index.js',
		'dist/THIRD-PARTY-NOTICES.txt',
		'dist/converter/convert.js',
		'dist/credentials/WhatsAppCloudApi.credentials.js',
		'dist/credentials/whatsapp-cloud.dark.svg',
		'dist/nodes/WhatsAppCloud/WhatsAppCloud.node.js',
		'dist/nodes/WhatsAppCloud/WhatsAppCloud.node.json',
		'dist/nodes/WhatsAppCloud/WhatsAppCloudTrigger.node.js',
		'dist/nodes/WhatsAppCloud/WhatsAppCloudTrigger.node.json',
		'dist/nodes/WhatsAppCloud/__schema__/v1.0.0/message/sendText.json',
	];

	test('has what package.json names, and nothing else', () =>
		expect(tarballProblems(files, about)).toEqual([]));

	test.each(files.filter((file) => !/svg|__schema__/.test(file)))('is refused without %s', (file) =>
		expect(
			tarballProblems(
				files.filter((each) => each !== file),
				about,
			),
		).toEqual([`${file} is missing.`]),
	);

	test.each(['dist/index.js.map', 'test/a.test.ts', '.npmrc', 'dist/previews.cjs'])(
		'is refused with %s',
		(file) =>
			expect(tarballProblems([...files, file], about)).toEqual([
				`${file} does not belong into the package.`,
			]),
	);

	test('is refused with a dependency, which n8n would not install', () =>
		expect(tarballProblems(files, { ...about, dependencies: { zod: '^3.0.0' } })).toEqual([
			'It depends on zod.',
		]));
});

describe('the release workflow', () => {
	const workflow = read('.github/workflows/release.yml');

	test('tries the release with the tag, and publishes what that has left', () => {
		expect(workflow).toContain('npm run release:dry -- --tag "$GITHUB_REF_NAME" --into');
		expect(workflow).toMatch(/npm publish \.\/packed\/\*\.tgz --provenance .*--ignore-scripts/);
	});

	test('gives a candidate the same tag as the trial', () => {
		const [, pattern, candidates, others] =
			/case "\$GITHUB_REF_NAME" in (\S+)\) tag=(\w+) ;; \*\) tag=(\w+)/.exec(workflow) ?? [];
		expect([pattern, candidates, others]).toEqual([
			'*-*',
			distTagOf('1.0.0-rc.1'),
			distTagOf('1.0.0'),
		]);
	});

	test('has a repository that the provenance statement can name', () => {
		const { repository } = JSON.parse(read('package.json')) as { repository: { url: string } };
		expect(repository.url).toMatch(/^git\+https:\/\/github\.com\/[\w-]+\/[\w-]+\.git$/);
	});
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const paths = globSync('.github/workflows/*.yml', { cwd: root });
const texts = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

/** A workflow's jobs, each with its lines: names are indented by two spaces below `jobs:`. */
function jobsOf(text: string): string[] {
	const [, jobs = ''] = text.split(/^jobs:$/m);
	return jobs.split(/^ {2}(?=[\w-]+:$)/m).slice(1);
}

describe.each([...texts])('%s', (_path, text) => {
	test('takes actions by their commit, with the version beside it', () => {
		const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action = '']) => action);
		expect(uses.length).toBeGreaterThan(0);
		for (const action of uses)
			expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	test('lets a job sign that runs nothing of ours or of our dependencies', () => {
		for (const job of jobsOf(text).filter((each) => each.includes('id-token: write'))) {
			expect(job).toMatch(/^ {4}environment:/m);
			expect(job).not.toMatch(/checkout@|npm (ci|install|test|run|pack)/);
			expect(job).toContain('--ignore-scripts');
		}
	});
});

test('one job may sign, and no workflow gives more to all of its jobs than to read', () => {
	const all = [...texts.values()];
	expect(all.flatMap(jobsOf).filter((job) => job.includes('id-token: write'))).toHaveLength(1);
	for (const text of all) {
		expect(text.split(/^jobs:$/m)[0]).toMatch(/^permissions:( \{\}|\n {2}contents: read)$/m);
	}
});

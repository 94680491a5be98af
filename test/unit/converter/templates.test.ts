import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { convert } from '../../../converter/convert';
import { mapTexts } from '../../../converter/expressions/shapes';
import type { Workflow } from '../../../converter/workflow/workflow';
import { samplesFolder, withSamples } from '../../samples';
import { isOurs, issuesOf } from './redNodes';

/** Workflows of n8n's public store, not part of this repository. */
const FOLDER = join(samplesFolder(join(__dirname, '../../..')), '../templates');

/** Every expression in the panels of a workflow. */
function expressionsIn({ nodes }: Workflow): string[] {
	const found: string[] = [];
	for (const { parameters } of nodes) {
		mapTexts(parameters, (text) => {
			if (text.startsWith('=') && text.includes('{{')) found.push(text);
			return text;
		});
	}
	return found;
}

const EXAMPLES = join(__dirname, '../../../examples');

describe('examples of this package', () => {
	test.each(readdirSync(EXAMPLES).filter((file) => file.endsWith('.json')))(
		'%s has nothing to convert',
		(file) => {
			const text = readFileSync(join(EXAMPLES, file), 'utf8');
			const converted = convert(text);
			expect(JSON.parse(converted.text)).toEqual(JSON.parse(text));
			expect(converted.findings).toEqual([]);
		},
	);
});

withSamples(FOLDER, 'workflows of n8n’s public store', () => {
	const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

	test('there are some', () => expect(files.length).toBeGreaterThan(0));

	describe.each(files)('%s', (file) => {
		const text = readFileSync(join(FOLDER, file), 'utf8');
		const { text: result, findings } = convert(text);
		const [before, after] = [text, result].map((each) => JSON.parse(each) as Workflow) as [
			Workflow,
			Workflow,
		];

		test('none of the old nodes is left without a word', () => {
			const left = after.nodes.filter(({ type }) => type.startsWith('n8n-nodes-base.whatsApp'));
			const told = findings.filter(({ kind }) => kind === 'left').map(({ node }) => node);
			expect(told).toEqual(expect.arrayContaining(left.map(({ name }) => name)));
		});

		test('no node is red', () => {
			const issues = after.nodes
				.filter(isOurs)
				.flatMap((node) => issuesOf(node).map((issue) => `${node.name}: ${issue}`));
			expect(issues).toEqual([]);
		});

		test('expressions are kept, but for those on what has changed', () => {
			const kept = expressionsIn(after).join('\n');
			const gone = new Set(
				findings.filter(({ text: told }) => told.startsWith('is gone')).map(({ node }) => node),
			);
			const rewritten = new Set(
				findings.filter(({ text: told }) => told.startsWith('reads what')).map(({ node }) => node),
			);
			const owners = before.nodes.filter(({ name }) => !gone.has(name) && !rewritten.has(name));
			const lost = expressionsIn({ ...before, nodes: owners })
				.filter((each) => !kept.includes(each))
				// The request behind a look-up reads the file's ID now, a template's name a colon.
				.filter((each) => !/\burl\b/.test(each));
			expect(lost).toEqual([]);
		});

		test('names, places and the ways between nodes are kept', () => {
			const about = ({ nodes }: Workflow) =>
				nodes.map(({ name, position, webhookId }) => ({ name, position, webhookId }));
			const removed = new Set(
				findings.filter(({ text: told }) => told.startsWith('is gone')).map(({ node }) => node),
			);
			expect(about(after)).toEqual(about(before).filter(({ name }) => !removed.has(name)));
			if (removed.size === 0 && !text.includes('limitWaitTime')) {
				expect(after.connections).toEqual(before.connections);
			}
		});

		test('converting twice changes nothing', () => expect(convert(result).text).toBe(result));
	});
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WorkflowNode } from '../../../converter/workflow/workflow';
import type { N8nNode, N8nWorkflowDefinition } from '../../../scripts/host/n8n-api.ts';
import { hasPanel, isOurs, issuesOf } from '../converter/redNodes';
import { isNote, layoutProblems } from './layout';

const projectFolder = resolve(__dirname, '../../..');
const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');

const examples = readdirSync(join(projectFolder, 'examples'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => {
		const text = readFileSync(join(projectFolder, 'examples', file), 'utf8');
		const workflow = JSON.parse(text) as N8nWorkflowDefinition & { pinData?: unknown };
		return { name: file.slice(0, -'.json'.length), workflow };
	});

const each = examples.map(({ name, workflow }) => [name, workflow] as const);

/** The same values twice, in any of the nodes. */
function repeated(values: readonly unknown[]): unknown[] {
	return values.filter((value, index) => value !== undefined && values.indexOf(value) !== index);
}

test.each(each)('%s opens without a red field', (_name, { nodes }) => {
	const ours = (nodes as unknown as WorkflowNode[]).filter(isOurs).filter(hasPanel);
	expect(ours.length).toBeGreaterThan(0);
	expect(ours.map((node) => [node.name, issuesOf(node)])).toEqual(
		ours.map((node) => [node.name, []]),
	);
});

test.each(each)(
	'%s has no credential, so that the editor marks what lacks one',
	(_name, example) => {
		const { nodes, pinData } = example;
		const ours = (nodes as unknown as WorkflowNode[]).filter(isOurs);
		expect(ours.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		const ids = nodes.flatMap(({ credentials = {} }) =>
			Object.values(credentials).map(({ id }) => id),
		);
		expect(ids.filter((id) => id !== null)).toEqual([]);
		expect(pinData ?? {}).toEqual({});
	},
);

test.each(each)('%s leads from node to node that are there', (_name, { nodes, connections }) => {
	const names = nodes.map(({ name }) => name);
	expect(repeated(names)).toEqual([]);
	expect(repeated(nodes.map(({ id }) => id))).toEqual([]);
	const led = Object.values(connections as Record<string, Record<string, { node: string }[][]>>)
		.flatMap((outputs) => Object.values(outputs))
		.flat(2)
		.map(({ node }) => node);
	expect([...Object.keys(connections), ...led].filter((name) => !names.includes(name))).toEqual([]);
});

test.each(each)(
	'%s tells a newcomer what to do, in notes that cover nothing',
	(_name, { nodes }) => {
		const notes = nodes.filter(isNote);
		expect(notes.map(({ name }) => name)).toContain('Note: Start Here');
		expect(layoutProblems(nodes)).toEqual([]);
	},
);

test.each(each)('%s stands in the README, with a picture', (name) => {
	expect(readme).toContain(`(examples/${name}.json)`);
	expect(existsSync(join(projectFolder, 'docs/images/examples', `${name}.png`))).toBe(true);
});

test('no two examples share a webhook', () => {
	const all = examples.flatMap(({ workflow }) => workflow.nodes);
	const paths = (node: N8nNode) =>
		node.type === 'n8n-nodes-base.webhook' && node.parameters['path'];
	expect(repeated(all.map(({ webhookId }) => webhookId))).toEqual([]);
	expect(repeated(all.map(paths).filter(Boolean))).toEqual([]);
});

import type { Workflow, WorkflowNode } from '../../converter/workflow/workflow.ts';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';

/** Nodes that need nothing but n8n. */
const own = ['if', 'switch', 'set', 'merge', 'noOp', 'filter', 'splitInBatches', 'stickyNote'].map(
	(name) => `n8n-nodes-base.${name}`,
);

const ofPackage = 'n8n-nodes-whatsapp-cloud.';

/** What models, sheets and code elsewhere answer. */
const answer = `={{ { ...$json, output: 'An answer', text: 'An answer', response: 'An answer', content: 'An answer', message: { content: 'An answer' } } }}`;

/**
 * The workflow with everything that needs an account elsewhere replaced: models, sheets, code that
 * was left out. The nodes of this package stay, and use the account of the credential.
 *
 * @param kept types of further nodes that stay, such as code that is whole
 */
export function withStandIns(
	workflow: Workflow,
	credential: { id: string; name: string },
	kept: readonly string[] = [],
): Workflow {
	const tools = new Set(
		Object.entries(workflow.connections ?? {}).flatMap(([name, outputs]) =>
			Object.keys(outputs).some((type) => type !== 'main') ? [name] : [],
		),
	);
	const nodes = workflow.nodes
		.filter(({ name }) => !tools.has(name))
		.map((node) => (kept.includes(node.type) ? node : standIn(node, credential)));
	const connections = Object.fromEntries(
		Object.entries(workflow.connections ?? {}).filter(([name]) => !tools.has(name)),
	);
	return { name: workflow['name'], nodes, connections, settings: { executionOrder: 'v1' } };
}

function standIn(node: WorkflowNode, credential: { id: string; name: string }): WorkflowNode {
	if (node.type.startsWith(ofPackage)) {
		const parameters = Object.fromEntries(
			Object.entries(node.parameters ?? {}).filter(([name]) => name !== 'phoneNumberId'),
		);
		return { ...node, parameters, credentials: { whatsAppCloudApi: credential } };
	}
	if (own.includes(node.type)) return node;
	const { id, name, position } = node;
	const isStart = /trigger$|\.webhook$/i.test(node.type);
	return isStart
		? { id, name, position, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} }
		: {
				...{ id, name, position, type: 'n8n-nodes-base.set', typeVersion: 3.4 },
				parameters: { mode: 'raw', jsonOutput: answer, options: {} },
			};
}

/** What takes the place of a node that needs an account elsewhere. */
export type StandIn = Pick<N8nNode, 'type' | 'typeVersion' | 'parameters'>;

/** Gives these items, as a sheet gives its rows. */
export const gives = (...items: object[]): StandIn => ({
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: `return ${JSON.stringify(items.map((json) => ({ json })))};` },
});

/** Passes its items on, as a node does that writes them elsewhere. */
export const passesOn: StandIn = {
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	parameters: {},
};

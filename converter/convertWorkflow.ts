import type { Finding } from './findings.ts';
import type { ResultShape } from './expressions/paths.ts';
import { ItemShapes } from './expressions/shapes.ts';
import { builtInName, convertBuiltIn, toolSuffix } from './nodes/builtInNodes.ts';
import { isLeft, type Converted } from './nodes/conversion.ts';
import { convertHttp, sendsByItself, usesOldCredential } from './nodes/convertHttp.ts';
import { CredentialNames } from './nodes/credentialNames.ts';
import { convertHooks } from './hooks/convertHooks.ts';
import { rewriteNodes } from './expressions/rewriteNodes.ts';
import { convertPinned } from './workflow/pinned.ts';
import { convertWithin, namesSubWorkflow } from './workflow/subWorkflow.ts';
import { parametersOf, recordOf, type Workflow, type WorkflowNode } from './workflow/workflow.ts';

/** A workflow in the nodes of this package. */
export interface ConvertedWorkflow {
	workflow: Workflow;
	findings: Finding[];
	isChanged: boolean;
}

const packageName = 'n8n-nodes-whatsapp-cloud.';

/** The versions that new nodes have. */
const versions = { whatsAppCloud: 1, whatsAppCloudTrigger: 2 } as const;

/** @param name of the workflow in the report; `null` if it is the only one */
export function convertWorkflow(original: Workflow, name: string | null): ConvertedWorkflow {
	const findings: Finding[] = [];
	const tell = (kind: Finding['kind'], node: string | null, text: string): void => {
		findings.push({ kind, workflow: name, node, text });
	};
	const hooks = convertHooks(original, tell);
	const changed = new Map<string, ResultShape>(hooks.shapes);
	const credentials = new CredentialNames(original.nodes);

	const replace = (node: WorkflowNode, converted: Converted, suffix = ''): WorkflowNode => {
		tell('changed', node.name, `is now ${converted.as}.`);
		for (const text of converted.toDo) tell('toDo', node.name, text);
		if (converted.shape !== null) changed.set(node.name, converted.shape);
		return credentials.give(node, {
			...node,
			type: `${packageName}${converted.type}${suffix}`,
			typeVersion: versions[converted.type],
			parameters: { ...toolTexts(node), ...converted.parameters },
		});
	};

	const builtIns = hooks.workflow.nodes.map((node) => {
		const known = builtInName(node);
		if (known === null) return node;
		const converted = convertBuiltIn(node, known);
		if (!isLeft(converted)) return replace(node, converted, toolSuffix(known));
		tell('left', node.name, `${converted.left}.`);
		return node;
	});
	const ours = { ...hooks.workflow, nodes: builtIns };
	const shapes = new ItemShapes(ours, changed);
	const requests = builtIns.map((node) => {
		const converted = convertHttp(node, (base) =>
			base === 'input' ? shapes.received(node.name) : shapes.given(base.node),
		);
		if (converted !== null) return replace(node, converted);
		if (sendsByItself(node)) {
			tell('left', node.name, 'sends a message by a request with settings of its own.');
		}
		if (!usesOldCredential(node)) return node;
		tell('changed', node.name, 'uses the credential of this package.');
		const parameters = { ...parametersOf(node), nodeCredentialType: 'whatsAppCloudApi' };
		return credentials.give(node, { ...node, parameters });
	});

	const workflow = withTimedOut({ ...ours, nodes: requests }, changed);
	const nodes = rewriteNodes(workflow, changed, tell).map((node) =>
		convertWithin(node, (inner, innerName) => {
			const within = convertWorkflow(inner, innerName);
			findings.push(...within.findings);
			return within.isChanged ? within.workflow : inner;
		}),
	);
	const callers = nodes.filter((node) => namesSubWorkflow(node) && node.disabled !== true);
	if (callers.length > 0 && findings.length > 0) {
		const names = callers.map((node) => `"${node.name}"`).join(', ');
		tell('toDo', null, `Convert the workflows, too, that these nodes call: ${names}.`);
	}
	for (const text of credentials.toDo()) tell('toDo', null, text);
	const pinData = Object.fromEntries(
		Object.entries(recordOf(workflow.pinData)).map(([node, pinned]) => {
			const shape = changed.get(node);
			return [node, shape === undefined ? pinned : convertPinned(pinned, shape)];
		}),
	);
	return {
		workflow: {
			...workflow,
			nodes,
			...(workflow.pinData === undefined ? {} : { pinData }),
		},
		findings,
		isChanged: findings.some(({ kind }) => kind === 'changed'),
	};
}

/** What an agent reads about a tool. */
function toolTexts(node: WorkflowNode): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(parametersOf(node)).filter(([name]) =>
			['descriptionType', 'toolDescription'].includes(name),
		),
	);
}

/** Send and Wait gives what was not answered in time by an output of its own. */
function withTimedOut(workflow: Workflow, changed: ReadonlyMap<string, ResultShape>): Workflow {
	const connections = { ...workflow.connections };
	for (const node of workflow.nodes) {
		const main = connections[node.name]?.['main'];
		const { operation, options } = parametersOf(node);
		if (!changed.has(node.name) || operation !== 'sendAndWait') continue;
		if (!Array.isArray(main) || recordOf(options)['limitWaitTime'] === undefined) continue;
		connections[node.name] = { ...connections[node.name], main: [main[0] ?? [], main[0] ?? []] };
	}
	return { ...workflow, connections };
}

import type { Finding } from './report/findings.ts';
import type { ResultShape } from './expressions/paths.ts';
import { ItemShapes } from './expressions/shapes.ts';
import { builtInName, convertBuiltIn, toolSuffix } from './nodes/builtInNodes.ts';
import { isLeft, type Converted } from './nodes/conversion.ts';
import { CredentialNames } from './nodes/credentialNames.ts';
import { Senders } from './nodes/senders.ts';
import { convertHooks } from './hooks/convertHooks.ts';
import { rewriteNodes } from './expressions/rewriteNodes.ts';
import { convertFetch, convertRequest } from './requests/convertRequest.ts';
import { usesOldCredential, whyLeft } from './requests/whyLeft.ts';
import { convertPinned } from './pinned.ts';
import { wholeNotes } from './wholeNotes.ts';
import { isAboutWhatsApp } from './workflow/aboutWhatsApp.ts';
import { ownPrefix } from './workflow/nodeTypes.ts';
import { convertWithin } from './workflow/subWorkflow.ts';
import { parametersOf, recordOf, type Workflow, type WorkflowNode } from './workflow/workflow.ts';

/** A workflow in the nodes of this package. */
export interface ConvertedWorkflow {
	workflow: Workflow;
	findings: Finding[];
	isChanged: boolean;
}

/** The versions that new nodes have. */
const versions = { whatsAppCloud: 1, whatsAppCloudTrigger: 2 } as const;

/** What a person chooses. */
export interface ConvertOptions {
	/** Whether the credential's number sends, instead of those that the file names by their IDs. */
	defaultSender?: boolean;
}

/** @param name of the workflow in the report; `null` if it is the only one */
export function convertWorkflow(
	original: Workflow,
	name: string | null,
	options: ConvertOptions,
): ConvertedWorkflow {
	const findings: Finding[] = [];
	const tell = (kind: Finding['kind'], node: string | null, text: string): void => {
		findings.push({ kind, workflow: name, node, text });
	};
	const hooks = convertHooks(original, tell);
	const changed = new Map<string, ResultShape>(hooks.shapes);
	const senders = new Senders(options.defaultSender === true);
	const credentials = new CredentialNames(original.nodes);

	const replace = (node: WorkflowNode, converted: Converted, suffix = ''): WorkflowNode => {
		tell('changed', node.name, `is now ${converted.as}.`);
		for (const text of converted.toDo) tell('toDo', node.name, text);
		if (converted.shape !== null) changed.set(node.name, converted.shape);
		return credentials.give(node, {
			...node,
			type: `${ownPrefix}${converted.type}${suffix}`,
			typeVersion: versions[converted.type],
			parameters: { ...toolTexts(node), ...senders.choose(node, converted.parameters) },
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
	const isAbout = isAboutWhatsApp(original);
	const lookUps = builtIns.map((node) => {
		const converted = convertRequest(node, isAbout);
		return converted === null ? node : replace(node, converted);
	});
	// How the items of look-ups differ is known only now.
	const shapes = new ItemShapes({ ...hooks.workflow, nodes: lookUps }, changed);
	const fetches = lookUps.map((node) => {
		const converted = convertFetch(node, (base) =>
			base === 'input' ? shapes.received(node.name) : shapes.given(base.node),
		);
		return converted === null ? node : replace(node, converted);
	});
	const requests = fetches.map((node) => {
		if (!usesOldCredential(node)) return node;
		tell('changed', node.name, 'uses the credential of this package.');
		const parameters = { ...parametersOf(node), nodeCredentialType: 'whatsAppCloudApi' };
		return credentials.give(node, { ...node, parameters });
	});
	for (const node of fetches.filter((each) => !usesOldCredential(each))) {
		const why = whyLeft(node, isAbout);
		if (why !== null) tell('left', node.name, why);
	}

	const workflow = withTimedOut({ ...hooks.workflow, nodes: requests }, changed);
	const nodes = rewriteNodes(workflow, changed, tell).map((node) =>
		convertWithin(node, (inner, innerName) => {
			const within = convertWorkflow(inner, innerName, options);
			findings.push(...within.findings);
			return within.isChanged ? within.workflow : inner;
		}),
	);
	const isChanged = findings.some(({ kind }) => kind === 'changed');
	if (isChanged) {
		const given = new ItemShapes(workflow, changed);
		for (const { node, text } of wholeNotes(nodes, given)) tell('toDo', node, text);
	}
	for (const text of [...senders.toDo(), ...credentials.toDo()]) tell('toDo', null, text);
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
		isChanged,
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

/**
 * Send and Wait gives what was not answered in time by an output of its own, before that of errors.
 */
function withTimedOut(workflow: Workflow, changed: ReadonlyMap<string, ResultShape>): Workflow {
	const connections = { ...workflow.connections };
	for (const node of workflow.nodes) {
		const main = connections[node.name]?.['main'];
		const { operation, options } = parametersOf(node);
		if (!changed.has(node.name) || operation !== 'sendAndWait' || !Array.isArray(main)) continue;
		const hasLimit = recordOf(options)['limitWaitTime'] !== undefined;
		const [answered = [], ...others] = main;
		if (!hasLimit && others.length === 0) continue;
		const timedOut = hasLimit ? answered : [];
		connections[node.name] = { ...connections[node.name], main: [answered, timedOut, ...others] };
	}
	return { ...workflow, connections };
}

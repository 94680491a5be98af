import type {
	IConnections,
	INode,
	INodeParameters,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { type ClearCredentials, EngineCredentialsHelper } from './credentials-helper.ts';
import { createAdditionalData, type EngineHost } from './host.ts';
import { n8nCore, n8nWorkflow } from './n8n-modules.ts';
import { asToolType, EngineNodeTypes } from './node-types.ts';
import type { ParsedRunNodeRequest } from './request.ts';

/** The address n8n has if nothing is configured; nobody calls it. */
const DEFAULT_BASE_URL = 'http://localhost:5678';
const DEFAULT_WORKFLOW_ID = 'singleNodeRun001';

/** The node to test, as the request describes it. */
interface NodeSetup {
	node: string;
	typeVersion?: number | undefined;
	nodeName?: string | undefined;
	parameters: Record<string, unknown>;
	credentials: ClearCredentials;
	workflowId?: string | undefined;
	timezone?: string | undefined;
	asTool?: boolean;
}

/** A workflow around one node of the package. */
export interface NodeWorkflow {
	workflow: InstanceType<typeof n8nWorkflow.Workflow>;
	nodeTypes: EngineNodeTypes;
	/** The node in the workflow, with its parameters' defaults. */
	node: INode;
	workflowId: string;
	additionalData: IWorkflowExecuteAdditionalData;
}

/** The same name gives the same ID, since a node keeps its ID in a saved workflow. */
function stableUuid(name: string): string {
	const hex = createHash('sha256').update(name).digest('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}

/** What the editor keeps under a node's Settings. */
export function nodeSettings({
	retryOnFail,
	onError,
}: Pick<ParsedRunNodeRequest, 'retryOnFail' | 'onError'>): Partial<INode> {
	if (retryOnFail === undefined) return { onError };
	return {
		onError,
		retryOnFail: true,
		...(retryOnFail.maxTries === undefined ? {} : { maxTries: retryOnFail.maxTries }),
		...(retryOnFail.waitMs === undefined ? {} : { waitBetweenTries: retryOnFail.waitMs }),
	};
}

/** A node for the canvas of these workflows. */
export function createNode(
	workflowId: string,
	fields: Pick<INode, 'name' | 'type' | 'typeVersion'> & Partial<INode>,
): INode {
	return {
		id: stableUuid(`${workflowId} ${fields.name}`),
		position: [0, 0],
		parameters: {},
		...fields,
	};
}

function warnOfUnknownParameters(
	host: EngineHost,
	nodeTypes: EngineNodeTypes,
	node: INode,
	given: Record<string, unknown>,
): void {
	const { properties } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description;
	const known = new Set(properties.map((property) => property.name));
	for (const name of Object.keys(given)) {
		if (!known.has(name)) host.log.warn(`The node has no parameter "${name}"; it is ignored.`);
	}
}

/**
 * Builds the workflow: the tested node, and whatever surrounds it.
 *
 * @param surround other nodes and the connections between all of them
 * @param baseUrl address of this n8n, for the URLs of webhooks
 * @throws RequestError if the node, version or credential does not exist
 */
export function buildWorkflow(
	host: EngineHost,
	setup: NodeSetup,
	extra: Partial<INode>,
	surround: (
		node: INode,
		workflowId: string,
		nodeTypes: EngineNodeTypes,
	) => { nodes: INode[]; connections: IConnections },
	baseUrl = DEFAULT_BASE_URL,
): NodeWorkflow {
	const nodeTypes = new EngineNodeTypes(host.nodePackage);
	const credentialsHelper = new EngineCredentialsHelper(host.nodePackage, setup.credentials);
	host.log.hide(credentialsHelper.secrets());
	let type = nodeTypes.resolve(setup.node);
	const typeVersion = nodeTypes.version(type, setup.typeVersion);
	const nodeType = nodeTypes.getByNameAndVersion(type, typeVersion);
	if (setup.asTool === true) {
		type = `${type}Tool`;
		nodeTypes.add(type, asToolType(nodeType));
	}
	const workflowId = setup.workflowId ?? DEFAULT_WORKFLOW_ID;
	const name = setup.nodeName ?? nodeType.description.displayName;
	const credentials = credentialsHelper.references();
	const node = createNode(workflowId, {
		name,
		type,
		typeVersion,
		parameters: structuredClone(setup.parameters) as INodeParameters,
		webhookId: stableUuid(`${workflowId} ${name} webhook`),
		...(credentials === undefined ? {} : { credentials }),
		...extra,
	});
	warnOfUnknownParameters(host, nodeTypes, node, setup.parameters);
	const { nodes, connections } = surround(node, workflowId, nodeTypes);
	const workflow = new n8nWorkflow.Workflow({
		id: workflowId,
		name: 'Single node',
		nodes: [...nodes, node],
		connections,
		active: false,
		nodeTypes,
		settings: {
			executionOrder: 'v1',
			...(setup.timezone === undefined ? {} : { timezone: setup.timezone }),
		},
	});
	const additionalData = createAdditionalData(credentialsHelper, baseUrl);
	additionalData.workflowId = workflowId;
	return { workflow, nodeTypes, node, workflowId, additionalData };
}

/** Gives the execution its ID and the hooks that n8n needs to start it. */
export function prepareExecution(
	target: NodeWorkflow,
	mode: WorkflowExecuteMode,
	executionId: string,
): void {
	const { workflow, additionalData } = target;
	const now = new Date();
	const workflowData: IWorkflowBase = {
		id: target.workflowId,
		name: workflow.name ?? '',
		active: false,
		isArchived: false,
		createdAt: now,
		updatedAt: now,
		activeVersionId: null,
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		settings: workflow.settings,
	};
	additionalData.executionId = executionId;
	additionalData.hooks = new n8nCore.ExecutionLifecycleHooks(mode, executionId, workflowData);
}

/** A new execution ID: with persistent state, a repeated ID means a repeated execution. */
export function newExecutionId(): string {
	const random = Math.floor(Math.random() * 1000);
	return `${Date.now()}${String(random).padStart(3, '0')}`;
}

/** A node of a workflow file. What is not named here is kept as it is. */
export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion?: unknown;
	disabled?: unknown;
	parameters?: unknown;
	credentials?: unknown;
	[member: string]: unknown;
}

/** One end of a connection. */
export interface Target {
	node: string;
	type: string;
	index: number;
}

/** By the name of the node that they leave, then by their type, then by its output. */
export type Connections = Record<string, Record<string, (Target[] | null)[]>>;

/** A workflow file. What is not named here is kept as it is. */
export interface Workflow {
	nodes: WorkflowNode[];
	connections?: Connections;
	pinData?: Record<string, unknown>;
	[member: string]: unknown;
}

/** The values of a node's panel. */
export type Parameters = Record<string, unknown>;

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or an empty one where there is none. */
export const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

/** A list of objects; what is no object is left out. */
export const recordsOf = (value: unknown): Record<string, unknown>[] =>
	Array.isArray(value) ? value.filter(isRecord) : [];

/** A text as a field holds it; numbers and truth values become text. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Whether n8n evaluates the text. */
export const isExpression = (value: unknown): boolean =>
	typeof value === 'string' && value.startsWith('=');

export const parametersOf = (node: WorkflowNode): Parameters => recordOf(node.parameters);

/** Whether a value looks like a workflow. */
export function isWorkflow(value: unknown): value is Workflow {
	return isRecord(value) && Array.isArray(value['nodes']) && value['nodes'].every(isNode);
}

const isNode = (value: unknown): value is WorkflowNode =>
	isRecord(value) && typeof value['type'] === 'string' && typeof value['name'] === 'string';

/** The nodes that a node's outputs lead to; outputs without connection are empty. */
export function targetsOf(workflow: Workflow, name: string, type = 'main'): Target[][] {
	const outputs = recordOf(recordOf(workflow.connections)[name])[type];
	return Array.isArray(outputs) ? outputs.map((output) => recordsOf(output) as never[]) : [];
}

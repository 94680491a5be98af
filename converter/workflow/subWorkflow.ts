import { builtInPrefix } from './nodeTypes.ts';
import {
	isWorkflow,
	parametersOf,
	recordOf,
	textOf,
	type Workflow,
	type WorkflowNode,
} from './workflow.ts';

const callerType = `${builtInPrefix}executeWorkflow`;

const callers: ReadonlySet<string> = new Set([
	callerType,
	`${callerType}Tool`,
	'@n8n/n8n-nodes-langchain.toolWorkflow',
]);

/** Where such a node holds a workflow as text. */
const field = 'workflowJson';

const isWithin = (node: WorkflowNode): boolean =>
	callers.has(node.type) && textOf(parametersOf(node)['source']) === 'parameter';

/** Whether a node calls a workflow that is stored elsewhere. */
export const namesSubWorkflow = (node: WorkflowNode): boolean =>
	callers.has(node.type) && !isWithin(node);

/** Whether such a node hands the items on that it gets, and names no values of its own. */
export const handsItemsOn = (node: WorkflowNode): boolean =>
	node.type === callerType &&
	Object.keys(recordOf(recordOf(parametersOf(node)['workflowInputs'])['value'])).length === 0;

/** Converts the workflow that a node holds within its panel. */
export function convertWithin(
	node: WorkflowNode,
	convert: (workflow: Workflow, name: string) => Workflow,
): WorkflowNode {
	const text = parametersOf(node)[field];
	if (!isWithin(node) || typeof text !== 'string' || text.startsWith('=')) return node;
	const inner = parsed(text);
	if (inner === null) return node;
	const converted = convert(inner, node.name);
	if (converted === inner) return node;
	const parameters = { ...parametersOf(node), [field]: JSON.stringify(converted, null, 2) };
	return { ...node, parameters };
}

function parsed(text: string): Workflow | null {
	try {
		const value: unknown = JSON.parse(text);
		return isWorkflow(value) ? value : null;
	} catch {
		return null;
	}
}

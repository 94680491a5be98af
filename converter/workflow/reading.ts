import { isRecord, isWorkflow, type Workflow } from './workflow.ts';

/** The input holds no workflow. The message says why, the advice what to do. */
export class InputProblem extends Error {
	override readonly name = 'InputProblem';
	readonly advice: string;

	constructor(message: string, advice: string) {
		super(message);
		this.advice = advice;
	}
}

/** A file, and the workflows within it, which may be changed in place. */
export interface WorkflowFile {
	content: unknown;
	workflows: Workflow[];
}

const advice =
	'In n8n, open the workflow, choose Download in the menu at the top right, and give that file; or select all nodes, copy them and paste them here.';

/**
 * Reads a workflow file, a list of workflows, an answer of n8n's API or a template of n8n's store.
 *
 * @throws InputProblem if the text is no JSON or holds no workflow
 */
export function readFile(text: string): WorkflowFile {
	const json = text.replace(/^\ufeff/, '').trim();
	if (json === '') throw new InputProblem('The input is empty.', advice);
	const content = parse(json);
	const workflows = workflowsIn(content);
	if (workflows.length === 0) throw new InputProblem('The input holds no workflow.', advice);
	return { content, workflows };
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new InputProblem(`The input is not JSON: ${reason}.`, advice);
	}
}

/** Where files of different origins hold a workflow or several. */
function workflowsIn(content: unknown): Workflow[] {
	if (isWorkflow(content)) return [content];
	if (Array.isArray(content)) return content.flatMap(workflowsIn);
	if (!isRecord(content)) return [];
	return [content['workflow'], content['data'], content['workflows']].flatMap((inner) =>
		isRecord(inner) || Array.isArray(inner) ? workflowsIn(inner) : [],
	);
}

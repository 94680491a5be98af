import {
	isRecord,
	parametersOf,
	recordsOf,
	targetsOf,
	textOf,
	type Workflow,
	type WorkflowNode,
} from '../workflow/workflow.ts';
import type { ResultShape } from './paths.ts';

/** Nodes whose items are those that they get. */
const passing: ReadonlySet<string> = new Set(
	[
		...['if', 'switch', 'filter', 'wait', 'noOp', 'limit', 'sort', 'merge', 'splitInBatches'],
		...['removeDuplicates', 'stopAndError', 'respondToWebhook', 'executionData', 'crypto'],
	].map((name) => `n8n-nodes-base.${name}`),
);

/** Where each node's items come from, and how those of converted nodes have changed. */
export class ItemShapes {
	private readonly nodes: ReadonlyMap<string, WorkflowNode>;
	private readonly sources = new Map<string, string[]>();
	private readonly roots = new Map<string, string[]>();
	private readonly changed: ReadonlyMap<string, ResultShape>;
	private readonly known = new Map<string, ResultShape | 'mixed' | null>();

	/** @param changed the converted nodes whose items differ, by name */
	constructor(workflow: Workflow, changed: ReadonlyMap<string, ResultShape>) {
		this.nodes = new Map(workflow.nodes.map((node) => [node.name, node]));
		this.changed = changed;
		for (const { name } of workflow.nodes) {
			for (const { node } of targetsOf(workflow, name).flat()) add(this.sources, node, name);
			// A model, a tool or a memory reads the items of the node that it belongs to.
			for (const [type, outputs] of Object.entries(workflow.connections?.[name] ?? {})) {
				if (type === 'main' || !Array.isArray(outputs)) continue;
				for (const { node } of outputs.flatMap(recordsOf)) add(this.roots, name, String(node));
			}
		}
	}

	/** How the items that a node gives have changed; `mixed` if they come from nodes that differ. */
	given(name: string): ResultShape | 'mixed' | null {
		return this.isPassing(name) ? this.received(name) : (this.changed.get(name) ?? null);
	}

	/** How the items that a node gets have changed. */
	received(name: string): ResultShape | 'mixed' | null {
		const known = this.known.get(name);
		if (known !== undefined) return known;
		const shapes = new Set<ResultShape | null>();
		const seen = new Set<string>();
		const waiting = [name];
		for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
			if (seen.has(node)) continue;
			seen.add(node);
			waiting.push(...(this.roots.get(node) ?? []));
			for (const source of this.sources.get(node) ?? []) {
				if (this.isPassing(source)) waiting.push(source);
				else shapes.add(this.changed.get(source) ?? null);
			}
		}
		const [first = null, ...others] = shapes;
		const shape = others.length === 0 ? first : 'mixed';
		this.known.set(name, shape);
		return shape;
	}

	private isPassing(name: string): boolean {
		const node = this.nodes.get(name);
		return node !== undefined && (node.disabled === true || passesOn(node));
	}
}

function add(lists: Map<string, string[]>, key: string, value: string): void {
	lists.set(key, [...(lists.get(key) ?? []), value]);
}

function passesOn(node: WorkflowNode): boolean {
	if (passing.has(node.type)) return true;
	if (node.type === 'n8n-nodes-base.set') return keepsFields(node);
	return node.type === 'n8n-nodes-base.code' && handsOn(textOf(parametersOf(node)['jsCode']));
}

/** Whether Edit Fields gives the fields that it does not set, too. Its versions ask in three ways. */
function keepsFields(node: WorkflowNode): boolean {
	const { keepOnlySet, include = 'all', includeOtherFields } = parametersOf(node);
	const version = Number(node.typeVersion ?? 1);
	if (version < 3) return keepOnlySet !== true;
	return version < 3.3 ? include === 'all' : includeOtherFields === true;
}

/** Whether code gives the items that it gets, perhaps with something added. */
const handsOn = (code: string): boolean =>
	/\breturn\s+(?:\$input\.(?:all\(\)|item\b(?!\.)|first\(\)(?!\.))|items?\b(?!\s*[.[(]))/.test(
		code,
	) && !/\.json\s*=(?![=>])/.test(code);

/** Whether a value in a panel is code as a whole, as in a Code node. */
export const isCodeField = (name: string): boolean => name === 'jsCode' || name === 'functionCode';

/** Changes every text within a value, with the name of the field that holds it. */
export function mapTexts(
	value: unknown,
	change: (text: string, field: string) => string,
	field = '',
): unknown {
	if (typeof value === 'string') return change(value, field);
	if (Array.isArray(value)) return value.map((each) => mapTexts(each, change, field));
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, each]) => [name, mapTexts(each, change, name)]),
	);
}

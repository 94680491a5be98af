import {
	isRecord,
	parametersOf,
	recordsOf,
	targetsOf,
	textOf,
	type Workflow,
	type WorkflowNode,
} from '../workflow/workflow.ts';
import { builtInPrefix, codeType, setType } from '../workflow/nodeTypes.ts';
import type { ResultShape } from './paths.ts';
import { handsOn, keepsFields, namesWritten } from './written.ts';

/** Nodes whose items are those that they get. */
const passing: ReadonlySet<string> = new Set(
	[
		...['if', 'switch', 'filter', 'wait', 'noOp', 'limit', 'sort', 'merge', 'splitInBatches'],
		...['removeDuplicates', 'stopAndError', 'respondToWebhook', 'executionData', 'crypto'],
	].map((name) => `${builtInPrefix}${name}`),
);

/** How items have changed: `null` if they have not, `mixed` if some may have. */
type Shape = ResultShape | 'mixed' | null;

/** Where each node's items come from, and how those of converted nodes have changed. */
export class ItemShapes {
	private readonly nodes: ReadonlyMap<string, WorkflowNode>;
	private readonly sources = new Map<string, string[]>();
	private readonly roots = new Map<string, string[]>();
	private readonly changed: ReadonlyMap<string, ResultShape>;
	private readonly known = new Map<string, Shape>();

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
	given(name: string): Shape {
		const node = this.nodes.get(name);
		const how = node === undefined ? 'no' : passesOn(node);
		if (node === undefined || how === 'no') return this.changed.get(name) ?? null;
		const received = this.received(name);
		if (how === 'perhaps') return received === null ? null : 'mixed';
		return received === null || received === 'mixed' || node.disabled === true
			? received
			: afterWriting(received, new Set(namesWritten(node)));
	}

	/** How the items that a node gets have changed. */
	received(name: string): Shape {
		const known = this.known.get(name);
		if (known !== undefined) return known;
		const shapes = new Set<Shape>();
		const written = new Set<string>();
		let isForked = false;
		const seen = new Set<string>();
		const waiting = [name];
		for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
			if (seen.has(at)) continue;
			seen.add(at);
			waiting.push(...(this.roots.get(at) ?? []));
			const sources = this.sources.get(at) ?? [];
			isForked ||= sources.length > 1;
			for (const source of sources) {
				const node = this.nodes.get(source);
				const how = node === undefined ? 'no' : passesOn(node);
				if (node === undefined || how === 'no') {
					shapes.add(this.changed.get(source) ?? null);
					continue;
				}
				waiting.push(source);
				if (how === 'perhaps') shapes.add(null);
				if (node.disabled !== true) for (const each of namesWritten(node)) written.add(each);
			}
		}
		const [first = null, ...others] = shapes;
		const one = others.length === 0 ? first : 'mixed';
		const shape = one === null || one === 'mixed' ? one : afterWriting(one, written, isForked);
		this.known.set(name, shape);
		return shape;
	}
}

/**
 * What a node writes to the items has nothing to do with what was there before.
 *
 * @param isPerhaps whether items may come by another way, where nothing was written: to be told
 */
function afterWriting(
	shape: ResultShape,
	names: ReadonlySet<string>,
	isPerhaps = false,
): ResultShape {
	if (names.size === 0) return shape;
	const isKept = (name: string | number | undefined): boolean => !names.has(String(name));
	return {
		...shape,
		moved: shape.moved.filter(({ from }) => isKept(from[0])),
		names: isPerhaps ? shape.names : shape.names.filter(isKept),
		written: new Set([...(shape.written ?? []), ...names]),
		origin: shape.origin ?? shape,
	};
}

function add(lists: Map<string, string[]>, key: string, value: string): void {
	lists.set(key, [...(lists.get(key) ?? []), value]);
}

/** Whether a node gives the items that it gets; `perhaps` where its code was not followed. */
function passesOn(node: WorkflowNode): 'yes' | 'no' | 'perhaps' {
	if (node.disabled === true || passing.has(node.type)) return 'yes';
	if (node.type === setType) return keepsFields(node) ? 'yes' : 'no';
	return node.type === codeType ? handsOn(textOf(parametersOf(node)['jsCode'])) : 'no';
}

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

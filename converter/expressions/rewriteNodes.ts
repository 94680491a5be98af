import type { Finding } from '../findings.ts';
import type { Workflow, WorkflowNode } from '../workflow/workflow.ts';
import type { ResultShape } from './paths.ts';
import { codesIn, readItems, type Base } from './readItems.ts';
import { rewriteCode, rewriteExpression } from './rewriteCode.ts';
import { isCodeField, ItemShapes, mapTexts } from './shapes.ts';

/** Lets the expressions and the code of all nodes read converted items from where they are now. */
export function rewriteNodes(
	workflow: Workflow,
	changed: ReadonlyMap<string, ResultShape>,
	tell: (kind: Finding['kind'], node: string | null, text: string) => void,
): WorkflowNode[] {
	if (changed.size === 0) return workflow.nodes;
	const shapes = new ItemShapes(workflow, changed);
	const names = new Set([...changed.values()].flatMap((shape) => shape.names));
	return workflow.nodes.map((node) => {
		let changes = 0;
		const unknown = new Set<string>();
		const unclear = new Set<string>();
		const shapeOf = (base: Base): ResultShape | null => {
			const shape = base === 'input' ? shapes.received(node.name) : shapes.given(base.node);
			return shape === 'mixed' ? null : shape;
		};
		const parameters = mapTexts(node.parameters, (text, field) => {
			const isCode = isCodeField(field);
			if (!isCode && !text.startsWith('=')) return text;
			for (const { base, path } of codesIn(text, isCode).flatMap(readItems)) {
				const shape = base === 'input' ? shapes.received(node.name) : shapes.given(base.node);
				const first = String(path[0] ?? '');
				if (shape === 'mixed' && names.has(first)) unclear.add(first);
			}
			const rewritten = isCode ? rewriteCode(text, shapeOf) : rewriteExpression(text, shapeOf);
			changes += rewritten.changes;
			for (const each of rewritten.unknown) unknown.add(each);
			return rewritten.code;
		});
		if (changes > 0)
			tell('changed', node.name, `reads what the items have now, in ${sayPlaces(changes)}.`);
		for (const each of unknown) {
			tell('toDo', node.name, `reads ${each}, which the items do not have any more.`);
		}
		for (const each of unclear) {
			tell(
				'toDo',
				node.name,
				`reads ${each} of items that come from several nodes, of which some were converted. Check where they have it now.`,
			);
		}
		return changes > 0 ? { ...node, parameters } : node;
	});
}

const sayPlaces = (count: number): string => (count === 1 ? 'one place' : `${count} places`);

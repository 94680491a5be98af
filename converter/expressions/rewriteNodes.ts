import type { Finding } from '../report/findings.ts';
import type { Workflow, WorkflowNode } from '../workflow/workflow.ts';
import { namesMember, rewriteName } from './fieldPaths.ts';
import type { ResultShape } from './paths.ts';
import { codesIn, readItems, type Base } from './readItems.ts';
import { rewriteCode, rewriteExpression, type RewrittenCode } from './rewriteCode.ts';
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
		const unfollowed = new Set<string>();
		const shapeIn = (base: Base): ResultShape | 'mixed' | null =>
			base === 'input' ? shapes.received(node.name) : shapes.given(base.node);
		const shapeOf = (base: Base): ResultShape | null => {
			const shape = shapeIn(base);
			return shape === 'mixed' ? null : shape;
		};
		const rewrite = (text: string, field: string): RewrittenCode => {
			if (isCodeField(field)) return rewriteCode(text, shapeOf);
			if (text.startsWith('=')) return rewriteExpression(text, shapeOf);
			const shape = namesMember(node.type, field) ? shapeOf('input') : null;
			const now = shape === null ? undefined : rewriteName(text, shape);
			if (now === undefined) return { code: text, changes: 0, unknown: [] };
			return now === null
				? { code: text, changes: 0, unknown: [text] }
				: { code: now, changes: 1, unknown: [] };
		};
		const parameters = mapTexts(node.parameters, (text, field) => {
			const readings = codesIn(text, isCodeField(field)).flatMap(readItems);
			for (const { base, path } of readings) {
				const first = String(path[0] ?? '');
				if (shapeIn(base) === 'mixed' && names.has(first)) unclear.add(first);
			}
			if (isCodeField(field) && readings.length === 0) {
				for (const name of namesIn(text, shapeOf('input'))) unfollowed.add(name);
			}
			const rewritten = rewrite(text, field);
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
				`reads ${each} of items of which only some may come from converted nodes. Check where they have it now.`,
			);
		}
		if (unfollowed.size > 0) {
			const read = [...unfollowed].join(', ');
			tell(
				'toDo',
				node.name,
				`reads ${read} in a way that was not followed. Check where the items have it now.`,
			);
		}
		return changes > 0 ? { ...node, parameters } : node;
	});
}

/** The old members that code names as members: `.body`, `['body']`, `{ body }`. */
function namesIn(code: string, shape: ResultShape | null): string[] {
	return (shape?.names ?? []).filter((name) =>
		new RegExp(String.raw`\.${name}\b|\[\s*['"]${name}['"]|[{,]\s*${name}\s*[,}]`).test(code),
	);
}

const sayPlaces = (count: number): string => (count === 1 ? 'one place' : `${count} places`);

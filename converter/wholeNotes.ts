import type { ItemShapes } from './expressions/shapes.ts';
import { ownTriggerType } from './workflow/nodeTypes.ts';
import { handsItemsOn, namesSubWorkflow } from './workflow/subWorkflow.ts';
import type { WorkflowNode } from './workflow/workflow.ts';

/** What a person has to do or check. */
interface Note {
	/** The node's name; `null` for the workflow as a whole. */
	node: string | null;
	text: string;
}

/** What no node says by itself: about workflows that are called, and about several triggers. */
export function wholeNotes(nodes: readonly WorkflowNode[], shapes: ItemShapes): Note[] {
	const active = nodes.filter(({ disabled }) => disabled !== true);
	const callers = active.filter(namesSubWorkflow);
	const triggers = active.filter(({ type }) => type === ownTriggerType);
	const notes = callers
		.filter((node) => handsItemsOn(node) && shapes.received(node.name) !== null)
		.map(({ name }) => ({
			node: name,
			text: 'hands items on whose members have other places now. Check what the called workflow reads.',
		}));
	return [
		...notes,
		...(callers.length === 0
			? []
			: [
					{
						node: null,
						text: `Convert the workflows, too, that these nodes call: ${listed(callers)}.`,
					},
				]),
		...(triggers.length < 2
			? []
			: [
					{
						node: null,
						text: `Each of these triggers starts the workflow now for what its Events name: ${listed(triggers)}. Before, Meta called only one of them. Disable those that would answer twice.`,
					},
				]),
	];
}

const listed = (nodes: readonly WorkflowNode[]): string =>
	nodes.map(({ name }) => `"${name}"`).join(', ');

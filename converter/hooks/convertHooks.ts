import type { ResultShape } from '../expressions/paths.ts';
import { codesIn, readItems } from '../expressions/readItems.ts';
import { isCodeField, mapTexts } from '../expressions/shapes.ts';
import type { Finding } from '../report/findings.ts';
import { webhookShape } from '../nodes/resultShapes.ts';
import { ownTriggerType } from '../workflow/nodeTypes.ts';
import { parametersOf, recordOf, targetsOf, type Workflow } from '../workflow/workflow.ts';
import { findWebhookBots, seemsMetas, withoutNodes } from './webhookBot.ts';

/** A workflow whose Webhook nodes for WhatsApp are triggers. */
interface ConvertedHooks {
	workflow: Workflow;
	/** How the items of these nodes have changed, by name. */
	shapes: ReadonlyMap<string, ResultShape>;
}

/**
 * Replaces the Webhook nodes of bots that receive WhatsApp's webhooks by the trigger, which answers
 * Meta's verification and checks the signature by itself.
 */
export function convertHooks(
	original: Workflow,
	tell: (kind: Finding['kind'], node: string | null, text: string) => void,
): ConvertedHooks {
	const shapes = new Map<string, ResultShape>();
	let workflow = original;
	for (const { webhook, output, superfluous, toDo } of findWebhookBots(original)) {
		const { name } = webhook;
		shapes.set(name, webhookShape);
		tell(
			'changed',
			name,
			"is now a WhatsApp Cloud Trigger, with the items of n8n's WhatsApp Trigger.",
		);
		for (const node of superfluous) tell('changed', node, 'is gone: the trigger answers Meta.');
		for (const text of toDo) tell('toDo', name, text);
		tell(
			'toDo',
			name,
			"The trigger registers its own address with the app when you publish, in the place of the old one. Several messages of one webhook are items of one change, as before; what was read of the request's headers is gone.",
		);
		const gone = new Set(superfluous);
		workflow = withoutNodes(withTrigger(workflow, name, output), gone);
		for (const [node, read] of readingsOf(workflow, gone)) {
			tell('toDo', node, `reads the items of ${read}, which is gone. Read those of the trigger.`);
		}
	}
	for (const node of workflow.nodes) {
		if (!seemsMetas(workflow, node)) continue;
		tell(
			'left',
			node.name,
			"receives Meta's webhooks, perhaps also those of other products, and how they are read was not understood. For WhatsApp's, put a WhatsApp Cloud Trigger in its place.",
		);
	}
	return { workflow, shapes };
}

/** The nodes that read the items of others by their names, with these names. */
function readingsOf(workflow: Workflow, names: ReadonlySet<string>): Map<string, string> {
	const found = new Map<string, string>();
	for (const node of workflow.nodes) {
		mapTexts(parametersOf(node), (text, field) => {
			for (const { base } of codesIn(text, isCodeField(field)).flatMap(readItems)) {
				if (base !== 'input' && names.has(base.node)) found.set(node.name, base.node);
			}
			return text;
		});
	}
	return found;
}

function withTrigger(workflow: Workflow, name: string, output: number): Workflow {
	const nodes = workflow.nodes.map((node) =>
		node.name === name
			? {
					...node,
					type: ownTriggerType,
					typeVersion: 2,
					parameters: {
						registration: 'app',
						events: ['message', 'errors', 'status', 'payment'],
						outputFormat: 'builtIn',
					},
				}
			: node,
	);
	const main = targetsOf(workflow, name)[output] ?? [];
	const connections = {
		...workflow.connections,
		[name]: { ...recordOf(workflow.connections?.[name]), main: [main] },
	};
	return { ...workflow, nodes, connections };
}

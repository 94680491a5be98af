import { isOfShape, startsWith, type ResultShape } from '../expressions/paths.ts';
import { codesIn, readItems } from '../expressions/readItems.ts';
import { ItemShapes, isCodeField, mapTexts } from '../expressions/shapes.ts';
import {
	isRecord,
	parametersOf,
	recordOf,
	targetsOf,
	textOf,
	type Connections,
	type Workflow,
	type WorkflowNode,
} from '../workflow/workflow.ts';
import { webhookShape } from '../nodes/resultShapes.ts';
import { isAboutWhatsApp } from '../workflow/aboutWhatsApp.ts';
import { builtInPrefix, responderType, webhookType } from '../workflow/nodeTypes.ts';

/** What a branch that only answers Meta's verification may consist of. */
const harmless: ReadonlySet<string> = new Set(
	['respondToWebhook', 'if', 'switch', 'filter', 'set', 'noOp', 'code', 'stopAndError'].map(
		(name) => `${builtInPrefix}${name}`,
	),
);

/** Parts of the value of Meta's field `messages`: no other product of Meta has them there. */
const ofWhatsApp = ['messages', 'statuses', 'contacts', 'metadata'];
const valuePath = ['body', 'entry', 0, 'changes', 0, 'value'];

/** A bot that receives WhatsApp's webhooks by n8n's Webhook node. */
export interface WebhookBot {
	/** The node that gets the events. */
	webhook: WorkflowNode;
	/** Its output that gives them. */
	output: number;
	/** Nodes that answer Meta's verification alone, and responders: the trigger does their work. */
	superfluous: string[];
	/** What a person has to do or check. */
	toDo: string[];
}

/** Whether a Webhook node seems to receive Meta's webhooks, in a way that was not followed. */
export function seemsMetas(workflow: Workflow, node: WorkflowNode): boolean {
	if (node.type !== webhookType || node.disabled === true) return false;
	const texts = JSON.stringify(workflow.nodes.map(({ parameters }) => parameters ?? {}));
	const isSamePath = (other: WorkflowNode) =>
		other.type === webhookType && parametersOf(other)['path'] === parametersOf(node)['path'];
	const methods = new Set(workflow.nodes.filter(isSamePath).flatMap(methodsOf));
	const verifies = /hub\.(?:challenge|verify_token|mode)/.test(texts) && methods.has('GET');
	const reads = methods.has('POST') && /\bentry\b.*\bchanges\b/.test(texts);
	return (verifies || reads) && isAboutWhatsApp(workflow);
}

/** Finds the Webhook nodes whose items are read as WhatsApp's. */
export function findWebhookBots(workflow: Workflow): WebhookBot[] {
	const hooks = workflow.nodes.filter(
		({ type, disabled }) => type === webhookType && disabled !== true,
	);
	return hooks
		.filter((hook) => readsWhatsApp(workflow, hook))
		.map((hook) => botOf(workflow, hook, hooks));
}

function readsWhatsApp(workflow: Workflow, hook: WorkflowNode): boolean {
	const shapes = new ItemShapes(
		workflow,
		new Map<string, ResultShape>([[hook.name, webhookShape]]),
	);
	const isAbout = isAboutWhatsApp(workflow);
	if (workflow.nodes.some(servesOthers)) return false;
	let isFound = false;
	for (const node of workflow.nodes) {
		mapTexts(parametersOf(node), (text, field) => {
			const takesApart = isAbout && takesValueApart(text);
			for (const { base, path } of codesIn(text, isCodeField(field)).flatMap(readItems)) {
				const member = String(path[valuePath.length] ?? '');
				const isValue =
					startsWith(path, valuePath) &&
					(ofWhatsApp.includes(member) || (member === '' && isAbout));
				// `const body = $json.body`, and the rest of the way by that name.
				const isOnTheWay = takesApart && startsWith(valuePath, path);
				if (!isValue && !isOnTheWay) continue;
				const shape = base === 'input' ? shapes.received(node.name) : shapes.given(base.node);
				isFound ||= isOfShape(shape, webhookShape);
			}
			return text;
		});
	}
	return isFound;
}

/** Whether a node takes webhooks apart that Instagram or Messenger send to the same address. */
function servesOthers({ parameters }: WorkflowNode): boolean {
	const text = JSON.stringify(parameters ?? {});
	const reads = /\bbody\b/.test(text) && /\b(?:entry|object)\b/.test(text);
	return reads && /\binstagram\b|\bmessaging\b|(['"])page\\?\1/i.test(text);
}

/** Whether a text goes the way to WhatsApp's messages by steps of its own. */
const takesValueApart = (text: string): boolean =>
	/\bentry\b/.test(text) &&
	/\bchanges\b/.test(text) &&
	ofWhatsApp.some((name) => text.includes(name));

const methodsOf = (node: WorkflowNode): string[] => {
	const { httpMethod = 'GET' } = parametersOf(node);
	return (Array.isArray(httpMethod) ? httpMethod : [httpMethod]).map(textOf);
};

function botOf(workflow: Workflow, hook: WorkflowNode, hooks: readonly WorkflowNode[]): WebhookBot {
	const methods = methodsOf(hook);
	const output = Math.max(0, methods.indexOf('POST'));
	const { path } = parametersOf(hook);
	const verifiers = hooks.filter(
		(other) =>
			other !== hook && methodsOf(other).join() === 'GET' && parametersOf(other)['path'] === path,
	);
	const kept = reached(
		workflow,
		workflow.nodes
			.filter((node) => node !== hook && !verifiers.includes(node) && isStart(workflow, node))
			.map(({ name }) => name),
	);
	for (const name of reached(workflow, next(workflow, hook.name, output))) kept.add(name);

	const starts = [
		...verifiers.map(({ name }) => name),
		...methods.flatMap((_, index) => (index === output ? [] : next(workflow, hook.name, index))),
	];
	const only = [...reached(workflow, starts)].filter((name) => !kept.has(name));
	const types = new Map(workflow.nodes.map(({ name, type }) => [name, type]));
	const isHarmless = only.every(
		(name) => verifiers.some((each) => each.name === name) || harmless.has(types.get(name) ?? ''),
	);
	const responders = [...reached(workflow, next(workflow, hook.name, output))].filter(
		(name) => types.get(name) === responderType,
	);
	const toDo =
		isHarmless || only.length === 0
			? []
			: [
					'The branch of GET requests does more than answer Meta, and was left. Remove it: the trigger answers by itself.',
				];
	return { webhook: hook, output, superfluous: [...(isHarmless ? only : []), ...responders], toDo };
}

function next(workflow: Workflow, name: string, output: number): string[] {
	return (targetsOf(workflow, name)[output] ?? []).map(({ node }) => node);
}

/** Whether nothing leads to a node. */
function isStart(workflow: Workflow, { name }: WorkflowNode): boolean {
	return !workflow.nodes.some((other) =>
		targetsOf(workflow, other.name)
			.flat()
			.some(({ node }) => node === name),
	);
}

function reached(workflow: Workflow, starts: readonly string[]): Set<string> {
	const seen = new Set<string>();
	const waiting = [...starts];
	for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
		if (seen.has(name)) continue;
		seen.add(name);
		waiting.push(
			...targetsOf(workflow, name)
				.flat()
				.map(({ node }) => node),
		);
	}
	return seen;
}

/** Takes nodes out of a workflow; what led to one leads to what it led to. */
export function withoutNodes(workflow: Workflow, names: ReadonlySet<string>): Workflow {
	const follow = (
		target: { node: string; type: string; index: number },
		seen: string[],
	): (typeof target)[] => {
		if (!names.has(target.node)) return [target];
		if (seen.includes(target.node)) return [];
		const way = [...seen, target.node];
		return (targetsOf(workflow, target.node)[0] ?? []).flatMap((each) => follow(each, way));
	};
	const connections: Connections = {};
	for (const [name, byType] of Object.entries(recordOf(workflow.connections))) {
		if (names.has(name) || !isRecord(byType)) continue;
		connections[name] = Object.fromEntries(
			Object.keys(byType).map((type) => [
				type,
				targetsOf(workflow, name, type).map((targets) =>
					targets.flatMap((target) => (target.type === 'main' ? follow(target, []) : [target])),
				),
			]),
		);
	}
	return {
		...workflow,
		nodes: workflow.nodes.filter(({ name }) => !names.has(name)),
		connections,
	};
}

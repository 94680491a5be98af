import { convert, type ConvertedFile } from '../../../converter/convert';
import type { Workflow, WorkflowNode } from '../../../converter/workflow/workflow';

/** A node of n8n's WhatsApp integration, or of another package if the type has a dot. */
export function node(
	name: string,
	type: string,
	parameters: object,
	more: Partial<WorkflowNode> = {},
): WorkflowNode {
	return {
		id: `id of ${name}`,
		name,
		type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
		typeVersion: 1,
		position: [10, 20],
		parameters,
		...more,
	};
}

/** @param ways such as `['A', 'B']`: the first output of A leads to B */
export function workflow(
	nodes: WorkflowNode[],
	ways: (readonly [string, string])[] = [],
): Workflow {
	const connections: NonNullable<Workflow['connections']> = {};
	for (const [from, to] of ways) {
		const main = connections[from]?.['main'] ?? [[]];
		main[0]?.push({ node: to, type: 'main', index: 0 });
		connections[from] = { main };
	}
	return { name: 'Old', nodes, connections };
}

/** Converts a workflow, checks that converting twice changes nothing, and gives what it became. */
export function converted(old: Workflow): ConvertedFile & {
	workflow: Workflow;
	nodeOf: (name: string) => WorkflowNode;
	textsOf: (kind: string, name?: string | null) => string[];
} {
	const file = convert(JSON.stringify(old));
	expect(convert(file.text)).toMatchObject({ text: file.text });
	const result = JSON.parse(file.text) as Workflow;
	return {
		...file,
		workflow: result,
		nodeOf: (name) => {
			const found = result.nodes.find((each) => each.name === name);
			if (found === undefined) throw new Error(`${name} is gone`);
			return found;
		},
		textsOf: (kind, name) =>
			file.findings
				.filter((finding) => finding.kind === kind && (name === undefined || finding.node === name))
				.map(({ text }) => text),
	};
}

/** The parameters of a single node, converted. */
export function parametersOf(type: string, parameters: object, typeVersion = 1): unknown {
	const one = node('One', type, parameters, { typeVersion });
	return converted(workflow([one])).nodeOf('One').parameters;
}

/** A node of n8n's integration that sends a text. */
export const sendNode = (name: string): WorkflowNode =>
	node(name, 'whatsApp', {
		operation: 'send',
		phoneNumberId: '106540352242922',
		recipientPhoneNumber: '+15551234567',
		textBody: 'Hi',
	});

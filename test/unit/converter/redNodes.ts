import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';

import type { WorkflowNode } from '../../../converter/workflow/workflow';
import { WhatsAppCloud } from '../../../nodes/WhatsAppCloud/WhatsAppCloud.node';
import { WhatsAppCloudMemory } from '../../../nodes/WhatsAppCloud/WhatsAppCloudMemory.node';
import { WhatsAppCloudTrigger } from '../../../nodes/WhatsAppCloud/WhatsAppCloudTrigger.node';

const action = new WhatsAppCloud().description;
const descriptions: Record<string, INodeTypeDescription> = {
	whatsAppCloud: action,
	whatsAppCloudTool: action,
	whatsAppCloudMemory: new WhatsAppCloudMemory().description,
	whatsAppCloudTrigger: new WhatsAppCloudTrigger().description,
};

const packageName = 'n8n-nodes-whatsapp-cloud.';

/** Whether the node is one of this package. */
export const isOurs = ({ type }: WorkflowNode): boolean => type.startsWith(packageName);

/** Whether it is known what is in its panel; n8n makes some nodes of ours out of others. */
export const hasPanel = ({ type }: WorkflowNode): boolean =>
	type.slice(packageName.length) in descriptions;

/** What the editor would mark red in the panel of a node of this package. */
export function issuesOf(node: WorkflowNode): string[] {
	const description = descriptions[node.type.slice(packageName.length)];
	if (description === undefined) throw new Error(`There is no node ${node.type}`);
	const full = { ...node, parameters: filledIn(node, description) } as INode;
	const issues = NodeHelpers.getNodeParametersIssues(description.properties, full, description);
	const unknown = Object.keys(node.parameters as object).filter(
		(name) =>
			!['descriptionType', 'toolDescription'].includes(name) &&
			!description.properties.some((field) => field.name === name),
	);
	return [
		...Object.values(issues?.parameters ?? {}).flat(),
		...unknown.map((name) => `There is no field ${name}`),
		...lostIn(node, full),
	];
}

/** The parameters as the editor keeps them: without those whose fields it does not show. */
function filledIn(node: WorkflowNode, description: INodeTypeDescription) {
	return NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters as INode['parameters'],
		true,
		false,
		node as unknown as INode,
		description,
	);
}

/** Values that the editor drops when the node is opened. */
function lostIn(node: WorkflowNode, full: INode): string[] {
	return Object.keys(node.parameters as object)
		.filter((name) => !['descriptionType', 'toolDescription'].includes(name))
		.filter((name) => !(name in full.parameters))
		.map((name) => `${name} belongs to no field that is shown`);
}

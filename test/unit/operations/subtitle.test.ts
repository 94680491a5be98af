import { Workflow, type INode, type INodeParameters, type INodeTypes } from 'n8n-workflow';
import { WhatsAppCloud } from '../../../nodes/WhatsAppCloud/WhatsAppCloud.node';

const type = new WhatsAppCloud();

/** What the canvas shows under a node with these parameters. */
function subtitleOf(parameters: INodeParameters): unknown {
	const node: INode = {
		id: 'a',
		name: 'WhatsApp',
		type: 'whatsAppCloud',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const nodeTypes = { getByNameAndVersion: () => type } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(
		node,
		type.description.subtitle,
		'internal',
		{},
	);
}

test.each([
	[{}, 'Send text'],
	[{ operation: 'markAsRead' }, 'Mark message as read'],
	[{ operation: 'sendTemplate' }, 'Send template'],
	[
		{
			operation: 'sendTemplate',
			template: { __rl: true, mode: 'name', value: 'order_shipped' },
			recipient: '+1 555',
		},
		'Send template: order_shipped',
	],
	[{ recipient: '+1 555 123 4567' }, 'Send text to +1 555 123 4567'],
	[{ recipient: '={{ $json.from }}' }, 'Send text to $json.from'],
	[{ recipient: `={{ $('WhatsApp').item.json.from }}` }, 'Send text to $json.from'],
	[{ operation: 'sendAndWait', recipient: '={{ $json.approver }}' }, 'Question to $json.approver'],
	[{ operation: 'sendInteractive' }, 'Send reply buttons'],
	[{ operation: 'sendInteractive', interactiveType: 'order_status' }, 'Send order status'],
	[{ operation: 'sendMedia', mediaType: 'voice' }, 'Send voice note'],
	[{ operation: 'sendProduct', productType: 'catalog_message' }, 'Send catalog'],
	[
		{ operation: 'sendInteractive', interactiveType: '={{ $json.type }}' },
		'Send interactive message',
	],
	[{ resource: 'media', operation: 'download' }, 'Download media file'],
	[{ resource: 'token', operation: 'debug' }, 'Debug access token'],
])('%j reads "%s"', (parameters, expected) => expect(subtitleOf(parameters)).toBe(expected));

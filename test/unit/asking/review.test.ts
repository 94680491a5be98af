import type { INode } from 'n8n-workflow';

import { askSchema } from '../../../nodes/WhatsAppCloud/asking/panel/askPanel';
import { withToolCall } from '../../../nodes/WhatsAppCloud/asking/review';

const input = { amount: 5, apiKey: 'hunter2' };

/** A node that approves tools, of an n8n that knows this tool call. */
const hostOf = (message: string | undefined, type = 'whatsAppCloudHitlTool') => ({
	getNode: (): INode => ({
		id: 'id',
		name: 'Review',
		type: `n8n-nodes-whatsapp-cloud.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: message === undefined ? {} : { message },
	}),
	evaluateExpression: (expression: string) => {
		if (expression === '{{ $tool.parameters }}') return input;
		return expression.replaceAll('{{ $tool.name }}', 'refund').replaceAll('{{ 1 + 1 }}', '2');
	},
});

const values = askSchema.parse({ recipient: '+4915123456789', message: 'as n8n has it' });

const textOf = (message: string | undefined, type?: string): string | undefined =>
	withToolCall(hostOf(message, type), values, 0).asks.steps[0]?.text;

const usual = 'The agent wants to run this tool:\n*refund*\n\namount: 5\napiKey: ••••••';

test.each([
	['nothing', undefined, usual],
	[
		'n8n’s default',
		'=The agent wants to run this tool: {{ $tool.name }}\n\nInput:\n{{ $tool.parameters }}',
		usual,
	],
	[
		'own words with the input',
		'={{ 1 + 1 }} × {{ $tool.name }}?\n{{$tool.parameters}}',
		'2 × refund?\namount: 5\napiKey: ••••••',
	],
	['own words without it', 'Shall I?', 'as n8n has it'],
	['an expression without it', '=Shall I? {{ $json.x }}', 'as n8n has it'],
])('%s in the field Message', (_, message, text) => expect(textOf(message)).toBe(text));

test('a question of a workflow stays as it is', () => {
	expect(textOf('={{ $tool.parameters }}', 'whatsAppCloud')).toBe('as n8n has it');
});

import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { toMapperFields } from '../../nodes/WhatsAppCloud/templates/mapper';
import { planOf } from '../../nodes/WhatsAppCloud/templates/plan';
import { readStructure } from '../../nodes/WhatsAppCloud/templates/structure';
import { loadTemplates, templateFixture } from '../fixtures/templateFixtures';
import { until } from '../until';
import { e2eHost, ownerApi } from './host';
import { startModel, type Model } from './model';

const { n8nUrl, simulatorUrl } = e2eHost();
const receipt = templateFixture('receipt_with_picture');
const person = '+15550243001';

/** The template node as an agent's tool, whose model fills in what the panel left to it. */
describe('Send Template as a tool of the AI Agent', () => {
	let api: N8nApi;
	let model: Model;
	let workflow: N8nWorkflow;

	const fromModel = (name: string): string => `={{ $fromAI('${name}', '', 'string') }}`;

	beforeAll(async () => {
		await loadTemplates(simulatorUrl);
		api = await ownerApi();
		model = await startModel(() => [
			{ args: { recipient: person, customer: 'Ada', amount: '$ 12.00', receipt: 'R-9' } },
		]);
		const save = async (name: string, type: string, data: Record<string, unknown>) => {
			const credential = await api.saveCredential(name, type, data);
			return { [type]: { id: credential.id, name } };
		};
		workflow = await api.createWorkflow({
			name: 'template-tool',
			nodes: [
				{
					id: 'in',
					name: 'In',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					position: [0, 0],
					webhookId: 'template-tool',
					parameters: {
						httpMethod: 'POST',
						path: 'template-tool',
						responseMode: 'onReceived',
						options: {},
					},
				},
				{
					id: 'agent',
					name: 'Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 2.2,
					position: [200, 0],
					parameters: { promptType: 'define', text: 'Send the receipt', options: {} },
				},
				{
					id: 'model',
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.2,
					position: [200, 200],
					parameters: { model: { __rl: true, mode: 'id', value: 'test' }, options: {} },
					credentials: await save('Template model', 'openAiApi', {
						apiKey: 'none',
						url: model.url,
					}),
				},
				{
					id: 'tool',
					name: 'Receipt',
					type: 'n8n-nodes-whatsapp-cloud.whatsAppCloudTool',
					typeVersion: 1,
					position: [400, 200],
					parameters: {
						resource: 'message',
						operation: 'sendTemplate',
						recipient: fromModel('recipient'),
						template: {
							__rl: true,
							mode: 'list',
							value: `${receipt.name}:${receipt.language}`,
						},
						templateValues: {
							mappingMode: 'defineBelow',
							value: {
								'header.image': 'https://luckyshrub.example/receipts/9.jpg',
								'body.1': fromModel('customer'),
								'body.2': fromModel('amount'),
								'button.0.url': fromModel('receipt'),
							},
							matchingColumns: [],
							schema: toMapperFields(planOf(readStructure(receipt)), false),
						},
					},
					credentials: await save('Template tools', CREDENTIAL_TYPE, {
						...testCredentialData(simulatorUrl),
					}),
				},
			],
			connections: {
				In: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
				Receipt: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
			settings: { executionOrder: 'v1' },
		});
		await api.activate(workflow);
	});
	afterAll(() => model.close());

	test('sends with the values of the model, which reads the filled text', async () => {
		const ask = () =>
			fetch(`${n8nUrl}/webhook/template-tool`, {
				method: 'POST',
				headers: { connection: 'close' },
			});
		await until('the webhook answers', async () => (await ask()).ok);
		const id = await until('an execution begins', async () => {
			const [newest] = await api.executions(workflow.id);
			return newest?.id;
		});
		const { status } = await api.finishedExecution(id, 60_000);
		expect(status).toBe('success');
		const answer = model.toolAnswers.at(-1) ?? '';
		expect(answer).toContain('sent');
		expect(answer).toContain('Thank you, Ada. Here is what you bought for $ 12.00 at our shop.');
	});
});

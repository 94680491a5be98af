import { ChatClient } from '../../scripts/host/chat-client.ts';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nApi, N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { e2eHost, ownerApi } from './host';
import { manualWorkflow } from './manual-workflow';

const { phoneNumberId } = testAccount;

/** People whom no other test writes to. */
const bea = { waId: '15550109901', name: 'Bea' };
const cleo = { waId: '15550109902', name: 'Cleo' };
const dora = { waId: '15550109903', name: 'Dora' };
const emil = { waId: '15550109904', name: 'Emil' };
const fay = { waId: '15550109905', name: 'Fay' };

describe('rules for contacts in a real n8n', () => {
	const { simulatorUrl } = e2eHost();
	let api: N8nApi;

	beforeAll(async () => {
		api = await ownerApi();
		for (const { waId, name } of [bea, cleo, dora, emil, fay]) {
			await administer('POST', '/chat/customers', { waId, name });
		}
	});

	async function administer(method: string, path: string, body?: unknown): Promise<void> {
		const response = await fetch(`${simulatorUrl}/_simulator${path}`, {
			method,
			...(body === undefined
				? {}
				: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		expect(response.ok).toBe(true);
	}

	/** A workflow with one node that does something with a person. */
	const workflowWith = async (
		name: string,
		parameters: Record<string, unknown>,
	): Promise<N8nWorkflow> =>
		await api.createWorkflow(
			manualWorkflow(name, { name: 'Send', parameters, onError: 'continueRegularOutput' }),
		);
	const sender = async (
		name: string,
		recipient: string,
		contactRules: Record<string, unknown>,
	): Promise<N8nWorkflow> =>
		await workflowWith(name, {
			resource: 'message',
			operation: 'sendText',
			recipient: `+${recipient}`,
			text: 'Your order is ready.',
			contactRules,
		});

	/** The item of one more execution. */
	async function send({ id }: N8nWorkflow): Promise<Record<string, unknown>> {
		const executionId = await api.run(id, 'Start');
		const { data = '' } = await api.finishedExecution(executionId, 60_000);
		const [item] = (nodeRuns(data)['Send'] ?? []).flatMap(({ outputs }) => outputs[0] ?? []);
		return item?.json ?? {};
	}

	test('what Meta refused is not tried again until the person writes', async () => {
		const workflow = await sender('Rules: window', bea.waId, {});
		await administer('POST', '/faults', {
			kind: 'error',
			code: 131047,
			count: 1,
			match: { recipient: bea.waId },
		});
		expect(await send(workflow)).toMatchObject({ outcome: 'failed', error: { code: 131047 } });
		expect(await send(workflow)).toMatchObject({
			outcome: 'blocked',
			blocked: { rule: 'window', reason: expect.stringContaining('24-hour window is closed') },
		});
		const chat = new ChatClient(simulatorUrl);
		await chat.type(phoneNumberId, bea.waId, 'Is it ready?');
		// The trigger of the autoresponder records what arrives.
		await until('the message went', async () => (await send(workflow))['outcome'] === 'sent');
	});

	test('a cap holds from one execution to the next', async () => {
		const workflow = await sender('Rules: cap', cleo.waId, {
			ifClosed: 'try',
			cap: { cap: { messages: 1, period: 1, unit: 'days', appliesTo: 'all' } },
		});
		expect(await send(workflow)).toMatchObject({ outcome: 'sent' });
		expect(await send(workflow)).toMatchObject({
			outcome: 'blocked',
			blocked: { rule: 'cap', until: expect.stringMatching(/^\d{4}-/) },
		});
	});

	test('quiet hours hold back whoever is within them, by their time zone', async () => {
		const inHours = (hours: number): string =>
			new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
		const rules = (from: string, to: string) => {
			const hours = { from, to, appliesTo: 'all', timeZone: 'UTC' };
			return { ifClosed: 'try', quietHours: { hours } };
		};
		const now = rules(inHours(-2), inHours(2));
		expect(await send(await sender('Rules: quiet', dora.waId, now))).toMatchObject({
			outcome: 'blocked',
			blocked: { rule: 'quietHours', until: expect.stringMatching(/^\d{4}-/) },
		});
		const later = rules(inHours(2), inHours(4));
		expect(await send(await sender('Rules: not quiet', dora.waId, later))).toMatchObject({
			outcome: 'sent',
		});
	});

	test('a bot is silent while somebody else answers, unless it is forced', async () => {
		const rules = { ifClosed: 'try' };
		const bot = await sender('Rules: bot', emil.waId, rules);
		const forced = await sender('Rules: forced', emil.waId, { ...rules, ifTakenOver: 'send' });
		const contact = { resource: 'contact', contact: `+${emil.waId}` };
		const does = async (operation: string, parameters: Record<string, unknown> = {}) =>
			await send(
				await workflowWith(`Rules: ${operation}`, { ...contact, operation, ...parameters }),
			);
		expect(await send(bot)).toMatchObject({ outcome: 'sent' });

		await does('setHandoff', { answers: 'person' });
		expect(await send(bot)).toMatchObject({ outcome: 'blocked', blocked: { rule: 'handoff' } });
		expect(await send(forced)).toMatchObject({ outcome: 'sent' });
		await does('setHandoff', { answers: 'bot' });
		expect(await send(bot)).toMatchObject({ outcome: 'sent' });

		expect(await does('passControl')).toMatchObject({ success: true, action: 'pass' });
		expect(await send(bot)).toMatchObject({ outcome: 'blocked', blocked: { rule: 'standby' } });
		expect(await send(forced)).toMatchObject({ outcome: 'sent' });
		expect(await does('releaseControl')).toMatchObject({ success: true, action: 'release' });
	});

	test('whoever reads no marketing gets no more of it, and answers all the same', async () => {
		const parameter = (parameter_name: string, text: string) => ({
			type: 'text',
			parameter_name,
			text,
		});
		const parameters = [parameter('name', 'Fay'), parameter('shop', 'London')];
		const workflow = await workflowWith('Rules: engagement', {
			resource: 'message',
			operation: 'sendTemplate',
			recipient: `+${fay.waId}`,
			template: { __rl: true, mode: 'list', value: 'spring_sale:en_US' },
			componentsInput: 'json',
			componentsJson: JSON.stringify([{ type: 'body', parameters }]),
			contactRules: { unread: 1 },
		});
		expect(await send(workflow)).toMatchObject({ outcome: 'sent' });
		let item: Record<string, unknown> = {};
		// Only what has arrived counts, which its status tells.
		await until('it is blocked', async () => {
			item = await send(workflow);
			return item['outcome'] === 'blocked';
		});
		expect(item).toMatchObject({ blocked: { rule: 'engagement' } });
		await new ChatClient(simulatorUrl).type(phoneNumberId, fay.waId, 'Tell me more');
		await until('it goes again', async () => (await send(workflow))['outcome'] === 'sent');
	});
});

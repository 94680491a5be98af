import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IWebhookFunctions } from 'n8n-workflow';

import { WhatsAppCloudTrigger } from '../../../nodes/WhatsAppCloud/WhatsAppCloudTrigger.node';
import { useSimulator } from '../harness';
import { credential } from '../node/account';
import { recent } from './recent';

const SECRET = 'the-app-secret';
const fixture = readFileSync(join(__dirname, '../../unit/events/fixtures/text.json'), 'utf8');
const rawBody = Buffer.from(recent(fixture));
const signature = `sha256=${createHmac('sha256', SECRET).update(rawBody).digest('hex')}`;

const simulator = useSimulator();

// n8n reads its database every time a node asks.
test('a webhook reads the credential once, also where Meta is called', async () => {
	let reads = 0;
	const logs: string[] = [];
	const log = (message: string): void => void logs.push(message);
	const parameters: Record<string, unknown> = { settings: { markAsRead: true } };
	const response = { statusCode: 200, once: () => undefined };
	const host = {
		getCredentials: async () => {
			reads++;
			return await Promise.resolve(
				credential(simulator.url, { appSecret: SECRET, stateStore: 'off' }),
			);
		},
		getHeaderData: () => ({ 'x-hub-signature-256': signature }),
		getMode: () => 'webhook',
		getNode: () => ({ id: 'a', name: 'Trigger' }),
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getNodeWebhookUrl: () => 'https://n8n.example.com/webhook',
		getRequestObject: () => ({ rawBody }),
		getResponseObject: () => response,
		getTimezone: () => 'UTC',
		getWebhookName: () => 'default',
		getWorkflow: () => ({ id: 'w' }),
		helpers: {},
		logger: { debug: log, warn: log, error: log },
	};
	const { workflowData } = await new WhatsAppCloudTrigger().webhook.call(
		host as unknown as IWebhookFunctions,
	);
	expect(workflowData).toMatchObject([[{ json: { id: 'wamid.TEXT1' } }]]);
	// The simulator does not know the message, so the node did ask it.
	expect(logs).toEqual([expect.stringContaining('could not mark as read')]);
	expect(reads).toBe(1);
});

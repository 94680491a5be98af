import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IWebhookFunctions } from 'n8n-workflow';

import { WhatsAppCloudTrigger } from '../../../nodes/WhatsAppCloud/WhatsAppCloudTrigger.node';
import { credential } from '../node/account';
import { recent } from './recent';

const SECRET = 'the-app-secret';
const fixture = readFileSync(join(__dirname, '../../unit/events/fixtures/text.json'), 'utf8');
const rawBody = Buffer.from(recent(fixture));
const signature = `sha256=${createHmac('sha256', SECRET).update(rawBody).digest('hex')}`;

// n8n reads its database and decrypts every time a node asks.
test('webhooks in close succession read the credential once, and do not wait for Meta', async () => {
	let reads = 0;
	const parameters: Record<string, unknown> = { settings: { markAsRead: true } };
	const host = {
		getCredentials: async () => {
			reads++;
			return await Promise.resolve(
				credential('http://127.0.0.1:9', { appSecret: SECRET, stateStore: 'off' }),
			);
		},
		getHeaderData: () => ({ 'x-hub-signature-256': signature }),
		getMode: () => 'webhook',
		getNode: () => ({
			id: 'a',
			name: 'Trigger',
			credentials: { whatsAppCloudApi: { id: 'of this test', name: 'any' } },
		}),
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getRequestObject: () => ({ rawBody }),
		getTimezone: () => 'UTC',
		getWebhookName: () => 'default',
		getWorkflow: () => ({ id: 'w' }),
		logger: { debug: fail, warn: fail, error: fail },
	};
	for (let time = 0; time < 3; time++) {
		const { workflowData } = await new WhatsAppCloudTrigger().webhook.call(
			host as unknown as IWebhookFunctions,
		);
		expect(JSON.stringify(workflowData)).toContain('wamid.TEXT1');
	}
	expect(reads).toBe(1);
});

function fail(message: string): never {
	throw new Error(message);
}

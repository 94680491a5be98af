import { existsSync } from 'node:fs';
import type { IWebhookFunctions } from 'n8n-workflow';

import { WhatsAppCloudTrigger } from '../../../nodes/WhatsAppCloud/WhatsAppCloudTrigger.node';
import { UserFolder } from './store';

let folder: UserFolder;
let logs: string[];
let statuses: number[];
const home = process.env['N8N_USER_FOLDER'];
beforeEach(() => {
	folder = new UserFolder();
	process.env['N8N_USER_FOLDER'] = folder.path;
	logs = [];
	statuses = [];
});
afterEach(async () => {
	if (home === undefined) delete process.env['N8N_USER_FOLDER'];
	else process.env['N8N_USER_FOLDER'] = home;
	await folder.remove();
});

/** Sends forged requests, as anybody can, to a trigger with this credential. */
async function forge(
	count: number,
	readCredential: () => Record<string, unknown>,
	readRawBody?: () => Promise<void>,
): Promise<void> {
	const response = {
		status(code: number) {
			statuses.push(code);
			return this;
		},
		set() {
			return this;
		},
		type() {
			return this;
		},
		end: () => undefined,
	};
	const logged = (level: string) => (line: string) => logs.push(`${level}: ${line}`);
	const host = {
		getCredentials: async () => await Promise.resolve(readCredential()),
		getHeaderData: () => ({ 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }),
		getMode: () => 'webhook',
		getNode: () => ({ id: 'a', name: 'Trigger' }),
		getRequestObject: () =>
			readRawBody === undefined ? { rawBody: Buffer.from('{}') } : { readRawBody },
		getResponseObject: () => response,
		getWebhookName: () => 'default',
		getWorkflow: () => ({ id: 'w' }),
		logger: { debug: logged('debug'), warn: logged('warn'), error: logged('error') },
	};
	for (let each = 0; each < count; each++) {
		await new WhatsAppCloudTrigger().webhook.call(host as unknown as IWebhookFunctions);
	}
}

const credential = (state: Record<string, unknown>) => ({
	appSecret: JSON.stringify(state),
	advancedSettings: true,
	...state,
});

test('bodies that cannot be read fill the log only so far', async () => {
	const readRawBody = async () => await Promise.reject(new Error('incorrect header check'));
	await forge(100, () => credential({ stateStore: 'off' }), readRawBody);
	expect(statuses).toEqual(Array(100).fill(400));
	expect(logs.filter((line) => line.includes('incorrect header check')).length).toBeLessThan(25);
	expect(logs.length).toBeLessThan(25);
});

test('a state that cannot be opened is tried once in a while', async () => {
	const postgres = { postgresHost: '127.0.0.1', postgresPort: 9, postgresUser: 'nobody' };
	const database = { postgresDatabase: 'none', postgresPassword: 'none' };
	await forge(100, () => credential({ stateStore: 'postgres', ...postgres, ...database }));
	expect(statuses).toEqual(Array(100).fill(401));
	expect(logs.filter((line) => line.includes('refusals are not counted'))).toHaveLength(1);
	expect(logs.length).toBeLessThan(25);
});

test('a credential that cannot be read opens no state and is logged only so often', async () => {
	await forge(100, () => {
		throw new Error('The credential does not exist');
	});
	expect(statuses).toEqual(Array(100).fill(401));
	expect(logs).toContainEqual(expect.stringMatching(/^error: .*does not exist/));
	expect(logs.length).toBeLessThan(50);
	expect(existsSync(folder.stateFile)).toBe(false);
});

import { resolve } from 'node:path';
import { N8nApi, type N8nOwner } from '../../scripts/host/n8n-api.ts';

/** Where the run's n8n and simulator are; global-setup.ts creates it. */
interface E2eHost {
	n8nUrl: string;
	simulatorUrl: string;
	owner: N8nOwner;
	autoresponderId: string;
	credentialId: string;
	n8nLogFile: string;
}

export const projectFolder = resolve(__dirname, '../..');

const VARIABLE = 'WHATSAPP_CLOUD_E2E_HOST';

/** Passes the host on to the test files, which run in other contexts or processes. */
export function publishHost(host: E2eHost): void {
	process.env[VARIABLE] = JSON.stringify(host);
}

export function e2eHost(): E2eHost {
	const text = process.env[VARIABLE];
	if (text === undefined) throw new Error('No n8n is running; start the tests through Jest.');
	return JSON.parse(text) as E2eHost;
}

/** n8n's REST API, signed in as the owner. */
export async function ownerApi(): Promise<N8nApi> {
	const { n8nUrl, owner } = e2eHost();
	const api = new N8nApi(n8nUrl);
	await api.signIn(owner);
	return api;
}

import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { until } from '../until';
import { OwnN8n } from './trigger-host';

let own: OwnN8n;

beforeAll(async () => {
	own = await OwnN8n.start();
});
afterAll(async () => {
	await own.stop();
});

const databaseFile = (name = 'database.sqlite'): string => join(own.folder, '.n8n', name);

/** Backs up the way an administrator does while n8n is running. */
function backUp(file: string): void {
	const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
	const database = new DatabaseSync(databaseFile(), { timeout: 10_000 });
	database.exec(`VACUUM INTO '${file}'`);
	database.close();
}

/** Restores n8n's database; the package's state stays as it is. */
async function restore(file: string): Promise<void> {
	await own.kill();
	await Promise.all(
		['-wal', '-shm', '-journal'].map(async (end) => {
			await rm(databaseFile(`database.sqlite${end}`), { force: true });
		}),
	);
	await cp(file, databaseFile());
	await own.restart();
}

test('n8n gives a number a second time: the message to another person goes out', async () => {
	const { api } = own;
	const credential = await api.saveCredential(
		'Restored',
		CREDENTIAL_TYPE,
		testCredentialData(own.simulator.baseUrl),
	);
	const workflow = await api.createWorkflow({
		name: 'restored',
		nodes: [
			{
				id: 'in',
				name: 'In',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: 'restored',
				parameters: {
					httpMethod: 'POST',
					path: 'restored',
					responseMode: 'lastNode',
					options: {},
				},
			},
			{
				id: 'send',
				name: 'Send',
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				typeVersion: 1,
				position: [200, 0],
				parameters: {
					resource: 'message',
					operation: 'sendText',
					recipient: '={{ $json.body.phone }}',
					text: 'Your order is ready',
					options: { technicalDetails: true },
				},
				credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			},
		],
		connections: { In: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	// After restoring a half-published workflow, n8n does not pick it up for minutes.
	await own.publish(workflow);

	/** The item from the send, and the execution's number. */
	const send = async (phone: string) => {
		let answer = '';
		const item = await until('the webhook answers', async () => {
			const response = await fetch(new URL('/webhook/restored', own.baseUrl).href, {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close' },
				body: JSON.stringify({ phone }),
			});
			answer = await response.text();
			return response.ok ? (JSON.parse(answer) as Record<string, unknown>) : undefined;
		}).catch((error: unknown) => {
			throw new Error(`The webhook does not answer as it should: ${answer}`, { cause: error });
		});
		const executionId = await until('the execution has ended', () => {
			const newest = own.executions(workflow.id).at(-1);
			return newest?.status === 'success' ? newest.id : undefined;
		});
		return { outcome: item['outcome'], operationId: item['operationId'], executionId };
	};

	const backup = join(own.folder, 'backup.sqlite');
	backUp(backup);
	const first = await send('+15550230001');
	await restore(backup);
	const second = await send('+15550230002');

	expect([first.outcome, second.outcome]).toEqual(['sent', 'sent']);
	expect(second.executionId).toBe(first.executionId);
	expect(second.operationId).not.toBe(first.operationId);
	const { byRecipient } = await own.admin<{ byRecipient: object }>('GET', '/counters');
	expect(byRecipient).toEqual({ '15550230001': 1, '15550230002': 1 });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import { ChatClient } from '../../scripts/host/chat-client.ts';
import { installPackage, packPackage } from '../../scripts/host/community-package.ts';
import { ensureHost } from '../../scripts/host/install.ts';
import { N8nApi } from '../../scripts/host/n8n-api.ts';
import { startN8n } from '../../scripts/host/n8n-process.ts';
import { createProgress } from '../../scripts/host/progress.ts';
import { startSimulator, waitForRegistration } from '../../scripts/host/simulator-process.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { createAsking, startAsking, tap } from '../e2e/asking-workflow.ts';
import { createListener } from '../e2e/listener-workflow.ts';
import { until } from '../until.ts';
import { percentile } from './receiving/receiving.ts';
import { printTable } from './table.ts';
import { projectFolder } from './testbed.ts';

const longMs = 1_800_000;

/**
 * Lets many people answer their questions at once, and prints how long it takes until their
 * executions have gone on and ended.
 *
 * @throws Error if an answer was lost or doubled
 */
export async function benchAnswers(people: number): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-bench-'));
	const progress = createProgress(process.stderr);
	const hostFolder = await ensureHost(projectFolder, progress);
	await installPackage(await packPackage(projectFolder, join(folder, 'package')), folder);
	const simulator = await startSimulator({
		projectFolder,
		logFile: join(folder, 'simulator.log'),
	});
	const n8n = await startN8n({ projectFolder, hostFolder, userFolder: folder });
	try {
		const api = new N8nApi(n8n.baseUrl);
		await api.signIn({
			email: 'bench@example.com',
			firstName: 'Bench',
			lastName: 'Mark',
			password: 'Only-4-tests',
		});
		const credential = await api.saveCredential(
			'WhatsApp Cloud API',
			CREDENTIAL_TYPE,
			testCredentialData(simulator.baseUrl),
		);
		await api.activate(await createListener(api, 'Answers', credential, 'businessAccount'));
		await waitForRegistration(simulator.baseUrl);
		const workflow = await createAsking(api, credential, 'answers', {});
		await api.activate(workflow);
		const chat = new ChatClient(simulator.baseUrl);
		const numbers = Array.from({ length: people }, (_, index) => `15551${100_000 + index}`);
		for (const number of numbers) await startAsking(n8n.baseUrl, 'answers', [`+${number}`]);
		const database = new DatabaseSync(join(folder, '.n8n', 'database.sqlite'), {
			readOnly: true,
		});
		const statement = database.prepare(
			'SELECT status, stoppedAt FROM execution_entity WHERE workflowId = ?',
		);
		const executions = () => statement.all(workflow.id);
		const count = (wanted: string) => executions().filter(({ status }) => status === wanted).length;
		await until('all wait', () => count('waiting') === people, longMs);

		const start = Date.now();
		const tapped = Promise.all(numbers.map(async (number) => await tap(chat, number, 'Approve')));
		await tapped;
		const sentSeconds = (Date.now() - start) / 1_000;
		await until('all have gone on', () => count('waiting') + count('running') === 0, longMs);
		const rows = executions();
		const succeeded = count('success');
		if (rows.length !== people || succeeded !== people) {
			throw new Error(`${rows.length} executions, ${succeeded} succeeded, of ${people}`);
		}
		const seconds = rows.map(
			({ stoppedAt }) => (Date.parse(`${String(stoppedAt).replace(' ', 'T')}Z`) - start) / 1_000,
		);
		database.close();
		console.log('\n## Answers at once\n');
		printTable(
			['people', 'all tapped after (s)', 'execution ended p50 / p95 / last (s)', 'lost', 'doubled'],
			[
				[
					people,
					sentSeconds.toFixed(1),
					[0.5, 0.95, 1].map((part) => percentile(seconds, part).toFixed(1)).join(' / '),
					people - succeeded,
					rows.length - people,
				],
			],
		);
	} finally {
		await n8n.stop();
		await simulator.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

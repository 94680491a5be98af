import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import {
	createBatchWorkflow,
	median,
	peakMemoryMb,
	resetPeakMemory,
	runBatch,
	type Testbed,
} from './testbed.ts';

const rounds = 3;
const fileMb = 100;

interface MemoryResult {
	name: string;
	/** Increase of n8n's peak memory over what it used before, per round. */
	growthsMb: number[];
	medianMb: number;
	seconds: number;
}

/** Peak memory of n8n while it sends and downloads a large document, and sends a text. */
export async function measureMedia(testbed: Testbed): Promise<MemoryResult[]> {
	const { api, folder } = testbed;
	const file = await writeLargeFile(folder);
	const own = await api.saveCredential('Bench own', 'whatsAppCloudApi', {
		accessToken: 'bench-token',
		businessAccountId: '200000000000001',
		phoneNumberId: '300000000000001',
	});
	const builtIn = await api.saveCredential('Bench built-in', 'whatsAppApi', {
		accessToken: 'bench-token',
		businessAccountId: '200000000000001',
	});
	const credentialsOf = ({ id, name, type }: typeof own) => ({ [type]: { id, name } });
	const ownNode = (parameters: Record<string, unknown>): Omit<N8nNode, 'id' | 'name'> => ({
		type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
		parameters,
		credentials: credentialsOf(own),
	});
	const readFile: Omit<N8nNode, 'id'> = {
		name: 'File',
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1,
		parameters: { operation: 'read', fileSelector: file, options: {} },
	};
	const document = { resource: 'message', recipient: '+15552000001' };

	const contestants = [
		{
			name: 'Text, this node',
			id: await createBatchWorkflow(
				testbed,
				'Memory text',
				ownNode({ ...document, operation: 'sendText', text: 'Hello' }),
			),
		},
		{
			name: `Reading a document of ${fileMb} MB, without sending`,
			id: await createBatchWorkflow(
				testbed,
				'Memory baseline',
				{ type: 'n8n-nodes-base.noOp', parameters: {} },
				readFile,
			),
		},
		{
			name: `Document of ${fileMb} MB, this node`,
			id: await createBatchWorkflow(
				testbed,
				'Memory document',
				ownNode({ ...document, operation: 'sendMedia', mediaType: 'document' }),
				readFile,
			),
		},
		{
			name: `Document of ${fileMb} MB, built-in node`,
			id: await createBatchWorkflow(
				testbed,
				'Memory built-in',
				{
					type: 'n8n-nodes-base.whatsApp',
					parameters: {
						resource: 'message',
						operation: 'send',
						phoneNumberId: '300000000000001',
						recipientPhoneNumber: '+15552000001',
						messageType: 'document',
						mediaPath: 'useMedian8n',
						mediaPropertyName: 'data',
						mediaFilename: 'large.pdf',
					},
					credentials: credentialsOf(builtIn),
				},
				readFile,
			),
		},
		{
			name: `Download of ${fileMb} MB, this node`,
			id: await createBatchWorkflow(
				testbed,
				'Memory download',
				ownNode({ resource: 'media', operation: 'download', mediaId: '900000001' }),
			),
		},
	];
	const results = contestants.map(({ name }) => ({
		name,
		growthsMb: [] as number[],
		seconds: 0,
	}));
	for (const { id } of contestants) await runBatch(testbed, id, [{}]);
	for (let round = 0; round < rounds; round++) {
		for (const [index, { id, name }] of contestants.entries()) {
			const result = results[index];
			if (result === undefined) continue;
			await resetPeakMemory(testbed.n8n.pid);
			const beforeMb = await peakMemoryMb(testbed.n8n.pid);
			const run = await runBatch(testbed, id, [{}]);
			if (run.error !== null || run.items !== 1) {
				throw new Error(`${name}: ${run.error ?? `${run.items} items`}`);
			}
			result.growthsMb.push((await peakMemoryMb(testbed.n8n.pid)) - beforeMb);
			result.seconds = run.durationMs / 1000;
		}
	}
	return results.map((result) => ({ ...result, medianMb: median(result.growthsMb) }));
}

/** A file that looks like a PDF and does not compress. */
async function writeLargeFile(folder: string): Promise<string> {
	const file = join(folder, 'large.pdf');
	const handle = await open(file, 'w');
	const megabyte = Buffer.alloc(2 ** 20, 'whatsapp-cloud ');
	megabyte.write('%PDF-1.7\n');
	// Slightly below the limit: Meta's 100 MB apply to the file itself.
	for (let written = 0; written < fileMb; written++) await handle.write(megabyte);
	await handle.close();
	return file;
}

import { createHash, randomBytes } from 'node:crypto';
import { executionError, nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import { e2eHost, ownerApi } from './host';

/** Large enough for several stream chunks, and different in every run. */
const fileBytes = 700_000;

/** A PDF by its first bytes; the rest need not be valid. */
function makeFile(): Buffer {
	return Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(fileBytes)]);
}

describe('a file through the operations of Media', () => {
	const file = makeFile();
	let results: (node: string) => Record<string, unknown>;

	beforeAll(async () => {
		const api = await ownerApi();
		const workflow = await api.createWorkflow(mediaWorkflow(file));
		const executionId = await api.run(workflow.id, 'Start');
		const { data = '' } = await api.finishedExecution(executionId, 120_000);
		expect(executionError(data)).toBeNull();
		const runs = nodeRuns(data);
		results = (node) => runs[node]?.[0]?.outputs[0]?.[0]?.json ?? {};
	});

	test('Upload returns its ID', () => {
		expect(results('Upload')).toMatchObject({
			mediaId: expect.stringMatching(/^\d+$/),
			mimeType: 'application/pdf',
			filename: 'report.pdf',
			sizeBytes: file.length,
		});
	});

	test('Get tells what Meta has', () => {
		expect(results('Get')).toMatchObject({
			mediaId: results('Upload')['mediaId'],
			mimeType: 'application/pdf',
			sizeBytes: file.length,
			sha256: createHash('sha256').update(file).digest('hex'),
		});
	});

	test('Download gives the same bytes back', () => {
		const content = String(results('Read Bytes')['content']);
		expect(Buffer.from(content, 'base64').equals(file)).toBe(true);
	});

	test('Delete takes it away, so that it is not found any more', () => {
		expect(results('Delete')).toEqual({ deleted: true });
		expect(results('Get Again')).toMatchObject({ error: expect.stringMatching(/exist|found/) });
	});
});

/** Upload, get, download, delete, then get in vain; the bytes travel as base64 both ways. */
function mediaWorkflow(content: Buffer) {
	const { credentialId } = e2eHost();
	const base = (name: string, place: number): Pick<N8nNode, 'id' | 'name' | 'position'> => ({
		id: `node-${place}`,
		name,
		position: [place * 220, 0],
	});
	const media = (name: string, place: number, operation: string, parameters: object) => ({
		...base(name, place),
		type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
		typeVersion: 1,
		parameters: { resource: 'media', operation, ...parameters },
		credentials: { whatsAppCloudApi: { id: credentialId, name: 'WhatsApp Cloud API' } },
	});
	const uploaded = { mediaId: "={{ $('Upload').item.json.mediaId }}" };
	const nodes = [
		{
			...base('Start', 0),
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			parameters: {},
		},
		{
			...base('Bytes', 1),
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: JSON.stringify({ content: content.toString('base64') }),
			},
		},
		{
			...base('To File', 2),
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: {
				operation: 'toBinary',
				sourceProperty: 'content',
				options: { fileName: 'report.pdf', mimeType: 'application/pdf' },
			},
		},
		media('Upload', 3, 'upload', { binaryField: 'data', mediaKind: 'document' }),
		media('Get', 4, 'get', uploaded),
		media('Download', 5, 'download', { ...uploaded, outputField: 'back' }),
		{
			...base('Read Bytes', 6),
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1,
			parameters: {
				operation: 'binaryToPropery',
				binaryPropertyName: 'back',
				destinationKey: 'content',
			},
		},
		media('Delete', 7, 'delete', uploaded),
		{ ...media('Get Again', 8, 'get', uploaded), onError: 'continueRegularOutput' },
	];
	const names = nodes.map(({ name }) => name);
	const connections = Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, place) => [
				name,
				{ main: [[{ node: names[place + 1], type: 'main', index: 0 }]] },
			]),
	);
	return { name: 'Media files', nodes, connections, settings: { executionOrder: 'v1' } };
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import { createGraphClient } from '../../../nodes/WhatsAppCloud/graph/client';
import { fetchAttachments } from '../../../nodes/WhatsAppCloud/trigger/execution/attachments';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import { changeWebhook } from '../../unit/events/fixture';

const MEGABYTE = 1024 * 1024;
/** Far more than the limit plus all buffers along the way. */
const FILE_MEGABYTES = 64;

let server: Server;
let base: string;
/** The size that Meta states; `undefined` if it states none. */
let statedBytes: number | undefined;
let sentMegabytes: number;
let askedForFile: number;

beforeAll(async () => {
	server = createServer((request, response) => {
		if (request.url !== '/file') {
			const lookUp = {
				id: '1',
				url: `${base}/file`,
				mime_type: 'video/mp4',
				file_size: statedBytes,
			};
			response.setHeader('content-type', 'application/json').end(JSON.stringify(lookUp));
			return;
		}
		askedForFile++;
		const chunk = Buffer.alloc(MEGABYTE);
		const more = () => {
			while (sentMegabytes < FILE_MEGABYTES) {
				if (response.destroyed) return;
				sentMegabytes++;
				if (!response.write(chunk)) return;
			}
			response.end();
		};
		response.on('drain', more);
		more();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
	statedBytes = undefined;
	sentMegabytes = askedForFile = 0;
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

/** @returns what is reported about the file, and how many bytes the host was given */
async function fetchVideo(maxMegabytes: number) {
	const graph = createGraphClient(
		parseAccount({ accessToken: 'A_TOKEN', graphBaseUrl: base, businessAccountId: '1' }),
	);
	const events = normalise(
		changeWebhook('messages', {
			messages: [{ id: 'wamid.1', from: '49', type: 'video', video: { id: '1' } }],
		}),
	);
	let keptBytes = 0;
	const keep = async (content: unknown): Promise<string> => {
		for await (const chunk of content as AsyncIterable<Buffer>) keptBytes += chunk.length;
		return 'kept';
	};
	const found = await fetchAttachments(graph, events, { maxMegabytes }, keep, (timeoutMs) =>
		AbortSignal.timeout(timeoutMs),
	);
	return { attachment: [...found.values()][0], keptBytes };
}

test('a file that Meta states to be too large is not begun', async () => {
	statedBytes = FILE_MEGABYTES * MEGABYTE;
	const { attachment } = await fetchVideo(2);
	expect(attachment).toEqual({ problem: expect.stringContaining('more than 2 MB') });
	expect(askedForFile).toBe(0);
});

test('a file of no stated size is given up at the limit, not stored first', async () => {
	const { attachment, keptBytes } = await fetchVideo(2);
	expect(attachment).toEqual({ problem: expect.stringContaining('more than 2 MB') });
	expect(keptBytes).toBeLessThanOrEqual(2 * MEGABYTE);
	expect(sentMegabytes).toBeLessThan(FILE_MEGABYTES);
});

test('a file within the limit comes whole', async () => {
	const { attachment, keptBytes } = await fetchVideo(100);
	expect(attachment).toEqual({ file: 'kept' });
	expect(keptBytes).toBe(FILE_MEGABYTES * MEGABYTE);
});

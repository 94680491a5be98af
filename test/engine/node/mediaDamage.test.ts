import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pdf } from '../../simulator/support/files';
import { runNode } from '../harness';
import { credentials, itemsOf, tokens } from './account';
import { contentOf, sha256 } from './files';
import { answerJson, startHost, type OwnHost } from './ownHost';

const content = pdf(5_000);

interface MediaHost {
	/** Overrides for the look-up's correct answer. */
	info?: Record<string, unknown>;
	/** The file's address, if not on the same host. */
	fileUrl?: string;
	/** Answers the nth download, from 1. */
	download?: (response: ServerResponse, attempt: number, socket: Socket) => void;
}

/** A host with one file. */
async function startMediaHost({ info, fileUrl, download }: MediaHost = {}): Promise<OwnHost> {
	let downloads = 0;
	const host: OwnHost = await startHost(({ path }, response, socket) => {
		if (!path.startsWith('/file')) {
			answerJson(response, {
				id: '1',
				url: fileUrl ?? `${host.url}/file?look-up=${host.received.length}`,
				mime_type: 'application/pdf',
				sha256: sha256(content),
				file_size: content.length,
				...info,
			});
			return;
		}
		downloads++;
		if (download) download(response, downloads, socket);
		else response.end(content);
	});
	return host;
}

const download = async ({ url }: OwnHost, parameters: Record<string, unknown> = {}) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'media', operation: 'download', mediaId: '1', ...parameters },
		credentials: credentials(url),
	});

const pathsOf = ({ received }: OwnHost): string[] => received.map(({ path }) => path);

describe('a file that came whole', () => {
	test.each([
		['hexadecimal', sha256(content)],
		['in capitals', sha256(content).toUpperCase()],
		['base64', createHash('sha256').update(content).digest('base64')],
		['not at all', undefined],
	])('with the checksum stated %s', async (_how, digest) => {
		const host = await startMediaHost({ info: { sha256: digest } });
		const [item] = itemsOf(await download(host));
		expect(contentOf(item).equals(content)).toBe(true);
	});

	test.each([undefined, String(content.length)])(
		'with the size stated as %p',
		async (file_size) => {
			expect(itemsOf(await download(await startMediaHost({ info: { file_size } })))).toHaveLength(
				1,
			);
		},
	);

	test.each([
		['attachment; filename="report 1.pdf"', 'report 1.pdf'],
		["attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf", 'Größe.pdf'],
		['attachment; filename="../../etc/passwd"', 'passwd'],
		['attachment; filename="aux.pdf"', '_aux.pdf'],
		["attachment; filename*=UTF-8''invoice%E2%80%AEfdp.exe", 'invoicefdp.exe'],
		["attachment; filename*=UTF-8''%2e%2e%2f%2e%2e%2fa%00b.pdf", 'ab.pdf'],
		[`attachment; filename="${'x'.repeat(300)}.pdf"`, `${'x'.repeat(251)}.pdf`],
		['attachment; filename=".."', '1.pdf'],
		['inline', '1.pdf'],
	])('under the name in %s', async (header, fileName) => {
		const host = await startMediaHost({
			download: (response) => {
				response.writeHead(200, { 'content-disposition': header }).end(content);
			},
		});
		const [item] = itemsOf(await download(host));
		expect(item?.binary?.['data']?.fileName).toBe(fileName);
	});
});

describe('a file that did not come whole', () => {
	test('another checksum', async () => {
		const host = await startMediaHost({ info: { sha256: sha256(Buffer.from('other')) } });
		const { error, outputs } = await download(host);
		expect(error).toMatchObject({
			message: expect.stringMatching(/"Media ID" gave a file that does not match the SHA-256/),
			description: 'Download it again.',
			itemIndex: 0,
		});
		expect(outputs?.flat() ?? []).toEqual([]);
	});

	test('another size', async () => {
		const host = await startMediaHost({ info: { sha256: undefined, file_size: 6_000 } });
		const { error } = await download(host);
		expect(error?.message).toContain('has 5000 bytes instead of the 6000 that Meta states');
	});

	test('a connection that breaks in the middle', async () => {
		const host = await startMediaHost({
			download: (response, _attempt, socket) => {
				response.writeHead(200, { 'content-length': content.length });
				response.write(content.subarray(0, 1_000), () => socket.destroy());
			},
		});
		const { error, outputs } = await download(host);
		expect(error?.message).toMatch(/connection to 127\.0\.0\.1.* broke/i);
		expect(outputs?.flat() ?? []).toEqual([]);
	});

	test('others of the batch still come', async () => {
		const host = await startMediaHost({
			download: (response, attempt) => response.end(attempt === 1 ? 'damaged' : content),
		});
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'media', operation: 'download', mediaId: '1' },
			credentials: credentials(host.url),
			items: [{}, {}, {}],
			onError: 'continueErrorOutput',
		});
		expect(result.outputs?.map((items) => items.length)).toEqual([2, 1]);
	});
});

describe('a file that does not end', () => {
	/** Writes for as long as somebody reads, and counts the bytes. */
	const startEndless = async (info: Record<string, unknown>, pauseMs = 0) => {
		const written = { bytes: 0 };
		const host = await startMediaHost({
			info,
			download: (response) => {
				const chunk = Buffer.alloc(64 * 1024);
				const goOn = (): void => {
					if (response.destroyed) return;
					written.bytes += chunk.length;
					response.write(chunk, () => setTimeout(goOn, pauseMs));
				};
				goOn();
			},
		});
		return { host, written };
	};

	test('is read as far as Meta states its size', async () => {
		const { host, written } = await startEndless({ file_size: 100_000 });
		const { error } = await download(host);
		expect(error?.message).toContain('has more than the 100000 bytes that Meta states');
		expect(written.bytes).toBeLessThan(20_000_000);
	});

	test.each([undefined, 500_000_000_000])(
		'is read up to the limit of the user, with the size stated as %p',
		async (file_size) => {
			const { host, written } = await startEndless({ file_size, sha256: undefined });
			const { error } = await download(host, { options: { maxMegabytes: 1 } });
			expect(error?.message).toContain('"Media ID" is a file of more than 1 MB');
			expect(error?.description).toContain('Options › Size Limit');
			expect(written.bytes).toBeLessThan(20_000_000);
			// A file whose stated size is too large is not even started.
			if (file_size !== undefined) expect(written.bytes).toBe(0);
		},
	);

	test('is read until the time is up, however steadily it drips', async () => {
		const { host } = await startEndless({ file_size: undefined, sha256: undefined }, 100);
		const { error } = await download(host, { options: { timeoutSeconds: 1 } });
		expect(error?.message).toMatch(/The file did not arrive from 127\.0\.0\.1 within 1 s/);
	});
});

describe('an address', () => {
	test.each([401, 403, 404, 410])('that has expired (%i) is fetched again', async (status) => {
		const host = await startMediaHost({
			download: (response, attempt) => {
				if (attempt === 1) response.writeHead(status).end('gone');
				else response.end(content);
			},
		});
		expect(itemsOf(await download(host))).toHaveLength(1);
		expect(pathsOf(host)).toEqual(['/v25.0/1', '/file', '/v25.0/1', '/file']);
	});

	test('that is gone again is reported, and not tried forever', async () => {
		const host = await startMediaHost({ download: (response) => response.writeHead(404).end() });
		const { error } = await download(host);
		expect(error).toMatchObject({
			message: expect.stringContaining('answered with HTTP 404 instead of the file'),
			httpCode: '404',
		});
		expect(pathsOf(host)).toHaveLength(4);
	});

	test('where the server fails is asked again for a while, and not looked up anew', async () => {
		const host = await startMediaHost({ download: (response) => response.writeHead(500).end() });
		expect((await download(host)).error?.message).toContain('HTTP 500');
		expect(pathsOf(host)).toEqual(['/v25.0/1', '/file', '/file', '/file', '/file']);
	});

	test('elsewhere does not get the token', async () => {
		const elsewhere = await startHost((_request, response) => response.end(content));
		const host = await startMediaHost({ fileUrl: `${elsewhere.url}/file` });
		const { error } = await download(host);
		expect(error?.message).toContain('which is not one of Meta');
		expect(elsewhere.received).toEqual([]);
	});

	test('that leads elsewhere is not followed', async () => {
		const elsewhere = await startHost((_request, response) => response.end(content));
		const host = await startMediaHost({
			download: (response) => response.writeHead(302, { location: elsewhere.url }).end(),
		});
		const { error } = await download(host);
		expect(error?.message).toContain('HTTP 302');
		expect(elsewhere.received).toEqual([]);
	});

	test.each(['not an address', 'file:///etc/passwd', ''])('that is none: %p', async (fileUrl) => {
		const { error } = await download(await startMediaHost({ fileUrl }));
		expect(error?.message).toMatch(/address|Meta/);
		expect(error?.message).not.toMatch(/Invalid URL|TypeError/);
	});

	test('gets the token of the account and nothing more', async () => {
		const host = await startMediaHost();
		await download(host);
		const [, file] = host.received;
		expect(file?.headers.authorization).toBe(`Bearer ${tokens.active}`);
		expect([...(file?.query.keys() ?? [])]).toEqual(['look-up']);
	});
});

import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { readFileSync } from 'node:fs';
import { aac, amr, jpeg, mp3, mp4, ogg, pdf, png, webp, zip } from './support/files';
import { at, textAt } from './support/json';
import { accessToken, ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const code = (answer: Answer): unknown => at(answer.body, 'error', 'code');
const KB = 1024;
const MB = 1024 * KB;
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

test('a file goes up and comes down, byte for byte', async () => {
	const bytes = Buffer.concat([pdf(), randomBytes(300_000)]);
	const upload = await simulator.upload(bytes, 'application/pdf', 'offer.pdf');
	const id = textAt(upload.body, 'id');
	const media = await simulator.graph(`/${id}`);
	expect(media.body).toEqual({
		messaging_product: 'whatsapp',
		id,
		mime_type: 'application/pdf',
		file_size: bytes.length,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		url: expect.stringContaining(simulator.url),
	});
	const url = textAt(media.body, 'url');
	const withToken = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
	expect(withToken.headers.get('content-type')).toBe('application/pdf');
	expect(Buffer.from(await withToken.arrayBuffer()).equals(bytes)).toBe(true);
	expect((await fetch(url)).status).toBe(401);
	const foreign = { authorization: 'Bearer SIMULATOR_OTHER_APP_TOKEN' };
	expect((await fetch(url, { headers: foreign })).status).toBe(404);
});

test('a URL lives five minutes, a file thirty days', async () => {
	const id = textAt((await simulator.upload(pdf(), 'application/pdf')).body, 'id');
	const download = async (url: string): Promise<number> =>
		(await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })).status;
	const newUrl = async (): Promise<string> => textAt((await simulator.graph(`/${id}`)).body, 'url');
	const url = await newUrl();
	await simulator.admin('/clock', { ms: 4 * 60_000 });
	expect(await download(url)).toBe(200);
	await simulator.admin('/clock', { ms: 61_000 });
	expect(await download(url)).toBe(404);
	expect(await download(await newUrl())).toBe(200);
	expect(await download(url.replace(/hash=[^&]*/, 'hash=forged'))).toBe(404);

	const document = { type: 'document', document: { id } };
	await simulator.admin('/clock', { ms: 29 * 86_400_000 });
	expect((await simulator.send(document)).status).toBe(200);
	await simulator.admin('/clock', { ms: 86_400_000 });
	expect(code(await simulator.send(document))).toBe(100);
	expect((await simulator.graph(`/${id}`)).status).toBe(400);
});

test('a file can be deleted, and asked for by its number', async () => {
	const id = textAt((await simulator.upload(png(), 'image/png')).body, 'id');
	const own = `/${id}?phone_number_id=${ids.phoneNumber}`;
	expect((await simulator.graph(own)).status).toBe(200);
	expect((await simulator.graph(`/${id}?phone_number_id=${ids.secondPhoneNumber}`)).status).toBe(
		400,
	);
	expect((await simulator.graph(own, { method: 'DELETE' })).body).toEqual({ success: true });
	expect(code(await simulator.graph(own))).toBe(100);
	expect(code(await simulator.send({ type: 'image', image: { id } }))).toBe(100);
});

test('an upload needs its parts', async () => {
	const form = new FormData();
	form.set('file', new Blob([new Uint8Array(png())], { type: 'image/png' }), 'a.png');
	const path = `/${ids.phoneNumber}/media`;
	const withoutProduct = await simulator.graph(path, { body: form });
	expect(textAt(withoutProduct.body, 'error', 'message')).toContain('messaging_product');
	const withoutFile = new FormData();
	withoutFile.set('messaging_product', 'whatsapp');
	const answer = await simulator.graph(path, { body: withoutFile });
	expect(textAt(answer.body, 'error', 'message')).toContain('file is required');
	expect(code(await simulator.graph(path, { json: { messaging_product: 'whatsapp' } }))).toBe(100);
	expect(await simulator.admin('/counters')).toMatchObject({ uploads: 0 });
});

test.each<[string, string, Buffer]>([
	['a JPEG of 5 MB', 'image/jpeg', jpeg(5 * MB)],
	['a PNG', 'image/png', png()],
	['a video of 16 MB', 'video/mp4', mp4(16 * MB)],
	['a 3GP video', 'video/3gpp', mp4()],
	['AAC', 'audio/aac', aac()],
	['AMR', 'audio/amr', amr()],
	['MP3', 'audio/mpeg', mp3()],
	['M4A', 'audio/mp4', mp4()],
	['a voice note', 'audio/ogg; codecs=opus', ogg('OpusHead')],
	['a static sticker of 100 KB', 'image/webp', webp(false, 100 * KB)],
	['an animated sticker of 500 KB', 'image/webp', webp(true, 500 * KB)],
	['a text', 'text/plain', Buffer.from('plain')],
	['a text in UTF-16', 'text/plain', Buffer.from('\uFEFFplain', 'utf16le')],
	['AAC behind a tag', 'audio/aac', Buffer.from('494433030000000000020000fff15080', 'hex')],
	['a PDF', 'application/pdf', pdf()],
	['a Word document', word, zip()],
])('taken: %s', async (_name, type, bytes) => {
	expect((await simulator.upload(bytes, type)).status).toBe(200);
});

test.each<[string, string, Buffer, number]>([
	['a JPEG of one byte more than 5 MB', 'image/jpeg', jpeg(5 * MB + 1), 131053],
	['a video of one byte more than 16 MB', 'video/mp4', mp4(16 * MB + 1), 131053],
	[
		'a static sticker of one byte more than 100 KB',
		'image/webp',
		webp(false, 100 * KB + 1),
		131053,
	],
	['an animated one of more than 500 KB', 'image/webp', webp(true, 500 * KB + 1), 131053],
	['a PDF that is called an image', 'image/png', pdf(), 131053],
	['a picture that is called a PDF', 'application/pdf', png(), 131053],
	['a JPEG that is called PNG', 'image/png', jpeg(), 131053],
	['a PNG of 16 bits', 'image/png', png(100, 16), 131053],
	['OGG with Vorbis', 'audio/ogg', ogg('\u0001vorbis'), 131053],
	['OGG with two channels', 'audio/ogg', ogg('OpusHead', 2), 131053],
	['noise that is called a video', 'video/mp4', Buffer.from('not a video at all'), 131053],
	['an empty file', 'image/png', Buffer.alloc(0), 131053],
	['a GIF', 'image/gif', Buffer.from('GIF89a'), 100],
	['an unknown type', 'application/octet-stream', Buffer.from('x'), 100],
])('refused: %s', async (_name, type, bytes, expected) => {
	const answer = await simulator.upload(bytes, type);
	expect([answer.status, code(answer)]).toEqual([400, expected]);
	expect(await simulator.admin('/counters')).toMatchObject({ uploads: 0 });
});

test('a file is sent as what it is', async () => {
	const upload = async (bytes: Buffer, type: string): Promise<string> =>
		textAt((await simulator.upload(bytes, type)).body, 'id');
	const [image, sticker, audio] = [
		await upload(png(), 'image/png'),
		await upload(webp(false), 'image/webp'),
		await upload(mp3(), 'audio/mpeg'),
	];
	expect((await simulator.send({ type: 'image', image: { id: image } })).status).toBe(200);
	expect((await simulator.send({ type: 'document', document: { id: image } })).status).toBe(200);
	expect((await simulator.send({ type: 'sticker', sticker: { id: sticker } })).status).toBe(200);
	expect(code(await simulator.send({ type: 'image', image: { id: sticker } }))).toBe(131053);
	expect(code(await simulator.send({ type: 'audio', audio: { id: image } }))).toBe(131053);
	expect((await simulator.send({ type: 'audio', audio: { id: audio } })).status).toBe(200);
	expect(code(await simulator.send({ type: 'audio', audio: { id: audio, voice: true } }))).toBe(
		131053,
	);
});

/** A multipart upload generated while it is being sent. */
async function uploadStream(byteLength: number): Promise<number> {
	const boundary = 'simulatortest';
	const field = (name: string, value: string): string =>
		`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
	const head = `${field('messaging_product', 'whatsapp')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="big.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7`;
	return await new Promise((resolve, reject) => {
		const call = request(
			`${simulator.url}/v25.0/${ids.phoneNumber}/media`,
			{
				method: 'POST',
				headers: {
					authorization: `Bearer ${accessToken}`,
					'content-type': `multipart/form-data; boundary=${boundary}`,
				},
			},
			(response) => {
				response.resume();
				resolve(response.statusCode ?? 0);
			},
		);
		call.once('error', reject);
		call.write(head);
		const chunk = Buffer.alloc(MB);
		let left = byteLength - '%PDF-1.7'.length;
		const write = (): void => {
			while (left > 0) {
				const part = chunk.subarray(0, Math.min(left, chunk.length));
				left -= part.length;
				if (!call.write(part)) {
					call.once('drain', write);
					return;
				}
			}
			call.end(`\r\n--${boundary}--\r\n`);
		};
		write();
	});
}

test('100 MB pass through without being held in memory, one byte more is refused', async () => {
	const memory = (): number =>
		Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${simulator.pid}/status`, 'utf8'))?.[1]) * KB;
	await simulator.send();
	const before = memory();
	expect(await uploadStream(100 * MB)).toBe(200);
	expect(memory() - before).toBeLessThan(60 * MB);
	expect(await uploadStream(100 * MB + 1)).toBe(400);
});

test('resumable uploads give handles', async () => {
	const bytes = png(5000);
	const session = await simulator.graph(
		`/${ids.app}/uploads?file_name=a.png&file_length=${bytes.length}&file_type=image/png`,
		{ method: 'POST' },
	);
	const id = textAt(session.body, 'id');
	expect(id).toMatch(/^upload:/);
	const send = async (offset: number, part: Buffer): Promise<Answer> =>
		await simulator.graph(`/${id}`, {
			token: null,
			method: 'POST',
			body: new Uint8Array(part),
			headers: {
				authorization: `OAuth ${accessToken}`,
				file_offset: String(offset),
				'content-type': 'application/x-www-form-urlencoded',
			},
		});
	expect(code(await send(0, bytes.subarray(0, 2000)))).toBe(100);
	expect((await simulator.graph(`/${id}`)).body).toEqual({ id, file_offset: 2000 });
	expect(code(await send(0, bytes))).toBe(100);
	expect((await send(2000, bytes.subarray(2000))).body).toEqual({
		h: expect.stringMatching(/^4::/),
	});
	const badType = await simulator.graph(
		`/${ids.app}/uploads?file_name=a.exe&file_length=1&file_type=application/exe`,
		{ method: 'POST' },
	);
	expect(code(badType)).toBe(100);
});

import { toMultipart, type MultipartForm } from '../../../nodes/WhatsAppCloud/graph/multipart';

/** Every byte, so that nothing is taken for text. */
const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

const form = (file: Partial<MultipartForm['file']> = {}): MultipartForm => ({
	fields: { messaging_product: 'whatsapp', type: 'image/png' },
	file: {
		filename: 'picture.png',
		mimeType: 'image/png',
		sizeBytes: everyByte.length,
		open: () => Promise.resolve([everyByte]),
		...file,
	},
});

async function bytesOf({ body }: ReturnType<typeof toMultipart>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** Reads the form as a server does. */
async function parse(multipart: ReturnType<typeof toMultipart>): Promise<FormData> {
	const body = await bytesOf(multipart);
	return await new Response(new Uint8Array(body), { headers: multipart.headers }).formData();
}

test('a server reads fields and file as they were given', async () => {
	const parsed = await parse(toMultipart(form()));
	expect([...parsed.keys()]).toEqual(['messaging_product', 'type', 'file']);
	expect(parsed.get('messaging_product')).toBe('whatsapp');
	const file = parsed.get('file') as File;
	expect(file).toMatchObject({ name: 'picture.png', type: 'image/png' });
	expect(Buffer.from(await file.arrayBuffer()).equals(everyByte)).toBe(true);
});

test('the length is known before, to the byte', async () => {
	for (const filename of ['a.png', 'Größe 📷.png', 'a"b.png']) {
		const multipart = toMultipart(form({ filename }));
		expect(Number(multipart.headers['content-length'])).toBe((await bytesOf(multipart)).length);
	}
});

// A reader of forms takes the escapes out again.
test.each(['Größe 📷.png', 'a"b.png', 'a\r\nX-Injected: yes\r\n\r\nb.png'])(
	'a file called %j arrives under its name, and ends no header early',
	async (filename) => {
		const multipart = toMultipart(form({ filename }));
		const raw = (await bytesOf(multipart)).toString('latin1');
		expect(raw).not.toMatch(/\r\nX-Injected/);
		const parsed = await parse(toMultipart(form({ filename })));
		expect((parsed.get('file') as File).name).toBe(filename);
		expect([...parsed.keys()]).toHaveLength(3);
	},
);

test('a type cannot bring headers of its own', async () => {
	const multipart = toMultipart(form({ mimeType: 'image/png\r\nX-Injected: yes' }));
	expect((await bytesOf(multipart)).toString('latin1')).not.toMatch(/\r\nX-Injected/);
});

test('the boundary is a new one each time', () => {
	const boundaries = [1, 2, 3].map(() => toMultipart(form()).headers['content-type']);
	expect(new Set(boundaries).size).toBe(3);
});

test('the file is opened when it is its turn, and passes through piece by piece', async () => {
	const log: string[] = [];
	function* pieces(): Generator<Uint8Array> {
		for (const piece of [1, 2, 3]) {
			log.push(`read ${piece}`);
			yield Uint8Array.of(piece);
		}
	}
	const open = () => {
		log.push('open');
		return Promise.resolve(pieces());
	};
	const { body } = toMultipart(form({ sizeBytes: 3, open }));
	for await (const chunk of body) log.push(`sent ${chunk.length === 1 ? chunk[0] : 'frame'}`);
	expect(log).toEqual([
		'sent frame',
		'open',
		...[1, 2, 3].flatMap((piece) => [`read ${piece}`, `sent ${piece}`]),
		'sent frame',
	]);
});

test('a file that cannot be opened fails the request', async () => {
	const open = () => Promise.reject(new Error('The file is gone'));
	await expect(bytesOf(toMultipart(form({ open })))).rejects.toThrow('The file is gone');
});

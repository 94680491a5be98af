import { toMultipart, type MultipartForm } from '../../../nodes/WhatsAppCloud/graph/http/multipart';

/** Every byte value, so that nothing passes as text. */
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

interface Part {
	headers: string;
	content: Buffer;
}

/** Parses the form as RFC 7578 describes. */
async function parse(multipart: ReturnType<typeof toMultipart>): Promise<Part[]> {
	const boundary = multipart.headers['content-type']?.split('boundary=')[1] ?? '';
	const text = `\r\n${(await bytesOf(multipart)).toString('latin1')}`;
	const pieces = text.split(`\r\n--${boundary}`);
	expect([pieces[0], pieces.at(-1)]).toEqual(['', '--\r\n']);
	return pieces.slice(1, -1).map((piece) => {
		const end = piece.indexOf('\r\n\r\n');
		const headers = Buffer.from(piece.slice(2, end), 'latin1').toString();
		return { headers, content: Buffer.from(piece.slice(end + 4), 'latin1') };
	});
}

test('the fields come first, then the file, byte for byte', async () => {
	expect(await parse(toMultipart(form()))).toEqual([
		{
			headers: 'Content-Disposition: form-data; name="messaging_product"',
			content: Buffer.from('whatsapp'),
		},
		{
			headers: 'Content-Disposition: form-data; name="type"',
			content: Buffer.from('image/png'),
		},
		{
			headers:
				'Content-Disposition: form-data; name="file"; filename="picture.png"\r\nContent-Type: image/png',
			content: Buffer.from(everyByte),
		},
	]);
});

test('the length is known before, to the byte', async () => {
	for (const filename of ['a.png', 'Größe 📷.png', 'a"b.png']) {
		const multipart = toMultipart(form({ filename }));
		expect(Number(multipart.headers['content-length'])).toBe((await bytesOf(multipart)).length);
	}
});

test.each([
	['Größe 📷.png', 'Größe 📷.png'],
	['a"b.png', 'a%22b.png'],
	['a\r\nX-Injected: yes\r\n\r\nb.png', 'a%0D%0AX-Injected: yes%0D%0A%0D%0Ab.png'],
])('a file called %j travels as %j, and ends no header early', async (filename, expected) => {
	const parts = await parse(toMultipart(form({ filename })));
	expect(parts).toHaveLength(3);
	expect(parts[2]?.headers).toContain(`filename="${expected}"\r\nContent-Type`);
	expect(parts[2]?.content).toEqual(Buffer.from(everyByte));
});

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
	for await (const chunk of body)
		log.push(`sent ${chunk.length === 1 ? String(chunk[0]) : 'frame'}`);
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

/** All parts of a price list together are smaller, unpacked. */
const maxBytes = 8 * 1024 * 1024;

const listEntry = 0x02014b50;
const storedMethod = 0;
const deflateMethod = 8;

/**
 * Reads the parts of a ZIP file by name, as spreadsheets have them (APPNOTE.TXT 4.3.12).
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 *
 * @throws Error if it is damaged or larger than any price list; reading a part rejects, too
 */
export function openZip(file: Buffer): (name: string) => Promise<string | null> {
	const end = file.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
	if (end === -1 || end + 22 > file.length) throw new RangeError('The file is cut off');
	const starts = new Map<string, number>();
	const count = file.readUInt16LE(end + 10);
	let at = file.readUInt32LE(end + 16);
	for (let entry = 0; entry < count && file.readUInt32LE(at) === listEntry; entry++) {
		const nameBytes = file.readUInt16LE(at + 28);
		starts.set(file.toString('utf8', at + 46, at + 46 + nameBytes), at);
		at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
	}
	let bytesLeft = maxBytes;
	return async (name) => {
		const start = starts.get(name);
		if (start === undefined) return null;
		const part = await unpack(file, start, bytesLeft);
		bytesLeft -= part.length;
		return part.toString('utf8');
	};
}

async function unpack(file: Buffer, entry: number, maxPartBytes: number): Promise<Buffer> {
	const method = file.readUInt16LE(entry + 10);
	const packedBytes = file.readUInt32LE(entry + 20);
	const header = file.readUInt32LE(entry + 42);
	const start = header + 30 + file.readUInt16LE(header + 26) + file.readUInt16LE(header + 28);
	const packed = file.subarray(start, start + packedBytes);
	if (packed.length < packedBytes) throw new RangeError('The file is cut off');
	if (method === storedMethod && packed.length <= maxPartBytes) return packed;
	if (method !== deflateMethod) throw new RangeError('The file is packed in an unusual way');
	return await inflate(packed, maxPartBytes);
}

async function inflate(packed: Buffer, maxPartBytes: number): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	const unpacked = new Blob([new Uint8Array(packed)])
		.stream()
		.pipeThrough<Uint8Array>(new DecompressionStream('deflate-raw'));
	for await (const chunk of unpacked) {
		bytes += chunk.length;
		if (bytes > maxPartBytes) throw new RangeError('The file is larger than any price list');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

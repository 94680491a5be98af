import { readAt, withReader, type Content } from './byteReader';

/** The container that old Office formats, mails and installers share, when no more is known. */
const compoundFile = 'application/x-cfb';

/** The streams that only this application's files have, and the classes of its documents. */
const applications: readonly { mimeType: string; streams: string[]; classes: string[] }[] = [
	{ mimeType: 'application/msword', streams: ['WordDocument'], classes: ['00020906', '00020900'] },
	{
		mimeType: 'application/vnd.ms-excel',
		streams: ['Workbook', 'Book'],
		classes: ['00020820', '00020810'],
	},
	{
		mimeType: 'application/vnd.ms-powerpoint',
		streams: ['PowerPoint Document'],
		classes: ['64818d10', '64818d11'],
	},
];

/** One entry in the directory of a compound file. */
interface Entry {
	name: string;
	left: number;
	right: number;
	child: number;
	/** The first eight digits of the class ID, in the usual order. */
	classId: string;
}

const entryBytes = 128;

/** No document has a larger directory: 16,000 entries. */
const maxDirectoryBytes = 2 * 1024 * 1024;

/**
 * The type of a file in Microsoft's compound file format, from what its root holds: the streams of
 * an embedded document are further down.
 * https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb/53989ce4-7b05-4f8d-829b-d08d6148375b
 *
 * @returns `application/x-cfb` if it is not Word, Excel or PowerPoint, or cannot be read
 */
export async function readCompoundType(content: Content): Promise<string> {
	const entries = await readDirectory(content);
	const root = entries[0];
	if (root === undefined) return compoundFile;
	const names = namesBelow(root.child, entries);
	const found =
		applications.find(({ streams }) => streams.some((stream) => names.has(stream))) ??
		applications.find(({ classes }) => classes.includes(root.classId));
	return found?.mimeType ?? compoundFile;
}

/** The names of a storage's own parts, which the format keeps as a tree. */
function namesBelow(top: number, entries: readonly Entry[]): Set<string> {
	const names = new Set<string>();
	const seen = new Set<number>();
	const next = [top];
	for (let id = next.pop(); id !== undefined; id = next.pop()) {
		const entry = entries[id];
		if (entry === undefined || seen.has(id)) continue;
		seen.add(id);
		names.add(entry.name);
		next.push(entry.left, entry.right);
	}
	return names;
}

async function readDirectory(content: Content): Promise<Entry[]> {
	const header = await readAt(content, 0, 512);
	if (header === null) return [];
	const sectorBytes = 2 ** header.readUInt16LE(30);
	// Only these two sizes exist.
	if (sectorBytes !== 512 && sectorBytes !== 4096) return [];
	const sectors = sectorsOf(content, sectorBytes);
	const allocation = await readAllocation(header, sectors, sectorBytes);
	const chain: number[] = [];
	const maxSectors = maxDirectoryBytes / sectorBytes;
	for (
		let id: number | undefined = header.readUInt32LE(48);
		id !== undefined && id <= lastSector && chain.length < maxSectors;
		id = allocation(id)
	) {
		chain.push(id);
	}
	const read = await sectors(chain);
	return chain.flatMap((id) => {
		const sector = read.get(id);
		return sector === undefined ? [] : entriesIn(sector);
	});
}

/** Sector numbers above this mean the end of a chain, or nothing there. */
const lastSector = 0xfffffffa;

type Sectors = (ids: readonly number[]) => Promise<Map<number, Buffer>>;

/** Reads sectors in one pass through the file, whatever their order. */
const sectorsOf =
	(content: Content, sectorBytes: number): Sectors =>
	async (ids) =>
		await withReader(content, async (reader) => {
			const found = new Map<number, Buffer>();
			for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
				await reader.skip((id + 1) * sectorBytes - reader.position());
				const sector = await reader.read(sectorBytes);
				if (sector === null) break;
				found.set(id, sector);
			}
			return found;
		});

/** How often the list of allocation sectors may continue (in files over 7 MB): up to 100 MB. */
const maxFurtherLists = 16;

/** Returns the next sector of a chain. */
async function readAllocation(
	header: Buffer,
	sectors: Sectors,
	sectorBytes: number,
): Promise<(id: number) => number | undefined> {
	const numbers = numbersIn(header.subarray(76));
	let further = header.readUInt32LE(68);
	for (let count = 0; further <= lastSector && count < maxFurtherLists; count++) {
		const list = (await sectors([further])).get(further);
		if (list === undefined) break;
		const listed = numbersIn(list);
		further = listed.pop() ?? Infinity;
		numbers.push(...listed);
	}
	const used = numbers.filter((id) => id <= lastSector);
	const read = await sectors(used);
	const perSector = sectorBytes / 4;
	return (id) => {
		const sector = read.get(used[Math.floor(id / perSector)] ?? -1);
		return sector?.readUInt32LE((id % perSector) * 4);
	};
}

const numbersIn = (bytes: Buffer): number[] =>
	Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32LE(index * 4));

const entriesIn = (sector: Buffer): Entry[] =>
	Array.from({ length: sector.length / entryBytes }, (_, index) => {
		const at = index * entryBytes;
		// The length includes the two bytes of the terminating zero.
		const nameBytes = Math.min(64, Math.max(2, sector.readUInt16LE(at + 64))) - 2;
		return {
			name: sector.toString('utf16le', at, at + nameBytes),
			left: sector.readUInt32LE(at + 68),
			right: sector.readUInt32LE(at + 72),
			child: sector.readUInt32LE(at + 76),
			classId: sector
				.readUInt32LE(at + 80)
				.toString(16)
				.padStart(8, '0'),
		};
	});

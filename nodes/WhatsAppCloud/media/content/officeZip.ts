import { readAt, type Content } from './byteReader';

const openXml = 'application/vnd.openxmlformats-officedocument';

/** By the folder that holds the parts of the document. */
const applications: readonly [folder: string, plain: string, withMacros: string][] = [
	[
		'word/',
		`${openXml}.wordprocessingml.document`,
		'application/vnd.ms-word.document.macroenabled.12',
	],
	['xl/', `${openXml}.spreadsheetml.sheet`, 'application/vnd.ms-excel.sheet.macroenabled.12'],
	[
		'ppt/',
		`${openXml}.presentationml.presentation`,
		'application/vnd.ms-powerpoint.presentation.macroenabled.12',
	],
];

const binarySheet = 'application/vnd.ms-excel.sheet.binary.macroenabled.12';

/**
 * The type of an Office file, from the parts it holds. A ZIP file lists them at its end, so the
 * order in which a program wrote them does not matter.
 *
 * @returns `application/zip` if it is not an Office file
 */
export async function readOfficeType(content: Content): Promise<string> {
	const names = await readNames(content);
	// Every Office file has this part; a folder called "word" alone is not enough.
	if (!names.includes('[Content_Types].xml')) return 'application/zip';
	const found = applications.find(([folder]) => names.some((name) => name.startsWith(folder)));
	if (found === undefined) return 'application/zip';
	const [, plain, withMacros] = found;
	if (names.includes('xl/workbook.bin')) return binarySheet;
	return names.some((name) => name.endsWith('/vbaProject.bin')) ? withMacros : plain;
}

/** The last record of a ZIP file has 22 bytes, followed by a comment of up to 65,535. */
const maxTailBytes = 22 + 65_535;

/** A longer list belongs to an archive, not a document. */
const maxListBytes = 8 * 1024 * 1024;

/**
 * The names in the central directory (APPNOTE.TXT 4.3.12); empty if it cannot be read.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
async function readNames(content: Content): Promise<string[]> {
	const tailStart = Math.max(0, content.sizeBytes - maxTailBytes);
	const tail = await readAt(content, tailStart, content.sizeBytes - tailStart);
	const end = tail?.lastIndexOf('PK\u0005\u0006', undefined, 'latin1') ?? -1;
	if (tail === null || end === -1 || end + 22 > tail.length) return [];
	const listBytes = tail.readUInt32LE(end + 12);
	// Count back from the end: the stated offset is wrong if anything precedes the ZIP.
	const listStart = tailStart + end - listBytes;
	if (listStart < 0 || listBytes > maxListBytes) return [];
	const isAtHand = listStart >= tailStart;
	const list = isAtHand
		? tail.subarray(end - listBytes, end)
		: await readAt(content, listStart, listBytes);
	return list === null ? [] : namesIn(list);
}

function namesIn(list: Buffer): string[] {
	const names: string[] = [];
	for (let at = 0; at + 46 <= list.length && list.readUInt32LE(at) === 0x02014b50;) {
		const nameBytes = list.readUInt16LE(at + 28);
		names.push(list.toString('utf8', at + 46, at + 46 + nameBytes));
		at += 46 + nameBytes + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
	}
	return names;
}

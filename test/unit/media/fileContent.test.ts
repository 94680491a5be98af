import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { openItemFile } from '../../../nodes/WhatsAppCloud/media/file';
import { compoundFile } from '../../fixtures/files/compoundFile';
import { box, isoMedia, type IsoMedia } from '../../fixtures/files/isoMedia';
import { officeParts, zipOf } from '../../fixtures/files/zipOf';
import { jpeg, pdf, png } from '../../simulator/support/files';

/** How much of the stored file was read, and whether every stream was closed. */
interface Reads {
	bytes: number;
	streams: number;
	closed: number;
}

/** A host that keeps the file outside the item, as n8n keeps large ones, and counts the reads. */
function hostWith(content: Buffer, parts: Partial<IBinaryData>): [IExecuteFunctions, Reads] {
	const reads: Reads = { bytes: 0, streams: 0, closed: 0 };
	async function* stream(chunkBytes: number) {
		reads.streams++;
		try {
			for (let at = 0; at < content.length; at += chunkBytes) {
				const chunk = content.subarray(at, at + chunkBytes);
				reads.bytes += chunk.length;
				yield await Promise.resolve(chunk);
			}
		} finally {
			reads.closed++;
		}
	}
	const host = {
		getInputData: () => [
			{ json: {}, binary: { data: { id: 'stored', data: '', mimeType: '', ...parts } } },
		],
		helpers: {
			getBinaryMetadata: () => Promise.resolve({ fileSize: content.length }),
			getBinaryStream: (_id: string, chunkBytes: number) => Promise.resolve(stream(chunkBytes)),
		},
	};
	return [host as unknown as IExecuteFunctions, reads];
}

type Kind = Parameters<typeof openItemFile>[4];

const open = async (kind: Kind, content: Buffer, parts: Partial<IBinaryData> = {}) => {
	const [host, reads] = hostWith(content, parts);
	const file = await openItemFile(host, 0, 'data', 'Input Binary Field', kind);
	return { mimeType: file.mimeType, filename: file.filename, reads };
};

const refusal = async (kind: Kind, content: Buffer, parts: Partial<IBinaryData> = {}) => {
	const [host] = hostWith(content, parts);
	const thrown: unknown = await openItemFile(host, 0, 'data', 'Input Binary Field', kind).catch(
		(error: unknown) => error,
	);
	const { message, advice } = thrown as { message: string; advice: string };
	return `${message} ${advice}`;
};

const openXml = 'application/vnd.openxmlformats-officedocument';
const docx = `${openXml}.wordprocessingml.document`;
const xlsx = `${openXml}.spreadsheetml.sheet`;
const pptx = `${openXml}.presentationml.presentation`;
const stored = 'application/octet-stream';

describe('a document goes up as what it is', () => {
	test.each<[string, string, Buffer, string]>([
		['a PDF', stored, pdf(), 'application/pdf'],
		['a PDF', 'binary/octet-stream', pdf(), 'application/pdf'],
		['a PDF', 'application/force-download', pdf(), 'application/pdf'],
		['a PDF', 'application/x-pdf', pdf(), 'application/pdf'],
		['a PDF', '', pdf(), 'application/pdf'],
		['a PDF', 'text/html', pdf(), 'application/pdf'],
		['a PDF after a blank line', stored, Buffer.from('\r\n%PDF-1.4\n'), 'application/pdf'],
		['Word', 'application/zip', zipOf(officeParts('docx')), docx],
		['Excel', 'application/x-zip-compressed', zipOf(officeParts('xlsx')), xlsx],
		['PowerPoint', stored, zipOf(officeParts('pptx')), pptx],
		['Word called Excel', xlsx, zipOf(officeParts('docx')), docx],
		[
			'old Word',
			stored,
			compoundFile({ streams: ['1Table', 'WordDocument'] }),
			'application/msword',
		],
		[
			'old Excel',
			'application/xls',
			compoundFile({ streams: ['Workbook'] }),
			'application/vnd.ms-excel',
		],
		['Excel 95', stored, compoundFile({ streams: ['Book'] }), 'application/vnd.ms-excel'],
		[
			'old PowerPoint',
			stored,
			compoundFile({ streams: ['Current User', 'Pictures', 'A', 'B', 'PowerPoint Document'] }),
			'application/vnd.ms-powerpoint',
		],
		['text', 'text/plain; charset=utf-8', Buffer.from('Überweisung: 12 €'), 'text/plain'],
		['text', stored, Buffer.from('\xdcberweisung', 'latin1'), 'text/plain'],
		['UTF-16', stored, Buffer.from('\uFEFFNotes', 'utf16le'), 'text/plain'],
	])('%s, declared as %s', async (_what, declared, content, mimeType) => {
		const file = await open('document', content, { mimeType: declared, fileName: 'f' });
		expect(file.mimeType).toBe(mimeType);
	});

	test.each(['invoice.pdf', 'brief.docx', 'old.XLS'])(
		'a message of some server under the name %s is told',
		async (fileName) => {
			const file = open('document', Buffer.from('404 page not found'), { fileName });
			await expect(file).rejects.toThrow(/calls itself (PDF|DOCX|XLS), but holds plain text/);
		},
	);

	test('whatever the order of the parts, and with sizes behind them', async () => {
		const parts = Object.entries(officeParts('xlsx'));
		for (const isStreamed of [false, true]) {
			const content = zipOf(
				{ 'docProps/app.xml': '<x/>', ...Object.fromEntries(parts.reverse()) },
				isStreamed,
			);
			expect((await open('document', content)).mimeType).toBe(xlsx);
		}
	});

	test('a presentation that begins with large films', async () => {
		const film = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * i * 31) >> 3));
		const content = zipOf({ 'ppt/media/film.mp4': film, ...officeParts('pptx') }, true);
		const file = await open('document', content, { fileName: 'talk.zip' });
		expect(file).toMatchObject({ mimeType: pptx, filename: 'talk.pptx' });
	});

	test('what is embedded does not count', async () => {
		const content = compoundFile({ streams: ['Workbook'], embedded: ['WordDocument', 'ObjInfo'] });
		expect((await open('document', content)).mimeType).toBe('application/vnd.ms-excel');
	});

	test('the class of the root counts where the names tell nothing', async () => {
		const content = compoundFile({ streams: ['Contents'], classId: '00020906' });
		expect((await open('document', content)).mimeType).toBe('application/msword');
	});

	test('an old file whose directory lies behind 12 MB of content', async () => {
		const content = compoundFile({ streams: ['Workbook'], contentSectors: 24_000 });
		const { mimeType, reads } = await open('document', content);
		expect(mimeType).toBe('application/vnd.ms-excel');
		expect(reads.closed).toBe(reads.streams);
	});
});

describe('what Meta does not take as a document is told with the way out', () => {
	const takes =
		'a document has to be PDF, plain text (TXT), Word (DOC, DOCX), Excel (XLS, XLSX) or PowerPoint (PPT, PPTX)';
	const byLink = 'send it by link (File From: Link) instead of uploading it.';
	const csv = Buffer.from('name,price\nfern,12\n');

	test.each<[string, Buffer, Partial<IBinaryData>, string]>([
		['a table', csv, { mimeType: 'text/csv', fileName: 'a.csv' }, 'is text/csv;'],
		[
			'a table by its name',
			csv,
			{ mimeType: stored, fileName: 'Prices.CSV' },
			`is text/csv, although the item calls it ${stored};`,
		],
		[
			'a table as browsers call it',
			csv,
			{ mimeType: 'application/vnd.ms-excel', fileName: 'a.csv' },
			'is text/csv, although the item calls it application/vnd.ms-excel;',
		],
		[
			'a ZIP that calls itself PDF',
			zipOf({ 'a.txt': 'a' }),
			{ mimeType: 'application/pdf', fileName: 'invoice.pdf' },
			'is application/zip, although the item calls it application/pdf;',
		],
		[
			'a ZIP of a folder called word',
			zipOf({ 'word/list.txt': 'fern', 'xl/a': '' }),
			{ mimeType: docx },
			'is application/zip,',
		],
		[
			'a page in place of a file',
			Buffer.from('\n<!DOCTYPE html><html><body>Not found'),
			{ mimeType: 'application/pdf', fileName: 'invoice.pdf' },
			'is text/html, although the item calls it application/pdf;',
		],
		[
			'an answer in place of a file',
			Buffer.from('{"error": "expired"}'),
			{ mimeType: 'application/pdf', fileName: 'invoice.pdf' },
			'is application/json,',
		],
		[
			'macros',
			zipOf({ ...officeParts('xlsx'), 'xl/vbaProject.bin': '1', '[Content_Types].xml': '<a/>' }),
			{},
			'is application/vnd.ms-excel.sheet.macroenabled.12',
		],
		['a mail', compoundFile({ streams: ['__properties_version1.0'] }), {}, 'is application/x-cfb'],
		[
			'nothing known',
			Buffer.from([1, 2, 3, 0, 255]),
			{ mimeType: 'application/pdf' },
			'is of unknown type, although the item calls it application/pdf;',
		],
		['a broken ZIP', Buffer.from('PK\u0003\u0004\u0014\0\0\0'), {}, 'is application/zip'],
	])('%s', async (_what, content, parts, found) => {
		const told = await refusal('document', content, parts);
		expect(told).toContain(`"Input Binary Field" is "data", and that file ${found}`);
		expect(told).toContain(takes);
		expect(told).toContain(byLink);
	});

	test('a picture can go as one', async () => {
		expect(await refusal('document', png(), { mimeType: 'image/png' })).toContain(
			`is image/png; ${takes} Send it as an image, or convert it to a type that WhatsApp takes, or ${byLink}`,
		);
	});

	test('text that is declared as such goes out, with an ending that fits', async () => {
		const parts = { mimeType: 'text/plain', fileName: 'prices.csv' };
		expect(await open('document', csv, parts)).toMatchObject({
			mimeType: 'text/plain',
			filename: 'prices.csv.txt',
		});
	});
});

describe('sound and pictures in MP4 are told by the tracks', () => {
	const order: IsoMedia['order'] = ['mdat', 'free', 'moov'];

	describe.each(['isom', 'iso5', 'mp42', 'M4A ', 'M4V ', 'dash', '3gp5'])('brand %s', (brand) => {
		test.each<[string, Partial<IsoMedia>]>([
			['before the media', {}],
			['behind the media', { order }],
			['in 64 bits', { order, isLong: true }],
			['before fragments', { order: ['moov', 'moof', 'mdat', 'moof', 'mdat'] }],
		])('the list of tracks stands %s', async (_where, parts) => {
			const made = (tracks: string[]): Buffer => isoMedia({ brand, tracks, ...parts });
			const sound = made(['text', 'soun']);
			expect((await open('audio', sound, { mimeType: 'video/mp4' })).mimeType).toBe('audio/mp4');
			const film = made(['soun', 'vide']);
			expect((await open('video', film, { mimeType: 'audio/mp4' })).mimeType).toBe(
				brand === '3gp5' ? 'video/3gpp' : 'video/mp4',
			);
			expect(await refusal('audio', film)).toContain(
				`is video/${brand === '3gp5' ? '3gpp' : 'mp4'}; an audio file has to be`,
			);
			expect(await refusal('video', sound)).toContain(
				'is audio/mp4; a video has to be MP4 or 3GP with a picture Send it as an audio file',
			);
		});
	});

	test.each([
		['only text', isoMedia({ brand: 'isom', tracks: ['text'] })],
		['no tracks', isoMedia({ brand: 'mp42', tracks: [] })],
		['no list of tracks', isoMedia({ brand: 'M4A ', tracks: [], order: ['mdat', 'moof'] })],
		['a beginning alone', isoMedia({ brand: 'isom', tracks: ['soun'] }).subarray(0, 100)],
		[
			'a size that is none',
			Buffer.concat([
				isoMedia({ brand: 'isom', tracks: [], order: [] }),
				Buffer.from([0, 0, 0, 3, 1, 1, 1, 1]),
			]),
		],
	])('%s: neither picture nor sound', async (_what, content) => {
		for (const kind of ['audio', 'video'] as const) {
			expect(await refusal(kind, content)).toMatch(
				/that file has the form of MP4, but holds neither a picture nor sound; (an audio file|a video) has to be/,
			);
		}
	});

	test('the last box may go to the end of the file', async () => {
		const moov = isoMedia({ brand: 'isom', tracks: ['soun'], order: ['moov'] });
		const content = Buffer.concat([
			moov.subarray(0, 24),
			box('wide', Buffer.alloc(0)),
			moov.subarray(24),
		]);
		content.writeUInt32BE(0, content.indexOf('moov') - 4);
		expect((await open('audio', content)).mimeType).toBe('audio/mp4');
	});

	test('a QuickTime film is none of them', async () => {
		const content = isoMedia({ brand: 'qt  ', tracks: ['vide'] });
		expect(await refusal('video', content)).toContain('is video/quicktime; a video has to be MP4');
	});

	test('no more is read than needed, and what is too large is not read at all', async () => {
		const front = isoMedia({ brand: 'isom', tracks: ['vide'], mediaBytes: 10_000_000 });
		const { reads } = await open('video', front);
		expect(reads).toMatchObject({ streams: 2, closed: 2 });
		expect(reads.bytes).toBeLessThan(1_000_000);
		const large = isoMedia({
			brand: 'isom',
			tracks: ['vide'],
			order: ['mdat', 'moov'],
			mediaBytes: 17_000_000,
		});
		const [host, ofLarge] = hostWith(large, {});
		await expect(openItemFile(host, 0, 'data', 'F', 'video')).rejects.toThrow(
			/has 16\.2\d* MB; a video can have at most 16 MB/,
		);
		expect(ofLarge.bytes).toBeLessThan(1_000_000);
	});
});

describe('the name ends as the type asks', () => {
	test.each<[string | undefined, Kind, Buffer, string]>([
		['invoice.pdf', 'document', pdf(), 'invoice.pdf'],
		['INVOICE.PDF', 'document', pdf(), 'INVOICE.PDF'],
		['invoice.bin', 'document', pdf(), 'invoice.pdf'],
		['invoice', 'document', pdf(), 'invoice.pdf'],
		['report.final', 'document', pdf(), 'report.final.pdf'],
		['report 1.2', 'document', pdf(), 'report 1.2.pdf'],
		['report.', 'document', pdf(), 'report.pdf'],
		['.pdf', 'document', pdf(), 'file.pdf'],
		['.bin', 'document', pdf(), 'file.pdf'],
		['Dr. Müller', 'document', pdf(), 'Dr. Müller.pdf'],
		['statement.php', 'document', pdf(), 'statement.pdf'],
		['list.zip', 'document', zipOf(officeParts('xlsx')), 'list.xlsx'],
		['list.xls', 'document', zipOf(officeParts('xlsx')), 'list.xlsx'],
		['archive.tar.gz', 'document', pdf(), 'archive.tar.gz.pdf'],
		[undefined, 'document', pdf(), 'file.pdf'],
		['photo.png', 'image', jpeg(), 'photo.jpg'],
		['photo.jpe', 'image', jpeg(), 'photo.jpe'],
		['reply.mp4', 'audio', isoMedia({ brand: 'isom', tracks: ['soun'] }), 'reply.mp4'],
		['reply', 'audio', isoMedia({ brand: 'isom', tracks: ['soun'] }), 'reply.m4a'],
	])('%s as %s', async (fileName, kind, content, expected) => {
		expect((await open(kind, content, fileName === undefined ? {} : { fileName })).filename).toBe(
			expected,
		);
	});

	test('and is no longer than a file system takes', async () => {
		const { filename } = await open('document', pdf(), { fileName: '🌵'.repeat(300) });
		expect(Array.from(filename)).toHaveLength(240);
		expect(filename).toMatch(/🌵\.pdf$/u);
	});
});

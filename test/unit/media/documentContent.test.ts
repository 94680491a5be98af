import type { IBinaryData } from 'n8n-workflow';
import { compoundFile } from '../../fixtures/files/compoundFile';
import { officeParts, zipOf } from '../../fixtures/files/zipOf';
import { pdf, png } from '../../simulator/support/files';
import { open, refusal } from './storedFile';

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
		'an error page of a server under the name %s is refused',
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

describe('what Meta does not take as a document is refused, with what to do instead', () => {
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
		const shown = await refusal('document', content, parts);
		expect(shown).toContain(`"Input Binary Field" is "data", and that file ${found}`);
		expect(shown).toContain(takes);
		expect(shown).toContain(byLink);
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

import { isoMedia } from '../../fixtures/files/isoMedia';
import { officeParts, zipOf } from '../../fixtures/files/zipOf';
import { jpeg, pdf } from '../../simulator/support/files';
import { open, type Kind } from './storedFile';

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

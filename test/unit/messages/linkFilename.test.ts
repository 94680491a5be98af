import { linkFilename } from '../../../nodes/WhatsAppCloud/messages/linkFilename';
import { mediaObject, readMedia } from '../../../nodes/WhatsAppCloud/messages/mediaReference';
import { contentOf } from '../../fixtures/messageProblems';

test.each([
	['https://example.com/files/invoice-7.pdf', 'invoice-7.pdf'],
	['https://example.com/invoice%207.pdf?token=a/b.doc&x=1#page=2', 'invoice 7.pdf'],
	['https://example.com/Gr%C3%B6%C3%9Fe.xlsx', 'Größe.xlsx'],
	['https://example.com/a+b.pdf', 'a+b.pdf'],
	['https://example.com/report-1.2.pdf', 'report-1.2.pdf'],
	['https://example.com/archive.tar.gz', 'archive.tar.gz'],
])('%s: %s', (link, name) => expect(linkFilename(link)).toBe(name));

test.each([
	'https://example.com',
	'https://example.com/',
	'https://example.com/files/',
	'https://example.com/download',
	'https://example.com/download?file=invoice.pdf',
	'https://example.com/get.php?id=4',
	'https://example.com/get.aspx',
	'https://example.com/report-1.2',
	'https://example.com/.pdf',
	'https://example.com/a.b%2Fc.pdf',
	'https://example.com/a%00.pdf',
	'https://example.com/a%E2%80%AEfdp.exe.pdf',
	'https://example.com/%E0%A4%A.pdf',
	'https://example.com/invoice.quarterly',
	`https://example.com/${'a'.repeat(240)}.pdf`,
])('%s gives no name', (link) => expect(linkFilename(link)).toBeUndefined());

const link = 'https://example.com/files/May%20invoice.pdf?x=1';

describe('a document by link', () => {
	const read = (kind: 'document' | 'image') => {
		const media = readMedia({ mediaLink: link }, '', kind, { issues: [] });
		return media && mediaObject(media);
	};

	test('takes its name from the link', () =>
		expect(read('document')).toEqual({ link, filename: 'May invoice.pdf' }));

	test('a picture has no name', () => expect(read('image')).toEqual({ link }));
});

describe('in a message', () => {
	const header = { headerType: 'document', headerMediaSource: 'link', headerMediaLink: link };
	const named = { link, filename: 'May invoice.pdf' };

	test('of its own', () => {
		const values = { mediaType: 'document', mediaSource: 'link', mediaLink: link };
		expect(contentOf('sendMedia', values)).toEqual({ type: 'document', document: named });
		expect(contentOf('sendMedia', { ...values, filename: 'Yours.pdf' })).toEqual({
			type: 'document',
			document: { link, filename: 'Yours.pdf' },
		});
	});

	test('above buttons', () => {
		const values = { interactiveType: 'button', body: 'Here', buttons: [{ id: 'a', title: 'Ok' }] };
		expect(contentOf('sendInteractive', { ...values, ...header })).toMatchObject({
			interactive: { header: { type: 'document', document: named } },
		});
	});

	test('above a template', () => {
		const values = { template: 'invoice', language: 'en' };
		expect(JSON.stringify(contentOf('sendTemplate', { ...values, ...header }))).toContain(
			JSON.stringify(named),
		);
	});
});

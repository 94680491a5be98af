import { characters, problemsOf } from '../../fixtures/messageProblems';

const problems = (mediaType: string, values: Record<string, unknown>): string[] =>
	problemsOf('sendMedia', { mediaType, mediaSource: 'id', mediaId: '1013859600285441', ...values });

describe.each(['image', 'video', 'document'])('the caption of a %s', (mediaType) => {
	test('has up to 1,024 characters', () => {
		expect(problems(mediaType, { caption: '🌵'.repeat(1024) })).toEqual([]);
		expect(problems(mediaType, { caption: characters(1025) })).toEqual([
			'Caption: can have at most 1,024 characters, but has 1,025',
		]);
	});
});

test('a file name has up to 240 characters', () => {
	expect(problems('document', { filename: characters(240) })).toEqual([]);
	expect(problems('document', { filename: characters(241) })).toEqual([
		'File Name: can have at most 240 characters, but has 241',
	]);
});

test('in a header, too', () => {
	const header = (headerFilename: string): string[] =>
		problemsOf('sendInteractive', {
			interactiveType: 'button',
			body: 'Your invoice',
			buttons: [{ id: 'a', title: 'Thanks' }],
			headerType: 'document',
			headerMediaId: '1013859600285441',
			headerFilename,
		});
	expect(header(characters(240))).toEqual([]);
	expect(header(characters(241))).toEqual([
		'Header File Name: can have at most 240 characters, but has 241',
	]);
});

test('a kind of media that does not exist is refused with those that do', () => {
	expect(problems('film', {})).toEqual([
		'Media Type: must be one of Audio (audio), Document (document), Image (image), Sticker (sticker), Video (video), Voice Note (voice), but is the text "film"',
	]);
});

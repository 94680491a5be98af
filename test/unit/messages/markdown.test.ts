import { characters, contentOf, problemsOf } from '../../fixtures/messageProblems';
import { sendOperationNamed } from '../../fixtures/messageFixtures';

const options = { markdown: true };
const list = {
	text: 'Read [this](https://example.com), **please**',
	to: 'Read this (https://example.com), *please*',
};

describe('the texts of each type', () => {
	test.each(['image', 'video', 'document'])('the caption of a %s', (mediaType) => {
		const values = { mediaType, mediaSource: 'id', mediaId: '1', caption: list.text, options };
		expect(contentOf('sendMedia', values)[mediaType]).toMatchObject({ caption: list.to });
	});

	const card = (body: string) => ({
		mediaLink: 'https://example.com/a.jpeg',
		body,
		buttonText: '**Buy**',
		url: 'https://example.com',
	});

	test('the bodies of an interactive message, and nothing else of it', () => {
		const content = contentOf('sendInteractive', {
			interactiveType: 'button',
			headerType: 'text',
			headerText: '**Header**',
			body: list.text,
			footer: '**Footer**',
			buttons: [{ id: 'a', title: '**Yes**' }],
			options,
		});
		expect(content['interactive']).toMatchObject({
			header: { text: '**Header**' },
			body: { text: list.to },
			footer: { text: '**Footer**' },
			action: { buttons: [{ reply: { title: '**Yes**' } }] },
		});
	});

	test.each([
		['a list', [card('**One**'), card('# Two')]],
		['JSON', JSON.stringify([card('**One**'), card('# Two')])],
		['the editor', { card: [card('**One**'), card('# Two')] }],
	])('cards from %s', (_from, cards) => {
		const content = contentOf('sendInteractive', {
			interactiveType: 'carousel',
			body: list.text,
			cards,
			options,
		});
		expect(content['interactive']).toMatchObject({
			body: { text: list.to },
			action: {
				cards: [
					{ body: { text: '*One*' }, action: { parameters: { display_text: '**Buy**' } } },
					{ body: { text: '*Two*' } },
				],
			},
		});
	});

	test.each([
		{ productType: 'product', catalogId: '1', productRetailerId: 'a' },
		{ productType: 'catalog_message' },
		{ productType: 'carousel', catalogId: '1', products: ['a', 'b'] },
	])('the body of products: %j', (values) => {
		const content = contentOf('sendProduct', { ...values, body: list.text, options });
		expect(content['interactive']).toMatchObject({ body: { text: list.to } });
	});
});

describe('as typed', () => {
	test.each([
		[{}],
		[{ options: {} }],
		[{ options: { markdown: false } }],
		[{ options: { markdown: 'false' } }],
	])('with %j', (values) =>
		expect(contentOf('sendText', { text: '**a**', ...values })).toMatchObject({
			text: { body: '**a**' },
		}),
	);

	test('what is neither on nor off is told', () =>
		expect(problemsOf('sendText', { text: 'a', options: { markdown: 'yes' } })).toEqual([
			'Options › Markdown: must be true or false',
		]));

	test('what is no text is told as ever', () => {
		expect(problemsOf('sendText', { text: { a: 1 }, options })).toEqual([
			'Text: must be text, but is an object',
		]);
		expect(contentOf('sendText', { text: 5, options })).toMatchObject({ text: { body: '5' } });
	});
});

describe('limits count what goes out', () => {
	test('a text that becomes shorter', () => {
		const text = `**${characters(4094)}**`;
		expect(problemsOf('sendText', { text, options })).toEqual([]);
		expect(problemsOf('sendText', { text })).toEqual([
			'Text: can have at most 4,096 characters, but has 4,098',
		]);
	});

	test('one that becomes longer', () => {
		const caption = `# A\n${'- a\n'.repeat(10)}${characters(980)}`;
		const values = { mediaType: 'image', mediaSource: 'id', mediaId: '1' };
		expect(problemsOf('sendMedia', { ...values, caption })).toEqual([]);
		expect(
			problemsOf('sendMedia', {
				...values,
				caption: `${'A\n-\n'.repeat(205)}${characters(408)}`,
				options,
			}),
		).toEqual(['Caption: can have at most 1,024 characters, but has 1,228']);
	});

	test('the line breaks of a card', () => {
		const cards = [1, 2].map(() => ({
			mediaLink: 'https://example.com/a.jpeg',
			body: 'one\n\n\n\ntwo',
			buttonText: 'Buy',
			url: 'https://example.com',
		}));
		const values = { interactiveType: 'carousel', body: 'a', cards };
		expect(problemsOf('sendInteractive', { ...values, options })).toEqual([]);
		expect(problemsOf('sendInteractive', values)).toHaveLength(2);
	});
});

describe('together with Split Long Text', () => {
	const partsOf = (text: string): string[] => {
		const { message } = sendOperationNamed('sendText');
		const values = message.schema.parse({ text, options: { markdown: true, splitLongText: true } });
		const built = message.build(values);
		return [built].flat().map((content) => (content['text'] as { body: string }).body);
	};

	test('parts are made of what goes out', () => {
		const text = `# Terms\n\n${'**Read** this. '.repeat(500)}`;
		const parts = partsOf(text);
		expect(parts.length).toBeGreaterThan(1);
		for (const part of parts) {
			expect(part.length).toBeLessThanOrEqual(4096);
			expect(part).not.toContain('**');
		}
		expect(parts[0]).toMatch(/^\*Terms\*\n\n\*Read\* this\./);
	});

	test('a block of code that a seam goes through is one in each part', () => {
		const parts = partsOf(`Log:\n\n\`\`\`\n${'2026-11-25 ok\n'.repeat(500)}\`\`\`\n\nEnd.`);
		expect(parts.length).toBe(2);
		expect(parts[0]).toMatch(/^Log:\n\n```2026[^`]*ok```$/);
		expect(parts[1]).toMatch(/^```2026[^`]*ok```\n\nEnd\.$/);
		expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(4096);
	});
});

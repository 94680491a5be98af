import type { ButtonStructure } from './buttonStructure';
import type { HeaderStructure, PartsStructure, TemplateStructure } from './structure';
import { perObject } from '../values/once/perObject';
import { splitAtVariables } from './variables';

/**
 * The texts of a template by where they stand: `header`, `body`, `footer`, `buttons`, `offer`,
 * `card.0.body`. They are kept with the workflow, so that the filled text needs no look-up.
 */
export type TemplateTexts = Readonly<Record<string, string>>;

/** The texts of a template, with their variables. What is no text is named: `[Image]`. */
export function textsOf({ parts, cards, offer }: TemplateStructure): TemplateTexts {
	return Object.fromEntries(
		[
			...textsOfParts(parts, ''),
			['offer', offer?.text ?? ''] as const,
			...cards.flatMap((card, place) => textsOfParts(card, `card.${place}.`)),
		].filter(([, text]) => text !== ''),
	);
}

const textsOfParts = (parts: PartsStructure, prefix: string): (readonly [string, string])[] => [
	[`${prefix}header`, headerText(parts.header)],
	[`${prefix}body`, parts.body?.text ?? ''],
	[`${prefix}footer`, parts.footer ?? ''],
	[`${prefix}buttons`, buttonTexts(parts.buttons)],
];

const buttonTexts = (buttons: readonly ButtonStructure[]): string =>
	buttons.flatMap(({ text }) => (text === '' ? [] : `[${text}]`)).join(' ');

function headerText(header: HeaderStructure | null): string {
	if (header === null) return '';
	const { format, text } = header;
	if (text !== null) return text.text;
	return format === 'gif' ? '[GIF]' : `[${format.charAt(0).toUpperCase()}${format.slice(1)}]`;
}

/** A piece of the text: as it is, or the variable of an input. */
type Piece = string | { id: string; written: string };

/**
 * The whole text as the recipient reads it, from the header to the buttons.
 *
 * @param valueOf the value of an input by its ID; undefined leaves the variable as it is
 */
export function wholeText(
	texts: TemplateTexts,
	valueOf: (id: string) => string | undefined = () => undefined,
): string {
	let whole = '';
	for (const piece of piecesOf(texts)) {
		whole += typeof piece === 'string' ? piece : (valueOf(piece.id) ?? piece.written);
	}
	return whole;
}

const order = ['header', 'body', 'footer', 'buttons'];

const piecesOf = perObject((texts: TemplateTexts): readonly Piece[] => {
	const part = (name: string, prefix = ''): Piece[] =>
		splitAtVariables(texts[prefix + name] ?? '').map((piece) => {
			if (typeof piece === 'string') return piece;
			const owner = name === 'header' ? 'header.text' : name;
			return { id: `${prefix}${owner}.${piece.name}`, written: piece.written };
		});
	const cards: Piece[][] = [];
	for (let place = 0; hasCard(texts, place); place++) {
		const prefix = `card.${place}.`;
		cards.push(joined([[`${place + 1}.`], ...order.map((name) => part(name, prefix))], ' '));
	}
	return joined(
		[part('header'), part('body'), part('offer'), part('footer'), ...cards, part('buttons')],
		'\n\n',
	);
});

const hasCard = (texts: TemplateTexts, place: number): boolean =>
	order.some((name) => texts[`card.${place}.${name}`] !== undefined);

/** What is not empty, with a text between. */
const joined = (parts: readonly Piece[][], between: string): Piece[] =>
	parts
		.filter((part) => part.length > 0)
		.flatMap((part, index) => (index === 0 ? part : [between, ...part]));

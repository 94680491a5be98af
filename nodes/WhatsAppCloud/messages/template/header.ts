import type { INodeProperties } from 'n8n-workflow';
import { mediaParameters } from '../../fields/mediaFields';
import { shownFor } from '../../fields/shownFor';
import { reportNoChoice } from '../../values/choice';
import { isNothing } from '../../values/numbers';
import { report, type Problems, type Values } from '../../values/row';
import { choicesOf, defineComponent, type VariableText, type WireComponent } from './component';
import type { HeaderKind } from './header/headerKind';
import { location } from './header/location';
import { document, gif, image, video } from './header/media';
import { product } from './header/product';
import { text } from './header/text';

/** By their stored values, which are Meta's names as well. */
const kinds = { text, image, video, gif, document, location, product } satisfies Record<
	string,
	HeaderKind
>;

type Kind = keyof typeof kinds;

/** A header, checked. */
interface Header {
	kind: Kind;
	value: unknown;
}

/** The fields of a header of one of these kinds. */
export function templateHeaderFields(
	among: readonly Kind[],
	defaultKind: string,
	further: { name: string; value: string }[] = [],
): INodeProperties[] {
	const chosen = Object.fromEntries(among.map((kind) => [kind, kinds[kind]]));
	return [
		{
			displayName: 'Header',
			name: 'headerType',
			type: 'options',
			options: [...further, ...choicesOf(chosen)],
			default: defaultKind,
			description: 'What is shown above the text, as in the template',
		},
		...among.flatMap((kind) => shownFor(kinds[kind].fields, 'headerType', kind)),
	];
}

/**
 * Reads the header's parameters. If no kind is chosen, as in a table of recipients, filled
 * parameters of a kind choose it.
 */
export function readTemplateHeader(values: Values, problems: Problems): Header | null {
	const chosen = values['headerType'];
	const kind = isNothing(chosen) ? toldKind(values) : chosen;
	if (kind === undefined) {
		const { id, link } = mediaParameters('header');
		if (isNothing(values[id]) && isNothing(values[link])) return null;
		const message = 'is required: image, video, gif or document';
		return report(problems, ['headerType'], message, 'missing');
	}
	if (kind === 'none') return null;
	if (!isKind(kind)) {
		return reportNoChoice(problems, ['headerType'], Object.keys(kinds), kind);
	}
	const value = kinds[kind].read(values, problems);
	return value && { kind, value };
}

/** The header in the wire form. */
export function buildTemplateHeader({ kind, value }: Header): WireComponent {
	const chosen: HeaderKind = kinds[kind];
	return { type: 'header', parameters: [{ type: kind, ...chosen.build(value) }] };
}

/** The text that fills the variable of a header. */
export function textsOfHeader({ kind, value }: Header): VariableText[] {
	const chosen: HeaderKind = kinds[kind];
	const given = chosen.variableText?.(value);
	return given === undefined ? [] : [{ path: [given.parameter], text: given.text }];
}

const isKind = (value: unknown): value is Kind =>
	typeof value === 'string' && Object.hasOwn(kinds, value);

function toldKind(values: Values): string | undefined {
	const table: [string, HeaderKind][] = Object.entries(kinds);
	return table.find(([, { toldBy }]) => toldBy.some((name) => !isNothing(values[name])))?.[0];
}

const allKinds = Object.keys(kinds).filter(isKind);

/** What is shown above the text. */
export const header = defineComponent({
	name: 'Header',
	description: 'A variable in the header, or its image, video, GIF, document, location or product',
	fields: templateHeaderFields(allKinds, 'text'),
	read: readTemplateHeader,
	build: (value) => [buildTemplateHeader(value)],
	variableTexts: textsOfHeader,
});

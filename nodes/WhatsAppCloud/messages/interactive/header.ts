import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { mediaFields, mediaParameters } from '../../fields/mediaFields';
import { reportNoChoice } from '../../values/choice';
import { maxFilenameCharacters } from '../../values/files/filename';
import { optionalText, readAt, readParameter, requiredText } from '../../values/schema/reading';
import { mediaObject, readMedia, type MediaReference } from '../mediaReference';
import { isNothing } from '../../values/numbers';
import { rowOf } from '../../values/row';

/** What can be above the text. */
export type HeaderKind = 'text' | 'image' | 'video' | 'document';

/** A header, checked. */
type Header =
	| { kind: 'text'; text: string }
	| { kind: Exclude<HeaderKind, 'text'>; media: MediaReference; filename: string | undefined };

/** Longest text header. */
export const maxHeaderCharacters = 60;

const names: Record<HeaderKind, string> = {
	text: 'Text',
	image: 'Image',
	video: 'Video',
	document: 'Document',
};

/** All kinds, for the message types that allow any. */
export const allHeaderKinds: readonly HeaderKind[] = ['text', 'image', 'video', 'document'];

/** The fields of a header of one of these kinds. */
export function headerFields(kinds: readonly HeaderKind[]): INodeProperties[] {
	const mediaKinds = kinds.filter((kind) => kind !== 'text');
	return [
		{
			displayName: 'Header',
			name: 'headerType',
			type: 'options',
			options: [
				{ name: 'None', value: 'none' },
				...kinds.map((kind) => ({ name: names[kind], value: kind })),
			],
			default: 'none',
			description: 'What is shown above the text',
		},
		...(kinds.includes('text')
			? [{ ...headerTextField, displayOptions: { show: { headerType: ['text'] } } }]
			: []),
		...(mediaKinds.length === 0 ? [] : mediaFields('header', { headerType: mediaKinds })),
		...(kinds.includes('document') ? [headerFilenameField] : []),
	];
}

/** A text header, where no other kind is possible. */
export const headerTextField: INodeProperties = {
	displayName: 'Header Text',
	name: 'headerText',
	type: 'string',
	default: '',
	hint: 'Up to 60 characters',
};

const headerFilenameField: INodeProperties = {
	displayName: 'Header File Name',
	name: 'headerFilename',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice.pdf',
	description: 'The file name shown to the recipient',
	displayOptions: { show: { headerType: ['document'] } },
};

export const headerText = requiredText(maxHeaderCharacters);
const headerFilename = optionalText(maxFilenameCharacters);

/**
 * Reads the header fields; undefined if there is no header or a problem was reported.
 *
 * @param kinds that this message type may have, as in `headerFields`
 */
function readHeader(
	kinds: readonly HeaderKind[],
	values: Record<string, unknown>,
	context: Pick<z.core.ParsePayload, 'issues'>,
): Header | undefined {
	const given = values['headerType'] ?? impliedKind(kinds, values);
	if (given === 'none' || given === '') return undefined;
	const kind = kinds.find((known) => known === given);
	if (kind === undefined) {
		const choices = ['none', ...kinds];
		if (given === undefined) {
			reportNoChoice(context, ['headerType'], choices, given, ', since a file is given for it');
		} else {
			reportNoChoice(context, ['headerType'], choices, given);
		}
		return undefined;
	}
	if (kind === 'text') {
		const text = readParameter(headerText, values, 'headerText', context);
		return text === undefined ? undefined : { kind, text };
	}
	const media = readMedia(values, 'header', kind, context);
	if (media === null) return undefined;
	const filename = readParameter(headerFilename, values, 'headerFilename', context);
	return { kind, media, filename };
}

/**
 * A schema for values plus a header.
 *
 * @param kinds that this message type may have, as in `headerFields`
 */
export function withHeader<Schema extends z.ZodType<object>>(
	kinds: readonly HeaderKind[],
	schema: Schema,
) {
	return rowOf((values, problems): z.output<Schema> & { header: Header | undefined } => {
		const header = readHeader(kinds, values, problems);
		const others = readAt(schema, values, [], problems);
		return others === undefined ? z.NEVER : { ...others, header };
	});
}

/** An item may have a header without naming its kind. */
function impliedKind(
	kinds: readonly HeaderKind[],
	values: Record<string, unknown>,
): HeaderKind | 'none' | undefined {
	if (kinds.includes('text') && !isNothing(values['headerText'])) return 'text';
	const { id, link } = mediaParameters('header');
	if (isNothing(values[id]) && isNothing(values[link])) return 'none';
	// If only one kind of file is possible, a link to it is enough.
	const [kind, ...others] = kinds.filter((known) => known !== 'text');
	return others.length === 0 ? (kind ?? 'none') : undefined;
}

/** The wire form of the header, if there is one. */
export function headerPart(header: Header | undefined): Record<string, unknown> | undefined {
	if (header === undefined) return undefined;
	if (header.kind === 'text') return textHeader(header.text);
	const filename =
		header.kind === 'document' && header.filename !== undefined
			? { filename: header.filename }
			: {};
	return { type: header.kind, [header.kind]: { ...mediaObject(header.media), ...filename } };
}

/** The wire form of a header that is a text. */
export const textHeader = (text: string) => ({ type: 'text', text });

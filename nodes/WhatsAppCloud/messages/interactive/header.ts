import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { mediaFields } from '../../fields/media';
import { optionalText, readParameter, requiredText } from '../limits';
import { mediaObject, readMedia, type MediaReference } from '../mediaReference';

/** What can stand above the text. */
export type HeaderKind = 'text' | 'image' | 'video' | 'document';

/** A header, checked. */
export type Header =
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

/** The fields of a header that may be of some kinds. */
export function headerFields(kinds: HeaderKind[]): INodeProperties[] {
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
			description: 'What stands above the text',
		},
		{
			displayName: 'Header Text',
			name: 'headerText',
			type: 'string',
			default: '',
			hint: 'Up to 60 characters',
			displayOptions: { show: { headerType: ['text'] } },
		},
		...(mediaKinds.length === 0 ? [] : mediaFields('header', { headerType: mediaKinds })),
		...(kinds.includes('document') ? [headerFilenameField] : []),
	];
}

const headerFilenameField: INodeProperties = {
	displayName: 'Header File Name',
	name: 'headerFilename',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice.pdf',
	description: 'The name under which the recipient sees the document',
	displayOptions: { show: { headerType: ['document'] } },
};

const headerText = requiredText(maxHeaderCharacters);
const headerFilename = optionalText(240);

/** Reads the header fields; undefined where there is no header or a problem was reported. */
export function readHeader(
	values: Record<string, unknown>,
	context: Pick<z.core.ParsePayload, 'issues'>,
): Header | undefined {
	// A table of recipients gives a header text without saying that it is one.
	const given = values['headerText'] === undefined ? 'none' : 'text';
	const kind = values['headerType'] ?? given;
	if (kind === 'none' || kind === '') return undefined;
	if (kind === 'text') {
		const text = readParameter(headerText, values, 'headerText', context);
		return text === undefined ? undefined : { kind, text };
	}
	if (kind !== 'image' && kind !== 'video' && kind !== 'document') {
		context.issues.push({
			code: 'custom',
			path: ['headerType'],
			message: `cannot be ${JSON.stringify(kind)}`,
			input: kind,
		});
		return undefined;
	}
	const media = readMedia(values, 'header', kind, context);
	if (media === null) return undefined;
	const filename = readParameter(headerFilename, values, 'headerFilename', context);
	return { kind, media, filename };
}

/** The wire form of the header, if there is one. */
export function headerPart(header: Header | undefined): { header?: Record<string, unknown> } {
	if (header === undefined) return {};
	if (header.kind === 'text') return { header: { type: 'text', text: header.text } };
	const filename =
		header.kind === 'document' && header.filename !== undefined
			? { filename: header.filename }
			: {};
	return {
		header: { type: header.kind, [header.kind]: { ...mediaObject(header.media), ...filename } },
	};
}

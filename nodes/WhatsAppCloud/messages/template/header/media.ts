import type { INodeProperties } from 'n8n-workflow';
import { mediaFields } from '../../../fields/mediaFields';
import { optionalText, readParameter } from '../../../values/schema/reading';
import { mediaObject, readMedia } from '../../mediaReference';
import { defineHeader } from './headerKind';

const filenameField: INodeProperties = {
	displayName: 'Header File Name',
	name: 'headerFilename',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice.pdf',
	description: 'The file name shown to the recipient',
};

/** Meta states no limit for file names. */
const filename = optionalText(Infinity);

/** A file above the text. */
function mediaHeader(kind: 'image' | 'video' | 'gif' | 'document', name: string) {
	const isDocument = kind === 'document';
	return defineHeader({
		name,
		toldBy: isDocument ? ['headerFilename'] : [],
		fields: [...mediaFields('header'), ...(isDocument ? [filenameField] : [])],
		read(values, problems) {
			// A GIF is a short film that begins by itself and starts over.
			const media = readMedia(values, 'header', kind === 'gif' ? 'video' : kind, problems);
			const shownAs = isDocument
				? readParameter(filename, values, 'headerFilename', problems)
				: undefined;
			return media && { media, filename: shownAs };
		},
		build: ({ media, filename: shownAs }) => ({
			[kind]: { ...mediaObject(media), ...(shownAs === undefined ? {} : { filename: shownAs }) },
		}),
	});
}

export const image = mediaHeader('image', 'Image');
export const video = mediaHeader('video', 'Video');
export const gif = mediaHeader('gif', 'GIF');
export const document = mediaHeader('document', 'Document');

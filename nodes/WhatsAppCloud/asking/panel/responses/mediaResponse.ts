import { z } from 'zod/v4';

import type { FileType } from '../../../questions/question';
import { report, step } from '../../../values/schema/singleStep';
import { textList, textListOf } from '../../../values/list';
import { isNothing } from '../../../values/numbers';
import { defineResponse, onlyStep } from '../responseType';

const types: Record<Exclude<FileType, 'sticker'>, string> = {
	audio: 'Audio or Voice Message',
	document: 'Document',
	image: 'Photo',
	video: 'Video',
};

const allTypes = Object.keys(types) as FileType[];

/** `image/png`, or `image/*` for all of a kind. */
const mimeType = /^[\w.+-]+\/(?:[\w.+-]+|\*)$/;

/** A file that the person sends. */
export const media = defineResponse({
	name: 'Media',
	description: 'A photo, video, document or voice message',
	fields: [
		{
			displayName: 'Types',
			name: 'fileTypes',
			type: 'multiOptions',
			options: Object.entries(types).map(([value, name]) => ({ name, value })),
			default: [],
			hint: 'Leave empty to allow all',
			description: 'Files of other types are wrong answers',
		},
		{
			displayName: 'Allowed MIME Types',
			name: 'mimeTypes',
			type: 'string',
			default: '',
			placeholder: 'e.g. application/pdf, image/*',
			hint: 'Divided by commas; leave empty for any',
		},
	],
	schema: z.object({
		fileTypes: step((value, context): FileType[] => {
			if (isNothing(value)) return allTypes;
			const given = textList().parse(value);
			const known = allTypes.filter((type) => given.includes(type));
			const other = given.find((type) => !allTypes.some((each) => each === type));
			if (other !== undefined) report(context, [], `has "${other}"`, 'noChoice');
			return known.length === 0 ? allTypes : known;
		}),
		mimeTypes: textListOf(
			(text) => (mimeType.test(text) ? text.toLowerCase() : null),
			'is no MIME type such as application/pdf',
		),
	}),
	ask: ({ fileTypes, mimeTypes }, texts) =>
		onlyStep(texts, { kind: 'media', types: fileTypes, mimeTypes }),
});

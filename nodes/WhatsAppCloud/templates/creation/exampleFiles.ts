import { formatNumber } from '../../values/limits';

/** What is known of a file. */
interface FileFacts {
	mimeType: string;
	sizeBytes: number;
}

/** What Meta takes as the example of a header; less than it takes in a message. */
interface ExampleRule {
	/** What the file is checked as before. */
	kind: 'image' | 'video' | 'document';
	mimeTypes: readonly string[];
	typesInWords: string;
	maxBytes: number;
}

const megabyte = 1024 * 1024;

/** https://developers.facebook.com/docs/graph-api/guides/upload */
export const exampleRules: Readonly<Record<string, ExampleRule>> = {
	IMAGE: {
		kind: 'image',
		mimeTypes: ['image/jpeg', 'image/png'],
		typesInWords: 'JPEG or PNG',
		maxBytes: 5 * megabyte,
	},
	VIDEO: { kind: 'video', mimeTypes: ['video/mp4'], typesInWords: 'MP4', maxBytes: 16 * megabyte },
	GIF: { kind: 'video', mimeTypes: ['video/mp4'], typesInWords: 'MP4', maxBytes: 3.5 * megabyte },
	DOCUMENT: {
		kind: 'document',
		mimeTypes: ['application/pdf'],
		typesInWords: 'PDF',
		maxBytes: 100 * megabyte,
	},
};

/**
 * What is wrong with a file as the example of a header; null if nothing is.
 *
 * @returns completes the sentence "That file …"
 */
export function exampleProblem(format: string, { mimeType, sizeBytes }: FileFacts): string | null {
	const rule = exampleRules[format];
	if (rule === undefined) return 'stands in a header that takes none';
	if (!rule.mimeTypes.includes(mimeType)) {
		return `is ${mimeType}; an example has to be ${rule.typesInWords}`;
	}
	if (sizeBytes <= rule.maxBytes) return null;
	return `has ${formatNumber(sizeBytes)} bytes; this header can have at most ${formatNumber(rule.maxBytes)}`;
}

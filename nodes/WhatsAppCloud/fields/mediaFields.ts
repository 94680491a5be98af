import type { INodeProperties } from 'n8n-workflow';

/** The parameters behind one choice of a file. */
interface MediaParameters {
	source: string;
	binaryField: string;
	id: string;
	link: string;
}

const known = new Map<string, MediaParameters>();

/** Names of the four parameters behind one choice of a file; a prefix tells several apart. */
export function mediaParameters(prefix: string): MediaParameters {
	const names = known.get(prefix) ?? parametersWith(prefix);
	known.set(prefix, names);
	return names;
}

function parametersWith(prefix: string): MediaParameters {
	const named = (name: string): string =>
		prefix === '' ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1);
	return {
		source: named('mediaSource'),
		binaryField: named('binaryField'),
		id: named('mediaId'),
		link: named('mediaLink'),
	};
}

/**
 * Lets the user choose a file: from the item, by link or by ID.
 *
 * @param prefix tells several choices in one panel apart: `header`
 * @param show extra conditions for showing the fields
 */
export function mediaFields(
	prefix = '',
	show: NonNullable<INodeProperties['displayOptions']>['show'] = {},
): INodeProperties[] {
	const names = mediaParameters(prefix);
	return [
		{
			displayName: 'File From',
			name: names.source,
			type: 'options',
			options: [
				{ name: 'Binary Field', value: 'binary', description: 'A file in the item' },
				{ name: 'Link', value: 'link', description: 'A public https URL that Meta downloads' },
				{ name: 'Media ID', value: 'id', description: 'A file uploaded before' },
			],
			default: 'binary',
			displayOptions: { show },
		},
		{
			displayName: 'Input Binary Field',
			name: names.binaryField,
			type: 'string',
			default: 'data',
			hint: 'The name of the input field containing the file',
			description: 'The file is uploaded once per run, however many people receive it',
			displayOptions: { show: { ...show, [names.source]: ['binary'] } },
		},
		{
			displayName: 'Link',
			name: names.link,
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/picture.jpg',
			description: 'Meta downloads the file and caches it for ten minutes',
			displayOptions: { show: { ...show, [names.source]: ['link'] } },
		},
		{
			displayName: 'Media ID',
			name: names.id,
			type: 'string',
			default: '',
			placeholder: 'e.g. 1013859600285441',
			description: 'The ID from an upload, valid for 30 days',
			displayOptions: { show: { ...show, [names.source]: ['id'] } },
		},
	];
}

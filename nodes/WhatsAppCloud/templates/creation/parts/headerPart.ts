import type { INodeProperties } from 'n8n-workflow';
import { choiceOf } from '../../../values/choice';
import { optionalId, requiredId } from '../../../values/id';
import { optionalText, readParameter } from '../../../values/schema/reading';
import type { Problems, Values } from '../../../values/row';
import type { DefinedComponent } from '../definition';
import { headerWithFile, type PendingFile } from '../files';
import type { Place } from '../place';
import { fileFormats, isFileFormat } from '../rules/headerRules';
import { exampleOf } from '../samples';
import { withDoubleBraces } from '../textVariables';
import { definePart } from './part';

const fileSources = ['binary', 'handle'] as const;

/**
 * The fields for an example file.
 *
 * @param show conditions for showing them
 */
export function exampleFileFields(
	show: NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>,
): INodeProperties[] {
	return [
		{
			displayName: 'Example File From',
			name: 'headerFileFrom',
			type: 'options',
			options: [
				{ name: 'Binary Field', value: 'binary', description: 'A file in the item' },
				{
					name: 'Upload Handle',
					value: 'handle',
					description: 'A handle such as 4::aW… from a resumable upload',
				},
			],
			default: 'binary',
			description: 'Meta reviews the template with an example file. Each message has its own.',
			displayOptions: { show },
		},
		{
			displayName: 'Input Binary Field',
			name: 'headerBinaryField',
			type: 'string',
			default: 'data',
			hint: 'The name of the input field containing the file',
			displayOptions: { show: { ...show, headerFileFrom: ['binary'] } },
		},
		{
			displayName: 'Upload Handle',
			name: 'headerHandle',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4::aW1hZ2UvanBlZw==:ARb…',
			displayOptions: { show: { ...show, headerFileFrom: ['handle'] } },
		},
	];
}

/** Names of the fields for an example file. */
export const exampleFileNames = ['headerFileFrom', 'headerBinaryField', 'headerHandle'];

/** Reads the example file; null if a problem was reported. */
export function readExampleFile(
	values: Values,
	problems: Problems,
): PendingFile | { handle: string } | null {
	const from = readParameter(
		choiceOf(fileSources).default('binary'),
		values,
		'headerFileFrom',
		problems,
	);
	if (from === 'handle') {
		const handle = readParameter(requiredId(), values, 'headerHandle', problems);
		return handle === undefined ? null : { handle };
	}
	const binaryField =
		readParameter(optionalId(256), values, 'headerBinaryField', problems) ?? 'data';
	return { binaryField };
}

/** A header with an example file. */
export function headerOf(format: string, file: PendingFile | { handle: string }): DefinedComponent {
	return 'handle' in file
		? { type: 'HEADER', format, example: { header_handle: [file.handle] } }
		: headerWithFile(format, file);
}

/** The field behind a place in a header. */
function locateInHeader([member]: Place): PropertyKey[] {
	if (member === 'text') return ['headerText'];
	return [member === 'example' ? 'headerSample' : 'headerFormat'];
}

const formats = ['none', 'TEXT', ...fileFormats, 'LOCATION', 'PRODUCT'] as const;

/** What is above the text. */
export const headerPart = definePart({
	name: 'Header',
	type: 'HEADER',
	fields: [
		{
			displayName: 'Header',
			name: 'headerFormat',
			type: 'options',
			options: [
				{ name: 'Document', value: 'DOCUMENT', description: 'A PDF of up to 100 MB' },
				{
					name: 'GIF',
					value: 'GIF',
					description: 'An MP4 of up to 3.5 MB, for the Marketing Messages API',
				},
				{ name: 'Image', value: 'IMAGE', description: 'JPEG or PNG of up to 5 MB' },
				{ name: 'Location', value: 'LOCATION' },
				{ name: 'None', value: 'none' },
				{ name: 'Product', value: 'PRODUCT', description: 'With the button View Product' },
				{ name: 'Text', value: 'TEXT' },
				{ name: 'Video', value: 'VIDEO', description: 'An MP4 of up to 16 MB' },
			],
			default: 'none',
			description: 'What is shown above the text',
		},
		{
			displayName: 'Header Text',
			name: 'headerText',
			type: 'string',
			default: '',
			placeholder: 'e.g. Your order {order}',
			hint: 'Up to 60 characters. One variable is possible, in single braces: {order} or {1}.',
			displayOptions: { show: { headerFormat: ['TEXT'] } },
		},
		{
			displayName: 'Header Sample',
			name: 'headerSample',
			type: 'string',
			default: '',
			placeholder: 'e.g. LS-2041',
			description: 'A realistic value for the variable, if the header has one',
			displayOptions: { show: { headerFormat: ['TEXT'] } },
		},
		...exampleFileFields({ headerFormat: [...fileFormats] }),
	],
	read(values, problems) {
		const format = readParameter(
			choiceOf(formats).default('none'),
			values,
			'headerFormat',
			problems,
		);
		if (format === undefined || format === 'none') return null;
		const isText = format === 'TEXT';
		const whole = optionalText(Infinity);
		const text = isText ? readParameter(whole, values, 'headerText', problems) : undefined;
		const sample = isText ? readParameter(whole, values, 'headerSample', problems) : undefined;
		const file = isFileFormat(format) ? readExampleFile(values, problems) : null;
		return { format, text: withDoubleBraces(text ?? ''), sample, file };
	},
	texts: ({ text }) => [text],
	build({ format, text, sample, file }, isNamed) {
		if (file !== null) return headerOf(format, file);
		if (format !== 'TEXT') return { type: 'HEADER', format };
		const samples = sample === undefined ? [] : [{ variable: '', value: sample }];
		const example = exampleOf('header', text, samples, isNamed);
		return { type: 'HEADER', format, text, ...(example === undefined ? {} : { example }) };
	},
	locate: locateInHeader,
});

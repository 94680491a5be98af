import { objectOf } from '../../../values/unknown';
import type { DefinedComponent } from '../definition';
import { fileOf } from '../files';
import type { Complain } from '../place';
import type { About } from './about';
import { checkExamples } from './exampleRules';
import { checkNames, checkOneLine, checkText } from './textRules';

/** Formats whose example is a file. */
export const fileFormats = ['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF'] as const;

const formats: readonly string[] = ['TEXT', ...fileFormats, 'LOCATION', 'PRODUCT'];

const maxHeaderCharacters = 60;

/**
 * What is above the text.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components#text-header
 */
export function checkHeader(header: DefinedComponent, about: About, complain: Complain): void {
	const { format } = header;
	if (typeof format !== 'string' || !formats.includes(format)) {
		complain(['format'], `must be one of ${formats.join(', ')}`);
		return;
	}
	if (format === 'TEXT') checkTextHeader(header, about, complain);
	if (isFileFormat(format)) checkHeaderFile(header, complain);
	if (format === 'GIF' && about.category !== 'MARKETING') {
		complain(['format'], 'can be GIF in marketing templates only', 'Use a video or an image.');
	}
	if (format === 'PRODUCT' && !about.buttonTypes.includes('SPM')) {
		complain(
			['format'],
			'can be PRODUCT only beside the button that shows the product',
			'Add that button (View Product), or choose another header.',
		);
	}
	if (about.types.has('LIMITED_TIME_OFFER') && format !== 'IMAGE' && format !== 'VIDEO') {
		complain(['format'], 'must be an image or a video above a limited-time offer');
	}
	if (about.buttonTypes.includes('MPM') && format !== 'TEXT') {
		complain(['format'], 'must be text above a button that shows several products');
	}
}

export const isFileFormat = (format: unknown): boolean =>
	fileFormats.some((each) => each === format);

function checkTextHeader(header: DefinedComponent, { isNamed }: About, complain: Complain): void {
	const text = checkText(header['text'], maxHeaderCharacters, ['text'], complain);
	const names = checkNames(text, isNamed, ['text'], complain);
	if (names.length > 1) complain(['text'], `can have one variable, but has ${names.length}`);
	checkOneLine(text, ['text'], complain, { mayBeFormatted: false });
	if (text.includes('*'))
		complain(['text'], 'has an asterisk, which Meta refuses here', 'Remove it.');
	if (names.length === 1) checkExamples('header', names, isNamed, header['example'], complain);
}

/** Checks that there is an example file, or one that will be uploaded. */
export function checkHeaderFile(header: DefinedComponent, complain: Complain): void {
	if (fileOf(header) !== null) return;
	const handles = objectOf(header['example'])['header_handle'];
	const first: unknown = Array.isArray(handles) ? handles[0] : undefined;
	if (typeof first === 'string' && first !== '') return;
	complain(
		['example'],
		'is missing: Meta reviews the template with an example file',
		'Name a binary field of the item, or enter the handle of an upload.',
	);
}

import type { JsonObject } from '../json.ts';
import { asList, asObject, asText } from '../json.ts';
import { characterCount } from '../messages/rules.ts';
import { placeholdersOf } from '../messages/template/parameters.ts';
import { invalidParameter, templateError } from '../errors/graph-error.ts';
import { checkDefinedButtons } from './template-buttons.ts';

const categories: ReadonlySet<string> = new Set(['MARKETING', 'UTILITY', 'AUTHENTICATION']);
const componentTypes: ReadonlySet<string> = new Set([
	'HEADER',
	'BODY',
	'FOOTER',
	'BUTTONS',
	'CAROUSEL',
	'LIMITED_TIME_OFFER',
	'CALL_PERMISSION_REQUEST',
]);
const headerFormats: ReadonlySet<string> = new Set([
	'TEXT',
	'IMAGE',
	'VIDEO',
	'DOCUMENT',
	'LOCATION',
	'PRODUCT',
	'GIF',
]);

/** Characters; https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components */
const maxLengths = { name: 512, header: 60, body: 1024, offerBody: 600, footer: 60, offer: 16 };
const maxCards = 10;

/** The parts of a template that the request provides. */
interface NewTemplate {
	name: string;
	language: string;
	category: string;
	parameter_format: string;
	components: JsonObject[];
}

/** @throws GraphError 100 */
export function checkCategory(value: unknown): string {
	const category = asText(value)?.toUpperCase() ?? '';
	if (!categories.has(category)) {
		throw invalidParameter(`Param category must be one of {${[...categories].join(', ')}}`);
	}
	return category;
}

/** @throws GraphError 100, or a 2388xxx with the limit */
export function readNewTemplate(body: JsonObject): NewTemplate {
	const name = asText(body['name']) ?? '';
	if (!/^[a-z0-9_]+$/.test(name) || name.length > maxLengths.name) {
		throw templateError(
			2388046,
			'The message template name can only have lowercase letters, digits and underscores.',
		);
	}
	const language = asText(body['language']) ?? '';
	if (!/^[a-z]{2,3}(?:_[A-Z]{2,4})?$/.test(language)) {
		throw invalidParameter('Param language must be a language code such as en or en_US');
	}
	const format = asText(body['parameter_format'])?.toUpperCase() ?? 'POSITIONAL';
	if (format !== 'POSITIONAL' && format !== 'NAMED') {
		throw invalidParameter('Param parameter_format must be one of {POSITIONAL, NAMED}');
	}
	const category = checkCategory(body['category']);
	return {
		name,
		language,
		category,
		parameter_format: format,
		components: readComponents(body['components'], category, format),
	};
}

/** The components with their types in capitals, as Graph shows them. @throws GraphError */
export function readComponents(value: unknown, category: string, format: string): JsonObject[] {
	const components = asList(value).map(readComponent);
	const find = (type: string): JsonObject | undefined =>
		components.find((component) => component['type'] === type);
	const body = find('BODY');
	if (!body) throw invalidParameter('A template needs a component of the type BODY');
	const isOffer = find('LIMITED_TIME_OFFER') !== undefined;
	if (category === 'AUTHENTICATION') {
		checkAuthentication(components);
		return components;
	}
	checkBody(body, format, isOffer ? maxLengths.offerBody : maxLengths.body);
	const header = find('HEADER');
	if (header) checkHeader(header);
	const footer = asText(find('FOOTER')?.['text']);
	if (footer !== undefined) limit(footer, maxLengths.footer, 'footer');
	const offer = asText(asObject(find('LIMITED_TIME_OFFER')?.['limited_time_offer'])?.['text']);
	if (offer !== undefined) limit(offer, maxLengths.offer, 'limited_time_offer.text');
	checkDefinedButtons(asList(find('BUTTONS')?.['buttons']));
	checkDefinedCards(find('CAROUSEL'), format);
	return components;
}

function readComponent(entry: unknown): JsonObject {
	const component = asObject(entry);
	const type = asText(component?.['type'])?.toUpperCase() ?? '';
	if (!component || !componentTypes.has(type)) {
		throw invalidParameter(`Every component needs a type of {${[...componentTypes].join(', ')}}`);
	}
	const format = asText(component['format'])?.toUpperCase();
	return { ...component, type, ...(format === undefined ? {} : { format }) };
}

/** @throws GraphError 2388040 */
function limit(text: string, max: number, what: string): void {
	const length = characterCount(text);
	if (length > max) {
		throw templateError(2388040, `${what} has ${length} characters, ${max} are allowed`);
	}
}

/** @throws GraphError 2388072 for its variables, 2388299 for one at the beginning or the end */
function checkBody(body: JsonObject, format: string, maxLength: number): void {
	const text = asText(body['text']);
	if (text === undefined) throw invalidParameter('The body needs text');
	limit(text, maxLength, 'body');
	const names = placeholdersOf(text);
	const isNumbered = (name: string): boolean => /^\d+$/.test(name);
	if (format === 'POSITIONAL' && names.some((name, index) => name !== String(index + 1))) {
		throw templateError(2388072, 'Variables must be numbered {{1}}, {{2}} and so on');
	}
	if (format === 'NAMED' && names.some((name) => isNumbered(name) || name !== name.toLowerCase())) {
		throw templateError(
			2388072,
			'Names of variables can only have lowercase letters, digits and _',
		);
	}
	if (/^\s*\{\{\w+\}\}|\{\{\w+\}\}\s*$/.test(text)) {
		throw templateError(2388299, 'A variable cannot stand at the beginning or the end of the body');
	}
}

/** @throws GraphError 2388047 or 2388040 */
function checkHeader(header: JsonObject): void {
	const format = asText(header['format']) ?? '';
	if (!headerFormats.has(format)) {
		throw templateError(
			2388047,
			`The header's format must be one of {${[...headerFormats].join(', ')}}`,
		);
	}
	const text = asText(header['text']);
	if (format === 'TEXT') {
		if (text === undefined) throw templateError(2388047, 'The header needs text');
		limit(text, maxLengths.header, 'header');
		if (placeholdersOf(text).length > 1) {
			throw templateError(2388047, 'The header may have one variable');
		}
		return;
	}
	const needsSample =
		format === 'IMAGE' || format === 'VIDEO' || format === 'DOCUMENT' || format === 'GIF';
	if (needsSample && asList(asObject(header['example'])?.['header_handle']).length === 0) {
		throw templateError(
			2388047,
			'A header with a file needs example.header_handle from a resumable upload',
		);
	}
}

/** Meta writes their texts; the business chooses the button. */
function checkAuthentication(components: readonly JsonObject[]): void {
	const buttons = asList(components.find(({ type }) => type === 'BUTTONS')?.['buttons']);
	const isOtp = buttons.some(
		(button) => asText(asObject(button)?.['type'])?.toUpperCase() === 'OTP',
	);
	if (!isOtp) throw invalidParameter('An authentication template needs a button of the type OTP');
}

function checkDefinedCards(carousel: JsonObject | undefined, format: string): void {
	if (!carousel) return;
	const cards = asList(carousel['cards']);
	if (cards.length < 1 || cards.length > maxCards) {
		throw invalidParameter(`A carousel has 1 to ${maxCards} cards, not ${cards.length}`);
	}
	const shapes = new Set<string>();
	for (const card of cards) {
		const components = asList(asObject(card)?.['components']).map(readComponent);
		const header = components.find(({ type }) => type === 'HEADER');
		if (!header) throw invalidParameter('Every card needs a header');
		checkHeader(header);
		const body = components.find(({ type }) => type === 'BODY');
		if (body) checkBody({ ...body, text: `.${asText(body['text']) ?? ''}.` }, format, 162);
		const buttons = asList(components.find(({ type }) => type === 'BUTTONS')?.['buttons']);
		checkDefinedButtons(buttons);
		const types = buttons.map((button) => asText(asObject(button)?.['type'])?.toUpperCase());
		shapes.add(`${asText(header['format']) ?? ''} ${types.join(' ')}`);
	}
	if (shapes.size > 1) throw invalidParameter('All cards must have the same header and buttons');
}

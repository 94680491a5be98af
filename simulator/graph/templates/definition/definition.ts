import { invalidParameter } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asList, asObject, asText } from '../../../json.ts';
import { readAuthentication, shownAuthentication } from './authentication.ts';
import { checkButtons, shownButton } from './buttons.ts';
import { checkCarousel } from './carousel.ts';
import type { DefinitionContext } from './context.ts';
import { allowFields, buttonsOf, findComponent, typeOf } from './fields.ts';
import { checkHeader, shownHeader } from './header.ts';
import {
	readCategory,
	readLanguage,
	readName,
	readParameterFormat,
	readTimeToLive,
} from './names.ts';
import { checkOffer } from './offer.ts';
import { checkBodyText, checkFooter } from './texts.ts';

const componentTypes: ReadonlySet<string> = new Set([
	'HEADER',
	'BODY',
	'FOOTER',
	'BUTTONS',
	'CAROUSEL',
	'LIMITED_TIME_OFFER',
	'CALL_PERMISSION_REQUEST',
]);

const headerFormats = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'PRODUCT', 'GIF'];

/** Characters. */
const maxBody = 1024;
const maxOfferBody = 600;

const subCategories = ['ORDER_DETAILS', 'ORDER_STATUS', 'RICH_ORDER_STATUS'];

/** Members of a creation that Graph returns as they were given. */
const passedOn = [
	'display_format',
	'product_set_id',
	'cta_url_link_tracking_opted_out',
	'optimization_spec',
	'degrees_of_freedom_spec',
	'is_primary_device_delivery_only',
];

/** The parts of a template that the request provides. */
export interface NewTemplate extends JsonObject {
	name: string;
	language: string;
	category: string;
	parameter_format: string;
	components: JsonObject[];
}

/** @throws GraphError 100, or a 2388xxx with what is wrong */
export function readNewTemplate(
	owner: Pick<DefinitionContext, 'simulator' | 'businessAccountId' | 'origin'>,
	body: JsonObject,
): NewTemplate {
	const name = readName(body['name']);
	const language = readLanguage(body['language']);
	const category = readCategory(body['category']);
	const format = readParameterFormat(body['parameter_format']);
	const context = { ...owner, category, isNamed: format === 'NAMED' };
	const subCategory = asText(body['sub_category'])?.toUpperCase();
	if (subCategory !== undefined && !subCategories.includes(subCategory)) {
		throw invalidParameter(`Param sub_category must be one of {${subCategories.join(', ')}}`);
	}
	const timeToLive = readTimeToLive(body['message_send_ttl_seconds'], category);
	return {
		name,
		language,
		category,
		parameter_format: format,
		components: readComponents(context, body['components'], language),
		...(subCategory === undefined ? {} : { sub_category: subCategory }),
		...(timeToLive === undefined ? {} : { message_send_ttl_seconds: timeToLive }),
		...Object.fromEntries(
			passedOn.filter((key) => body[key] !== undefined).map((key) => [key, body[key]]),
		),
	};
}

/** The components as Graph shows them. @throws GraphError */
export function readComponents(
	context: DefinitionContext,
	value: unknown,
	language: string,
): JsonObject[] {
	const components = asList(value).map(readComponent);
	const types = components.map(typeOf);
	const twice = types.find((type, index) => types.indexOf(type) !== index);
	if (twice !== undefined) throw invalidParameter(`The component ${twice} occurs twice`);
	if (context.category === 'AUTHENTICATION') {
		return shownAuthentication(readAuthentication(components), language);
	}
	if (!types.includes('BODY')) {
		throw invalidParameter('A template needs a component of the type BODY');
	}
	return components.map((component) => readPart(context, component, components));
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

/** A component, checked beside the others. */
function readPart(
	context: DefinitionContext,
	component: JsonObject,
	components: readonly JsonObject[],
): JsonObject {
	switch (component['type']) {
		case 'HEADER':
			checkHeader(context, component, headerFormats);
			checkHeaderKind(context, component, components);
			return shownHeader(context, component);
		case 'BODY':
			checkBodyText(
				context,
				component,
				findComponent(components, 'LIMITED_TIME_OFFER') ? maxOfferBody : maxBody,
			);
			return component;
		case 'FOOTER':
			checkFooter(component);
			return component;
		case 'BUTTONS':
			return readButtons(context, component, components);
		case 'CAROUSEL':
			return checkCarousel(context, component, components);
		case 'LIMITED_TIME_OFFER':
			checkOffer(context, component, components);
			return component;
		default:
			allowFields(component, []);
			if (buttonsOf(components).length > 0) {
				throw invalidParameter('A call permission request cannot have buttons');
			}
			return component;
	}
}

/** Headers that go with certain buttons or categories only. */
function checkHeaderKind(
	{ category }: DefinitionContext,
	header: JsonObject,
	components: readonly JsonObject[],
): void {
	const types = buttonsOf(components).map(typeOf);
	if (header['format'] === 'PRODUCT' && !types.includes('SPM')) {
		throw invalidParameter('A header of the format PRODUCT needs a button of the type SPM');
	}
	if (header['format'] === 'GIF' && category !== 'MARKETING') {
		throw invalidParameter('A header of the format GIF needs the category MARKETING');
	}
	if (types.includes('MPM') && header['format'] !== 'TEXT') {
		throw invalidParameter('A template with a button of the type MPM needs a header of text');
	}
}

function readButtons(
	context: DefinitionContext,
	component: JsonObject,
	components: readonly JsonObject[],
): JsonObject {
	allowFields(component, ['buttons']);
	const buttons = buttonsOf(components);
	if (buttons.length === 0) throw invalidParameter('Param buttons must have at least one button');
	checkButtons(context, buttons);
	if (buttons.some((button) => typeOf(button) === 'SPM')) {
		const format = findComponent(components, 'HEADER')?.['format'];
		if (format !== 'PRODUCT') {
			throw invalidParameter('A button of the type SPM needs a header of the format PRODUCT');
		}
	}
	return { ...component, buttons: buttons.map(shownButton) };
}

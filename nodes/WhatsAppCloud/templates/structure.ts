import { isObject, listIn, objectOf } from '../values/unknown';
import { buttonsOf, type ButtonStructure } from './buttonStructure';
import { textOf, textStructure, type TextStructure } from './textStructure';

/** The `fields` to ask Meta for, so that `readStructure` finds everything it reads. */
export const structureFields =
	'id,name,language,status,category,sub_category,parameter_format,quality_score,components';

/** What may stand above the text. */
const headerFormats = ['text', 'image', 'video', 'gif', 'document', 'location', 'product'] as const;

/** What a template, or a card of it, shows above its text. */
export interface HeaderStructure {
	format: (typeof headerFormats)[number];
	/** Null unless the format is text. */
	text: TextStructure | null;
}

/** The parts of a template or of one of its cards. */
export interface PartsStructure {
	header: HeaderStructure | null;
	body: TextStructure | null;
	footer: string | null;
	/** All of them, also those without a value: a button's place counts them. */
	buttons: ButtonStructure[];
}

/** A template as Meta keeps it, as far as sending, comparing and showing it need. */
export interface TemplateStructure {
	/** Empty if Meta was not asked for it. */
	id: string;
	name: string;
	language: string;
	/** `MARKETING`, `UTILITY` or `AUTHENTICATION`. */
	category: string;
	/** `APPROVED`, `PAUSED` and so on. */
	status: string;
	/** `GREEN`, `YELLOW`, `RED`; null if Meta does not know it yet. */
	quality: string | null;
	/** Whether its variables have names instead of numbers. */
	isNamed: boolean;
	parts: PartsStructure;
	cards: PartsStructure[];
	/** The line of a limited-time offer, and whether WhatsApp counts down to its end. */
	offer: { text: string; expires: boolean } | null;
	/** Whether it tells what became of an order. */
	isOrderStatus: boolean;
	/** Whether its picture opens a web page that the message names. */
	hasTapTarget: boolean;
}

/**
 * Reads a template as `GET /{account}/message_templates` gives it. What is missing or unknown is
 * left out: Meta adds kinds of parts from time to time.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components
 */
export function readStructure(given: unknown): TemplateStructure {
	const template = objectOf(given);
	const components = componentsOf(template['components']);
	const category = upper(template['category']);
	const offer = objectOf(components.get('LIMITED_TIME_OFFER')?.['limited_time_offer']);
	const quality = objectOf(template['quality_score'])['score'];
	return {
		id: textOf(template['id']),
		name: textOf(template['name']),
		language: textOf(template['language']),
		category,
		status: upper(template['status']),
		quality: typeof quality === 'string' && quality !== 'UNKNOWN' ? quality : null,
		isNamed: upper(template['parameter_format']) === 'NAMED',
		parts: partsOf(components, category),
		cards: listIn(components.get('CAROUSEL')?.['cards']).map((card) =>
			partsOf(componentsOf(objectOf(card)['components']), category),
		),
		offer: components.has('LIMITED_TIME_OFFER')
			? { text: textOf(offer['text']), expires: offer['has_expiration'] === true }
			: null,
		isOrderStatus:
			components.has('ORDER_STATUS') || upper(template['sub_category']).endsWith('ORDER_STATUS'),
		hasTapTarget: components.has('TAP_TARGET_CONFIGURATION'),
	};
}

type Components = ReadonlyMap<string, Record<string, unknown>>;

/** By type, in upper case. */
const componentsOf = (components: unknown): Components =>
	new Map(
		listIn(components)
			.filter(isObject)
			.map((component) => [upper(component['type']), component]),
	);

function partsOf(components: Components, category: string): PartsStructure {
	const body = components.get('BODY');
	const footer = components.get('FOOTER')?.['text'];
	return {
		header: headerOf(components.get('HEADER')),
		body:
			typeof body?.['text'] === 'string'
				? textStructure(body['text'], body['example'], 'body')
				: null,
		footer: typeof footer === 'string' && footer !== '' ? footer : null,
		buttons: buttonsOf(listIn(components.get('BUTTONS')?.['buttons']), category),
	};
}

function headerOf(header: Record<string, unknown> | undefined): HeaderStructure | null {
	const written = upper(header?.['format']).toLowerCase();
	const format = headerFormats.find((known) => known === written);
	if (header === undefined || format === undefined) return null;
	if (format !== 'text') return { format, text: null };
	return { format, text: textStructure(textOf(header['text']), header['example'], 'header') };
}

const upper = (value: unknown): string => textOf(value).toUpperCase();

import { isObject, objectOf } from '../values/unknown';
import type { ValuesById } from './messageFields';

type Entry = readonly [id: string, value: unknown];

/**
 * What the components of a message carry, by the IDs of the inputs: the way back, for a message
 * whose values were given by hand or as JSON. Texts are themselves, anything else is as Meta has it.
 *
 * @param components in Meta's form
 */
export const valuesIn = (components: unknown): ValuesById =>
	Object.fromEntries(entriesIn(components, ''));

function entriesIn(components: unknown, prefix: string): Entry[] {
	return listOf(components).flatMap((component): Entry[] => {
		const { parameters } = component;
		const list = listOf(parameters);
		switch (String(component['type']).toLowerCase()) {
			case 'header':
				return list.flatMap((parameter, place) => ofHeader(parameter, place, prefix));
			case 'body':
				return list.map((parameter, place) => [
					`${prefix}body.${nameIn(parameter, place)}`,
					textIn(parameter),
				]);
			case 'button':
				return [ofButton(component, list[0] ?? {}, prefix)];
			case 'limited_time_offer':
				return [[`${prefix}expiry`, parameters]];
			case 'order_status':
				return ['order.reference', 'order.status'].map((id) => [id, parameters]);
			case 'tap_target_configuration':
				return ['tap.url', 'tap.title'].map((id) => [id, parameters]);
			case 'carousel':
				return ofCards(component['cards']);
			default:
				return [];
		}
	});
}

const listOf = (list: unknown): Record<string, unknown>[] =>
	(Array.isArray(list) ? list : []).filter(isObject);

const nameIn = ({ parameter_name: name }: Record<string, unknown>, place: number): string =>
	typeof name === 'string' ? name : String(place + 1);

/** The text that a variable shows, whatever its type. */
function textIn(parameter: Record<string, unknown>): unknown {
	const { text, currency, date_time: dateTime } = parameter;
	return (
		text ??
		objectOf(currency)['fallback_value'] ??
		objectOf(dateTime)['fallback_value'] ??
		parameter
	);
}

function ofHeader(parameter: Record<string, unknown>, place: number, prefix: string): Entry[] {
	const type = String(parameter['type']).toLowerCase();
	const entry = (name: string): Entry => [`${prefix}header.${name}`, parameter[type]];
	if (type === 'text') return [entry(`text.${nameIn(parameter, place)}`)];
	if (type === 'location') return [entry('latitude'), entry('longitude')];
	if (type === 'product') return [entry('product'), entry('catalog')];
	return [entry(type)];
}

/** The end of the ID by Meta's name of the button's kind. */
const buttonEnds: Record<string, string> = {
	url: 'url',
	quick_reply: 'payload',
	copy_code: 'code',
	flow: 'token',
	catalog: 'catalog',
	mpm: 'products',
	order_details: 'order',
	voice_call: 'minutes',
};

function ofButton(
	{ sub_type: subType, index }: Record<string, unknown>,
	parameter: Record<string, unknown>,
	prefix: string,
): Entry {
	const kind = String(subType).toLowerCase();
	const place = typeof index === 'string' || typeof index === 'number' ? index : 0;
	const id = `${prefix}button.${place}`;
	const name = parameter['parameter_name'];
	const request = objectOf(objectOf(parameter['action'])['payment_request']);
	const end =
		kind === 'payment_request'
			? String(objectOf(request['payment_setting'])['type'])
			: `${buttonEnds[kind] ?? kind}${typeof name === 'string' ? `.${name}` : ''}`;
	return [`${id}.${end}`, parameter['text'] ?? parameter];
}

function ofCards(cards: unknown): Entry[] {
	const entries = listOf(cards).flatMap(({ components }, place) =>
		entriesIn(components, `card.${place}.`),
	);
	const isProduct = ([id]: Entry): boolean => /header\.(?:product|catalog)$/.test(id);
	const areProducts = entries.length > 0 && entries.every(isProduct);
	return areProducts ? ['cards.products', 'cards.catalog'].map((id) => [id, cards]) : entries;
}

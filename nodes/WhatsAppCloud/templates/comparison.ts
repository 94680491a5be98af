import { isObject, objectOf } from '../values/unknown';
import type { TemplatePlan } from './plan';
import { isRequired } from './templateInput';

/** What a message gave and what its template takes, in words: `{{1}}, {{2}}, Image`. */
export interface Comparison {
	expected: string;
	given: string;
	/** Labels of what the message lacks. */
	missing: string[];
	/** IDs of what the template does not take. */
	unknown: string[];
}

/**
 * Compares the components of a message with what the template takes.
 *
 * @param components in Meta's form, however they came about
 */
export function compare(plan: TemplatePlan, components: unknown): Comparison {
	const given = idsIn(components, '');
	const labels = new Map(plan.inputs.map(({ id, label }) => [id, label]));
	// Messages give the code of a one-time password twice.
	const code = plan.inputs.find(({ id }) => /^otp$|\.otp$/.test(id));
	const read = given.map((id) =>
		code !== undefined && /^body\.1$|^button\.\d\.url$/.test(id) ? code.id : id,
	);
	return {
		expected: words(plan.inputs.map(({ label }) => label)),
		given: words([...new Set(read)].map((id) => labels.get(id) ?? labelOf(id))),
		missing: plan.inputs
			.filter(({ id }) => isRequired(id) && !read.includes(id))
			.map(({ label }) => label),
		unknown: [...new Set(read)].filter((id) => !labels.has(id)),
	};
}

const words = (labels: readonly string[]): string =>
	labels.length === 0 ? 'nothing' : labels.join(', ');

/** A label made from the ID alone: `Card 1 {{2}}`. */
export function labelOf(id: string): string {
	const [first = '', second = '', ...rest] = id.split('.');
	switch (first) {
		case 'card':
			return `Card ${Number(second) + 1} ${labelOf(rest.join('.'))}`;
		case 'body':
			return `{{${second}}}`;
		case 'header':
			return second === 'text' ? `Header {{${rest[0] ?? ''}}}` : `Header ${second}`;
		case 'button':
			return `Button ${Number(second) + 1} ${rest.join(' ')}`;
		case 'otp':
			return 'One-Time Password';
		case 'expiry':
			return 'Offer Ends At';
		default:
			return id;
	}
}

/** IDs of what components in Meta's form carry. */
function idsIn(components: unknown, prefix: string): string[] {
	const list = (Array.isArray(components) ? components : []).filter(isObject);
	return list.flatMap((component): string[] => {
		const parameters = parametersOf(component);
		switch (String(component['type']).toLowerCase()) {
			case 'header':
				return parameters.flatMap((parameter, place) => headerIds(parameter, place, prefix));
			case 'body':
				return parameters.map((parameter, place) => `${prefix}body.${nameIn(parameter, place)}`);
			case 'button':
				return buttonIds(component, prefix);
			case 'limited_time_offer':
				return [`${prefix}expiry`];
			case 'order_status':
				return ['order.reference', 'order.status'];
			case 'tap_target_configuration':
				return ['tap.url', 'tap.title'];
			case 'carousel':
				return cardIds(component['cards']);
			default:
				return [];
		}
	});
}

const parametersOf = (component: Record<string, unknown>): Record<string, unknown>[] => {
	const { parameters } = component;
	return (Array.isArray(parameters) ? parameters : []).map(objectOf);
};

const nameIn = ({ parameter_name: name }: Record<string, unknown>, place: number): string =>
	typeof name === 'string' ? name : String(place + 1);

function headerIds(parameter: Record<string, unknown>, place: number, prefix: string): string[] {
	const type = String(parameter['type']).toLowerCase();
	if (type === 'text') return [`${prefix}header.text.${nameIn(parameter, place)}`];
	if (type === 'location') return [`${prefix}header.latitude`, `${prefix}header.longitude`];
	if (type === 'product') return [`${prefix}header.product`, `${prefix}header.catalog`];
	return [`${prefix}header.${type}`];
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

function buttonIds(component: Record<string, unknown>, prefix: string): string[] {
	const kind = String(component['sub_type']).toLowerCase();
	const [parameter] = parametersOf(component);
	const { index } = component;
	const place = typeof index === 'string' || typeof index === 'number' ? index : 0;
	const id = `${prefix}button.${place}`;
	if (kind === 'payment_request') {
		const request = objectOf(objectOf(parameter?.['action'])['payment_request']);
		return [`${id}.${String(objectOf(request['payment_setting'])['type'])}`];
	}
	const name = parameter?.['parameter_name'];
	return [`${id}.${buttonEnds[kind] ?? kind}${typeof name === 'string' ? `.${name}` : ''}`];
}

function cardIds(cards: unknown): string[] {
	const list = (Array.isArray(cards) ? cards : []).map(objectOf);
	const ids = list.flatMap(({ components }, place) => idsIn(components, `card.${place}.`));
	const areProducts = ids.length > 0 && ids.every((id) => /header\.(?:product|catalog)$/.test(id));
	return areProducts ? ['cards.products', 'cards.catalog'] : ids;
}

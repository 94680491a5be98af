import { isObject } from '../../values/unknown';
import type { DefinedComponent } from './definition';
import { headerWithFile } from './files';
import { fromReading } from './readBack';

/** What a template's JSON says, besides its name, language and category. */
export interface GivenDefinition {
	components: DefinedComponent[];
	/** Null if it does not say. */
	format: 'NAMED' | 'POSITIONAL' | null;
	further: Record<string, unknown>;
}

/** Members that have fields of their own. */
const inFields = ['name', 'language', 'category', 'parameter_format', 'components'];

/** Members that reading a template gives and creating one does not take. */
const ofReading = [
	'id',
	'status',
	'text',
	'quality_score',
	'quality',
	'rejected_reason',
	'previous_category',
	'correct_category',
	'last_updated_time',
	'health_status',
	'source',
	'namespace',
	// With it, Meta would take the text of its library instead of the components.
	'library_template_name',
];

/** `messageSendTtlSeconds` → `message_send_ttl_seconds`: items of this node have such names. */
const metaName = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Reads the components of a template, or the whole template: as in Meta's documentation, as Meta
 * gives it, or as an item of this node has it.
 *
 * @param isAuthentication whether Meta writes its texts
 * @returns what is wrong, if it has no components
 */
export function readDefinition(json: unknown, isAuthentication: boolean): GivenDefinition | string {
	const whole = Array.isArray(json) ? { components: json as unknown[] } : json;
	if (!isObject(whole)) return 'must be a template, or the list of its components';
	const members = new Map(
		Object.entries(whole)
			.filter(([, value]) => (value ?? null) !== null)
			.map(([name, value]) => [metaName(name), value]),
	);
	const components = members.get('components');
	if (!Array.isArray(components)) return 'lacks "components", a list of objects with a type';
	const odd = components.findIndex((each) => !isObject(each) || typeof each['type'] !== 'string');
	if (odd !== -1) return `has no type in component ${odd + 1}; for example BODY`;
	const written = members.get('parameter_format');
	const format = typeof written === 'string' ? written.toUpperCase() : '';
	const dropped = [...inFields, ...ofReading];
	return {
		components: fromReading((components as DefinedComponent[]).map(inCapitals), isAuthentication),
		format: format === 'NAMED' || format === 'POSITIONAL' ? format : null,
		further: Object.fromEntries([...members].filter(([name]) => !dropped.includes(name))),
	};
}

/** Member of a header in this node's JSON: the field of the item that holds its example. */
const binaryMember = 'binary_field';

/** Meta's pages write types in either case. Files of the item become files to upload. */
function inCapitals(component: DefinedComponent): DefinedComponent {
	const { format, cards, buttons, [binaryMember]: binaryField, ...others } = component;
	const type = component.type.toUpperCase();
	const shown = typeof format === 'string' ? format.toUpperCase() : undefined;
	if (type === 'HEADER' && typeof binaryField === 'string') {
		return headerWithFile(shown ?? '', { binaryField });
	}
	return {
		...others,
		type,
		...(shown === undefined ? {} : { format: shown }),
		...(Array.isArray(buttons) ? { buttons: buttons.map(buttonInCapitals) } : {}),
		...(Array.isArray(cards) ? { cards: cards.map(cardInCapitals) } : {}),
	};
}

function buttonInCapitals(button: unknown): unknown {
	if (!isObject(button) || typeof button['type'] !== 'string') return button;
	const { otp_type: otpType } = button;
	return {
		...button,
		type: button['type'].toUpperCase(),
		...(typeof otpType === 'string' ? { otp_type: otpType.toUpperCase() } : {}),
	};
}

function cardInCapitals(card: unknown): unknown {
	const components: readonly unknown[] =
		isObject(card) && Array.isArray(card['components']) ? card['components'] : [];
	return {
		...(isObject(card) ? card : {}),
		components: components
			.filter(
				(each): each is DefinedComponent => isObject(each) && typeof each['type'] === 'string',
			)
			.map(inCapitals),
	};
}

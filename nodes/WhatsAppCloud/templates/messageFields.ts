import { mediaParameters } from '../fields/mediaFields';
import { isNothing } from '../values/numbers';
import { perObject } from '../values/once/perObject';
import { isObject } from '../values/unknown';
import type { TemplateInput } from './templateInput';
import { isNumbered } from './variables';

/** Values by the IDs of the inputs they belong to. */
export type ValuesById = Readonly<Record<string, unknown>>;

/** The same values by the fields of a message: variables, header, buttons and cards. */
interface MessageFields {
	values: Record<string, unknown>;
	/**
	 * The input from which a field got its value, for errors.
	 *
	 * @param path of the field: `['buttons', 1, 'text']`
	 */
	inputAt: (path: readonly PropertyKey[]) => string | undefined;
}

/**
 * Puts each value where its ID says. Nothing else is needed, neither the template nor a look-up.
 * IDs that say nothing are left out.
 *
 * @param inputs those of the template, if it is known: their IDs are then taken apart once per run
 */
export function toMessageFields(
	values: ValuesById,
	inputs: readonly TemplateInput[] | null = null,
): MessageFields {
	const places = inputs === null ? inOrder(Object.keys(values)) : placesOf(inputs);
	let owners: Owners | undefined;
	return {
		values: collect(values, places, null).values,
		inputAt(path) {
			// Few messages have a problem, so nobody asks for most of them.
			if (owners === undefined) collect(values, places, (owners = new Map()));
			for (let length = path.length; length > 0; length--) {
				const found = owners.get(keyOf(path.slice(0, length)));
				if (found !== undefined) return found;
			}
			return undefined;
		},
	};
}

/** The input that filled a field, by the field's path. */
type Owners = Map<string, string>;

/** Puts a value into the fields of a message or of a card. */
type Put = (group: FieldGroup, value: unknown, all: ValuesById) => void;

/** An ID, and where its value goes. */
interface Place {
	id: string;
	put: Put;
}

/** @param owners gets the inputs; null if nobody needs them */
function collect(values: ValuesById, places: readonly Place[], owners: Owners | null): FieldGroup {
	const whole = new FieldGroup([], owners);
	for (const { id, put } of places) {
		const value = values[id];
		if (!isNothing(value)) put(whole, value, values);
	}
	return whole;
}

const placesOf = perObject((inputs: readonly TemplateInput[]): readonly Place[] =>
	inOrder(inputs.map(({ id }) => id)),
);

/** Numbered variables and cards go by their place, so `body.10` comes after `body.9`. */
function inOrder(ids: readonly string[]): Place[] {
	return ids
		.map((id) => ({ id, segments: id.split('.') }))
		.sort((a, b) => byPlace(a.segments, b.segments))
		.map(({ id, segments }) => ({ id, put: placeFor(segments, id) }));
}

function byPlace(a: readonly string[], b: readonly string[]): number {
	const index = a.findIndex((part, place) => part !== b[place]);
	const [partA, partB] = [a[index] ?? '', b[index] ?? ''];
	const difference = Number(partA) - Number(partB);
	return Number.isNaN(difference) ? Number(partA > partB) * 2 - 1 : difference;
}

function placeFor(segments: readonly string[], id: string): Put {
	const [first = '', ...rest] = segments;
	const place = Number(rest[0]);
	if (first === 'card' && Number.isInteger(place)) {
		const put = within(rest.slice(1), id);
		return (whole, value, all) => {
			put(whole.entry('cards', place), value, all);
		};
	}
	if (id !== 'cards.products') return within(segments, id);
	const putProduct = within(['header', 'product'], id);
	const putCatalog = within(['header', 'catalog'], 'cards.catalog');
	return (whole, value, all) => {
		for (const [index, product] of skus(value).entries()) {
			const card = whole.entry('cards', index);
			putProduct(card, product, all);
			putCatalog(card, all['cards.catalog'], all);
		}
	};
}

const keyOf = (path: readonly PropertyKey[]): string => path.map(String).join('\n');

const skus = (value: unknown): unknown[] => {
	if (Array.isArray(value)) return value;
	return typeof value === 'string' ? value.split(',').map((sku) => sku.trim()) : [value];
};

/** The members of a button by the end of its ID, and its kind in a message. */
const buttonMembers: Record<string, { type: string; member: string }> = {
	url: { type: 'url', member: 'text' },
	payload: { type: 'quick_reply', member: 'payload' },
	code: { type: 'copy_code', member: 'code' },
	otp: { type: 'otp', member: 'code' },
	token: { type: 'flow', member: 'flowReference' },
	data: { type: 'flow', member: 'flowData' },
	catalog: { type: 'catalog', member: 'thumbnailProductRetailerId' },
	products: { type: 'mpm', member: 'sections' },
	thumbnail: { type: 'mpm', member: 'thumbnailProductRetailerId' },
	order: { type: 'order_details', member: 'orderDetails' },
	minutes: { type: 'voice_call', member: 'ttlMinutes' },
	call: { type: 'voice_call', member: 'callPayload' },
	pix_dynamic_code: { type: 'payment_request', member: 'paymentCode' },
	boleto: { type: 'payment_request', member: 'paymentCode' },
	payment_link: { type: 'payment_request', member: 'paymentCode' },
};

/** The fields of a header by the end of its ID, with the kind of the header. */
const headerMembers: Record<string, { type: string; member: string }> = {
	filename: { type: 'document', member: 'headerFilename' },
	latitude: { type: 'location', member: 'headerLatitude' },
	longitude: { type: 'location', member: 'headerLongitude' },
	name: { type: 'location', member: 'headerLocationName' },
	address: { type: 'location', member: 'headerLocationAddress' },
	product: { type: 'product', member: 'headerProductRetailerId' },
	catalog: { type: 'product', member: 'headerCatalogId' },
};

/** Fields of the message that are no list, by the whole ID. */
const otherMembers: Record<string, string> = {
	expiry: 'offerExpiresAt',
	'order.reference': 'orderReferenceId',
	'order.status': 'orderStatus',
	'order.description': 'orderStatusDescription',
	'tap.url': 'tapTargetUrl',
	'tap.title': 'tapTargetTitle',
};

const fileKinds = ['image', 'video', 'gif', 'document'];

/** @param segments of the ID, within the message or a card */
function within(segments: readonly string[], id: string): Put {
	const [first = '', second = '', third = '', fourth = ''] = segments;
	const other = otherMembers[segments.join('.')];
	if (other !== undefined) {
		return (group, value) => {
			group.set(other, value, id);
		};
	}
	if (first === 'otp') return buttonAt(0, 'otp', '', id);
	if (first === 'body') return variable(second, id);
	if (first === 'header') return header(second, third, id);
	if (first === 'button' && /^\d$/.test(second)) return buttonAt(Number(second), third, fourth, id);
	return nowhere;
}

const nowhere: Put = () => undefined;

function variable(name: string, id: string): Put {
	const parameterName = isNumbered(name) ? null : name;
	return (group, value) => {
		const row = group.added('bodyVariables');
		if (isObject(value)) {
			for (const [member, part] of Object.entries(value)) row.set(member, part, id);
		} else {
			row.set('text', value, id);
		}
		if (parameterName !== null) row.set('parameterName', parameterName, id);
	};
}

function header(kind: string, name: string, id: string): Put {
	if (kind === 'text') {
		return (group, value) => {
			group.set('headerType', 'text', id);
			group.set('headerText', value, id);
			if (!isNumbered(name)) group.set('headerParameterName', name, id);
		};
	}
	if (fileKinds.includes(kind)) {
		const names = mediaParameters('header');
		const members = { link: names.link, id: names.id, binary: names.binaryField };
		return (group, value) => {
			const source = sourceOf(value);
			group.set('headerType', kind, id);
			group.set(names.source, source, id);
			group.set(members[source], value, id);
		};
	}
	const known = headerMembers[kind];
	if (known === undefined) return nowhere;
	return (group, value) => {
		group.set('headerType', known.type, id);
		group.set(known.member, value, id);
	};
}

function buttonAt(place: number, kind: string, name: string, id: string): Put {
	const known = buttonMembers[kind];
	if (known === undefined) return nowhere;
	return (group, value) => {
		const row = group.entry('buttons', place);
		row.set('type', known.type, id);
		row.set('index', place, id);
		row.set(known.member, kind === 'products' ? sectionsOf(value) : value, id);
		if (known.type === 'payment_request') row.set('paymentMethod', kind, id);
		if (name !== '') row.set('parameterName', name, id);
	};
}

/** The fields of a message, of a card or of a button while they are collected. */
class FieldGroup {
	/** Everything collected so far, as the fields of a message hold it. */
	readonly values: Record<string, unknown> = {};
	private readonly owners: Owners | null;
	private readonly path: readonly PropertyKey[];
	private readonly rows: { list: string; place: number; row: FieldGroup }[] = [];

	constructor(path: readonly PropertyKey[], owners: Owners | null) {
		this.path = path;
		this.owners = owners;
	}

	/** The group of the row of a list that has this place. */
	entry(list: string, place: number): FieldGroup {
		const before = this.rows.find((each) => each.list === list && each.place === place);
		if (before !== undefined) return before.row;
		const row = this.added(list);
		this.rows.push({ list, place, row });
		return row;
	}

	/** The group of a further row. Rows without a value leave no gap, so paths count what is there. */
	added(list: string): FieldGroup {
		const rows = (this.values[list] ??= []) as Record<string, unknown>[];
		const path = this.owners === null ? this.path : [...this.path, list, rows.length];
		const row = new FieldGroup(path, this.owners);
		rows.push(row.values);
		return row;
	}

	set(member: string, value: unknown, id: string): void {
		this.values[member] = value;
		if (this.owners === null) return;
		this.owners.set(keyOf([...this.path, member]), id);
		// A problem with a whole row belongs to its first value.
		const row = keyOf(this.path);
		if (this.path.length > 0 && !this.owners.has(row)) this.owners.set(row, id);
	}
}

/** IDs of products with commas between them stand for a single section. */
const sectionsOf = (value: unknown): unknown =>
	(typeof value === 'string' && !value.trim().startsWith('[')) || typeof value === 'number'
		? [{ products: value }]
		: value;

/** One input takes a link, a media ID or the name of a binary field, and they look different. */
function sourceOf(value: unknown): 'link' | 'id' | 'binary' {
	const text = String(value).trim();
	if (/^https?:/i.test(text)) return 'link';
	return /^\d{6,}$/.test(text) ? 'id' : 'binary';
}

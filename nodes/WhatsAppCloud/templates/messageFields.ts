import { mediaParameters } from '../fields/mediaFields';
import { isNothing } from '../values/numbers';
import { isObject } from '../values/unknown';
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
 */
export function toMessageFields(values: ValuesById): MessageFields {
	let owners: Owners | undefined;
	return {
		values: collect(values, null).finished(),
		inputAt(path) {
			// Few messages have a problem, so nobody asks for most of them.
			if (owners === undefined) collect(values, (owners = new Map()));
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

/** @param owners gets the inputs; null if nobody needs them */
function collect(values: ValuesById, owners: Owners | null): FieldGroup {
	const whole = new FieldGroup([], owners);
	for (const [id, value] of inOrder(values)) {
		const [first = '', ...rest] = id.split('.');
		const place = Number(rest[0]);
		if (first === 'card' && Number.isInteger(place)) {
			whole.entry('cards', place).put(rest.slice(1), value, id);
		} else if (id === 'cards.products') {
			const catalog = values['cards.catalog'];
			for (const [index, product] of skus(value).entries()) {
				const card = whole.entry('cards', index);
				card.put(['header', 'product'], product, id);
				card.put(['header', 'catalog'], catalog, 'cards.catalog');
			}
		} else {
			whole.put([first, ...rest], value, id);
		}
	}
	return whole;
}

const inOrder = (values: ValuesById): [string, unknown][] =>
	Object.entries(values)
		.filter(([, value]) => !isNothing(value))
		.sort(([a], [b]) => byPlace(a, b));

/** Numbered variables and cards go by their place, so `body.10` comes after `body.9`. */
function byPlace(a: string, b: string): number {
	const [inA, inB] = [a.split('.'), b.split('.')];
	const index = inA.findIndex((part, place) => part !== inB[place]);
	const [partA, partB] = [inA[index] ?? '', inB[index] ?? ''];
	const difference = Number(partA) - Number(partB);
	return Number.isNaN(difference) ? Number(partA > partB) * 2 - 1 : difference;
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

/** The fields of a message, of a card or of a button while they are collected. */
class FieldGroup {
	private readonly owners: Owners | null;
	private readonly path: readonly PropertyKey[];
	private readonly members: Record<string, unknown> = {};
	private readonly lists = new Map<string, Map<number, FieldGroup>>();

	constructor(path: readonly PropertyKey[], owners: Owners | null) {
		this.path = path;
		this.owners = owners;
	}

	/** @param segments of the ID, within this group */
	put(segments: readonly string[], value: unknown, id: string): void {
		const [first = '', second = '', third = ''] = segments;
		const other = otherMembers[segments.join('.')];
		if (other !== undefined) this.set(other, value, id);
		else if (first === 'otp') this.putButton(0, 'otp', '', value, id);
		else if (first === 'body') this.putVariable(second, value, id);
		else if (first === 'header') this.putHeader(second, third, value, id);
		else if (first === 'button' && /^\d$/.test(second)) {
			this.putButton(Number(second), third, segments[3] ?? '', value, id);
		}
	}

	/** The group of one row of a list. */
	entry(list: string, place: number): FieldGroup {
		const rows = this.lists.get(list) ?? new Map<number, FieldGroup>();
		this.lists.set(list, rows);
		// Rows without a value leave no gap in the list, so their paths count those that are there.
		const row = rows.get(place) ?? new FieldGroup([...this.path, list, rows.size], this.owners);
		rows.set(place, row);
		return row;
	}

	/** Everything collected, as the fields of a message hold it. */
	finished(): Record<string, unknown> {
		const finished = { ...this.members };
		for (const [name, rows] of this.lists) {
			finished[name] = [...rows.values()].map((row) => row.finished());
		}
		return finished;
	}

	private set(member: string, value: unknown, id: string): void {
		this.members[member] = value;
		if (this.owners === null) return;
		this.owners.set(keyOf([...this.path, member]), id);
		// A problem with a whole row belongs to its first value.
		const row = keyOf(this.path);
		if (this.path.length > 0 && !this.owners.has(row)) this.owners.set(row, id);
	}

	private putVariable(name: string, value: unknown, id: string): void {
		const row = this.entry('bodyVariables', this.lists.get('bodyVariables')?.size ?? 0);
		const given = isObject(value) ? Object.entries(value) : [['text', value] as const];
		for (const [member, part] of given) row.set(member, part, id);
		if (!isNumbered(name)) row.set('parameterName', name, id);
	}

	private putHeader(kind: string, name: string, value: unknown, id: string): void {
		if (kind === 'text') {
			this.set('headerType', 'text', id);
			this.set('headerText', value, id);
			if (!isNumbered(name)) this.set('headerParameterName', name, id);
			return;
		}
		if (fileKinds.includes(kind)) {
			const names = mediaParameters('header');
			const source = sourceOf(value);
			this.set('headerType', kind, id);
			this.set(names.source, source, id);
			this.set({ link: names.link, id: names.id, binary: names.binaryField }[source], value, id);
			return;
		}
		const known = headerMembers[kind];
		if (known === undefined) return;
		this.set('headerType', known.type, id);
		this.set(known.member, value, id);
	}

	private putButton(place: number, kind: string, name: string, value: unknown, id: string): void {
		const known = buttonMembers[kind];
		if (known === undefined) return;
		const row = this.entry('buttons', place);
		row.set('type', known.type, id);
		row.set('index', place, id);
		row.set(known.member, kind === 'products' ? sectionsOf(value) : value, id);
		if (known.type === 'payment_request') row.set('paymentMethod', kind, id);
		if (name !== '') row.set('parameterName', name, id);
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

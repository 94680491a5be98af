import { components } from './components.ts';
import type { Finding, Node, Spot } from './finding.ts';
import { itemsOf, member, membersOf, textOf } from './finding.ts';

const maxScreens = 100;
const maxComponentsPerScreen = 50;

type Kind = 'array' | 'boolean' | 'object' | 'string';

/** The properties of a part of Flow JSON: what is required, and of which type each is. */
interface Shape {
	required: readonly string[];
	kinds: Readonly<Record<string, Kind>>;
}

const flowShape: Shape = {
	required: ['version', 'screens'],
	kinds: {
		version: 'string',
		data_api_version: 'string',
		routing_model: 'object',
		screens: 'array',
	},
};

const screenShape: Shape = {
	required: ['id', 'layout'],
	kinds: {
		id: 'string',
		title: 'string',
		layout: 'object',
		data: 'object',
		terminal: 'boolean',
		success: 'boolean',
		refresh_on_back: 'boolean',
		sensitive: 'array',
	},
};

const layoutShape: Shape = {
	required: ['type', 'children'],
	kinds: { type: 'string', children: 'array' },
};

/** Wrong or missing properties, from the top to the last component. */
export function* checkShape(root: Node): Generator<Finding> {
	yield* checkProperties(root, flowShape);
	const screens = itemsOf(member(root, 'screens'));
	const list = member(root, 'screens');
	if (list !== undefined && Array.isArray(list.json.value) && screens.length === 0) {
		yield finding('MIN_ITEMS_REQUIRED', "Property 'screens' should have at least '1' items.", list);
	}
	if (list !== undefined && screens.length > maxScreens) {
		const message = `Property 'screens' should have at most '${maxScreens}' items.`;
		yield finding('MAX_SCREENS_NUMBER', message, list);
	}
	for (const screen of screens) yield* checkScreen(screen);
}

function* checkScreen(screen: Node): Generator<Finding> {
	yield* checkProperties(screen, screenShape);
	const id = member(screen, 'id');
	const name = textOf(screen, 'id');
	if (id !== undefined && name !== undefined && !/^[A-Za-z_]+$/.test(name)) {
		const message = "Property 'id' should only consist of alphabets and underscores.";
		yield finding('PATTERN_MISMATCH', message, id);
	}
	if (id !== undefined && name === 'SUCCESS') {
		const message = "'SUCCESS' is a reserved keyword and cannot be the id of a screen.";
		yield finding('SCREEN_ID_IS_RESERVED_KEYWORD', message, id);
	}
	const layout = member(screen, 'layout');
	if (layout === undefined) return;
	yield* checkProperties(layout, layoutShape);
	const type = member(layout, 'type');
	if (type !== undefined && type.json.value !== 'SingleColumnLayout') {
		const message = "Invalid value found for property 'type'. Expected 'SingleColumnLayout'.";
		yield finding('INVALID_PROPERTY_VALUE', message, type);
	}
	const all = [...componentsOf(layout)];
	for (const component of all) yield* checkComponent(component);
	if (all.length > maxComponentsPerScreen) {
		const message = `A screen can have at most ${maxComponentsPerScreen} components.`;
		yield finding('MAX_ALLOWED_COMPONENTS_PER_SCREEN', message, layout);
	}
}

/** The components below a layout or a component, however deep. */
export function* componentsOf(parent: Node): Generator<Node> {
	for (const list of ['children', 'then', 'else']) {
		for (const component of itemsOf(member(parent, list))) {
			yield component;
			yield* componentsOf(component);
		}
	}
	if (textOf(parent, 'type') !== 'Switch') return;
	for (const { node } of membersOf(member(parent, 'cases'))) {
		for (const component of itemsOf(node)) {
			yield component;
			yield* componentsOf(component);
		}
	}
}

function* checkComponent(node: Node): Generator<Finding> {
	const type = textOf(node, 'type');
	const spot = member(node, 'type');
	if (type === undefined || spot === undefined) {
		yield missing(node, 'type');
		return;
	}
	const component = components.get(type);
	if (component === undefined) {
		yield finding('INVALID_PROPERTY_VALUE', "Invalid value found for property 'type'.", spot);
		return;
	}
	for (const name of component.required) {
		if (member(node, name) === undefined) yield missing(node, name);
	}
	const known = ['type', 'visible', ...component.required, ...component.optional];
	for (const { name, key } of membersOf(node)) {
		if (known.includes(name)) continue;
		const message = `Property '${name}' is not allowed in '${type}' component.`;
		yield finding('INVALID_PROPERTY_KEY', message, key);
	}
}

function* checkProperties(node: Node, { required, kinds }: Shape): Generator<Finding> {
	const found = kindOf(node.json.value);
	if (found !== 'object') {
		const [name] = node.path.slice(-1);
		yield wrongType(node, String(name ?? 'Flow JSON'), 'object', found);
		return;
	}
	for (const name of required) {
		// The version has a finding of its own.
		if (name !== 'version' && member(node, name) === undefined) yield missing(node, name);
	}
	for (const { name, key, node: value } of membersOf(node)) {
		const wanted = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
		if (wanted === undefined) yield unknownProperty(name, key);
		else if (kindOf(value.json.value) !== wanted) {
			yield wrongType(value, name, wanted, kindOf(value.json.value));
		}
	}
}

function unknownProperty(name: string, key: Spot): Finding {
	const message =
		name === 'data_channel_uri'
			? "Property 'data_channel_uri' is no longer supported in Flow JSON as of version '3.0'. Please configure your endpoint URI using Flows API or Builder."
			: `Property '${name}' is not allowed.`;
	return finding('INVALID_PROPERTY_KEY', message, key);
}

const missing = (node: Node, name: string): Finding =>
	finding('MISSING_REQUIRED_PROPERTY', `Required property '${name}' is missing.`, node);

const wrongType = (spot: Spot, name: string, wanted: string, found: string): Finding =>
	finding(
		'INVALID_PROPERTY_TYPE',
		`Expected property '${name}' to be of type '${wanted}' but found '${found}'.`,
		spot,
	);

export function finding(error: string, message: string, ...spots: [Spot, ...Spot[]]): Finding {
	return { error, message, spots };
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

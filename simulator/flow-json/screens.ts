import { actionProperties, components } from './components.ts';
import type { Finding, Node } from './finding.ts';
import { itemsOf, member, membersOf, textOf } from './finding.ts';
import { componentsOf, finding } from './shape.ts';

/** A screen with what refers to it or leads away from it. */
interface Screen {
	id: string;
	node: Node;
	isTerminal: boolean;
	components: readonly Node[];
	actions: readonly Node[];
}

/** What is wrong between the screens: names, ends, actions and routes. */
export function* checkScreens(root: Node): Generator<Finding> {
	const screens = itemsOf(member(root, 'screens')).map(readScreen);
	if (screens.length === 0) return;
	yield* checkIds(screens);
	yield* checkEnds(root, screens);
	for (const screen of screens) {
		yield* checkNames(screen);
		for (const action of screen.actions) yield* checkAction(action, screen, screens);
	}
	yield* checkRoutes(root, screens);
}

function readScreen(node: Node): Screen {
	const layout = member(node, 'layout');
	const all = layout === undefined ? [] : [...componentsOf(layout)];
	return {
		id: textOf(node, 'id') ?? '',
		node,
		isTerminal: member(node, 'terminal')?.json.value === true,
		components: all,
		actions: all.flatMap((component) =>
			actionProperties.flatMap((name) => member(component, name) ?? []),
		),
	};
}

function* checkIds(screens: readonly Screen[]): Generator<Finding> {
	const seen = new Map<string, Screen>();
	for (const screen of screens) {
		const first = seen.get(screen.id);
		if (first !== undefined && screen.id !== '') {
			const message = `Duplicate screen ids found: [${screen.id}].`;
			yield finding('DUPLICATE_SCREEN_IDS', message, idSpot(screen), idSpot(first));
		}
		seen.set(screen.id, screen);
	}
}

const idSpot = ({ node }: Screen): Node => member(node, 'id') ?? node;

function* checkEnds(root: Node, screens: readonly Screen[]): Generator<Finding> {
	const ends = screens.filter(({ isTerminal }) => isTerminal);
	if (ends.length === 0) {
		const message = 'Flow JSON should have at least one terminal screen.';
		yield finding('MISSING_TERMINAL_SCREEN', message, member(root, 'screens') ?? root);
	}
	for (const screen of ends) {
		if (screen.components.some((node) => textOf(node, 'type') === 'Footer')) continue;
		const message = `Terminal screen '${screen.id}' should have a Footer component.`;
		yield finding('MISSING_FOOTER_ON_TERMINAL_SCREEN', message, screen.node);
	}
}

/** Answers are keyed by name. */
function* checkNames({ id, components: all }: Screen): Generator<Finding> {
	const seen = new Set<string>();
	for (const node of all) {
		const name = isInput(node) ? textOf(node, 'name') : undefined;
		if (name === undefined) continue;
		if (seen.has(name)) {
			const message = `Duplicate component name '${name}' found on screen '${id}'.`;
			yield finding('DUPLICATE_FORM_COMPONENT_NAMES', message, member(node, 'name') ?? node);
		}
		seen.add(name);
	}
}

const isInput = (node: Node): boolean =>
	components.get(textOf(node, 'type') ?? '')?.isInput === true;

const actionNames = ['navigate', 'complete', 'data_exchange', 'open_url', 'update_data'];

function* checkAction(
	action: Node,
	screen: Screen,
	screens: readonly Screen[],
): Generator<Finding> {
	const name = textOf(action, 'name');
	const spot = member(action, 'name') ?? action;
	if (name === undefined || !actionNames.includes(name)) {
		const message = `Invalid value found for property 'name'. Expected one of: [${actionNames.join(', ')}].`;
		yield finding('INVALID_PROPERTY_VALUE', message, spot);
		return;
	}
	if (name === 'complete' && !screen.isTerminal) {
		const message = "The action 'complete' can only be used on a terminal screen.";
		yield finding('INVALID_COMPLETE_ACTION', message, spot);
	}
	if (name === 'navigate') {
		const target = nextScreen(action);
		const known = screens.some(({ id }) => id === target);
		if (target === undefined || !known || target === screen.id) {
			const message = known
				? `Screen '${screen.id}' cannot navigate to itself.`
				: `Unknown screen '${target ?? ''}' found in the navigate action of screen '${screen.id}'.`;
			const next = member(action, 'next');
			const place = (next && member(next, 'name')) ?? spot;
			yield finding('INVALID_NAVIGATE_ACTION_NEXT_SCREEN_NAME', message, place);
		}
	}
	yield* checkPayload(action, screen);
}

const nextScreen = (action: Node): string | undefined => textOf(member(action, 'next'), 'name');

/** `${form.name}` needs a component of that name on the screen, `${data.name}` its data model. */
function* checkPayload(action: Node, { id, node, components: all }: Screen): Generator<Finding> {
	const data = member(node, 'data');
	for (const { node: value } of membersOf(member(action, 'payload'))) {
		const text = typeof value.json.value === 'string' ? value.json.value : '';
		const [, store, name = ''] = /^\$\{(form|data)\.([\w-]+)/.exec(text) ?? [];
		if (store === 'form' && !all.some((each) => textOf(each, 'name') === name)) {
			const message = `Missing Form component ${text} for screen '${id}'.`;
			yield finding('INVALID_ON_CLICK_ACTION_PAYLOAD', message, value);
		}
		if (store === 'data' && data?.json.members.has(name) !== true) {
			const message = `Missing dynamic data '${text}' in the data model for screen ${id}.`;
			yield finding('INVALID_ON_CLICK_ACTION_PAYLOAD', message, value);
		}
	}
}

/** With an endpoint, the routing model says which screen may follow which. */
function* checkRoutes(root: Node, screens: readonly Screen[]): Generator<Finding> {
	const model = member(root, 'routing_model');
	if (model === undefined) {
		if (member(root, 'data_api_version') === undefined) return;
		const message = "Required property 'routing_model' is missing.";
		yield finding('MISSING_REQUIRED_PROPERTY', message, root);
		return;
	}
	const routes = new Map(
		membersOf(model).map(({ name, node }) => [
			name,
			itemsOf(node).map(({ json }) => String(json.value)),
		]),
	);
	const wrong = (message: string): Finding => finding('INVALID_ROUTING_MODEL', message, model);
	const ids = screens.map(({ id }) => id);
	const absent = ids.filter((id) => !routes.has(id));
	if (absent.length > 0) {
		yield wrong(`Following screens are missing in the routing model: [${absent.join(', ')}].`);
	}
	const unknown = [...new Set([...routes.keys(), ...[...routes.values()].flat()])].filter(
		(id) => !ids.includes(id),
	);
	if (unknown.length > 0) {
		yield wrong(`Invalid screens found in the routing model: [${unknown.join(', ')}].`);
	}
	for (const [from, targets] of routes) {
		for (const to of targets) {
			if (from < to && routes.get(to)?.includes(from)) {
				yield wrong(
					`Backward route [${to}->${from}] corresponding to forward route [${from}->${to}] is not allowed in the routing model. Only forward routes can be specified.`,
				);
			}
		}
	}
	yield* checkNavigation(screens, routes, ids);
}

/** Where the screens navigate to has to be in the model. */
function* checkNavigation(
	screens: readonly Screen[],
	routes: ReadonlyMap<string, string[]>,
	ids: readonly string[],
): Generator<Finding> {
	for (const screen of screens) {
		for (const action of screen.actions) {
			const target = textOf(action, 'name') === 'navigate' ? nextScreen(action) : undefined;
			if (target === undefined || !ids.includes(target)) continue;
			if (routes.get(screen.id)?.includes(target) === true) continue;
			const message = `Missing direct route from screen '${screen.id}' to screen '${target}' in the routing model, while it exists in the navigate screen action of screen '${screen.id}'.`;
			yield finding('INVALID_ROUTING_MODEL', message, action);
		}
	}
}

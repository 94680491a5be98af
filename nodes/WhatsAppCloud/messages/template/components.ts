import { readParameter } from '../../values/schema/reading';
import { listOf } from '../../values/list';
import { readPlainJson } from '../../values/json/plainJson';
import { checkMembers } from '../../values/members';
import { isNothing } from '../../values/numbers';
import { report, rowOf, shown, type Problems, type Values } from '../../values/row';
import { isObject } from '../../values/unknown';
import { contentOfMessage, loneObject } from '../wholeMessage';
import { body } from './body';
import { bodyTextOf, buttons, checkCoupons, type TemplateButton } from './buttons';
import { carousel } from './carousel';
import type { TemplateComponent, VariableText, WireComponent } from './component';
import { header } from './header';
import { limitedTimeOffer, maxOfferCodeCharacters } from './limitedTimeOffer';
import { orderStatus } from './orderStatus';
import { tapTarget } from './tapTarget';
import {
	checkWireTexts,
	mapVariableTexts,
	mendVariableText,
	variableTextProblem,
	type Mending,
} from './variableText';
import type { TemplateName } from './name';
import type { Variable } from './variables';

/**
 * All kinds of components, in the order they are sent. Keys are the stored values of "Parts With
 * Values".
 */
export const components = {
	header,
	body,
	limited_time_offer: limitedTimeOffer,
	carousel,
	buttons,
	order_status: orderStatus,
	tap_target: tapTarget,
} satisfies Record<string, TemplateComponent>;

const table: [kind: string, TemplateComponent][] = Object.entries(components);

/** Checked components, whose files may still have to be uploaded. */
type ReadComponents = Record<string, unknown>;

/**
 * Reads all components that have values.
 *
 * @param mending if set, texts of variables will be mended and need no check
 */
export function readComponents(
	values: Values,
	mending: Mending,
	problems: Problems,
): ReadComponents {
	const read: ReadComponents = {};
	for (const [kind, component] of table) {
		const value = component.read(values, problems);
		if (value === null) continue;
		read[kind] = value;
		if (mending === null) checkTexts(component.variableTexts?.(value) ?? [], problems);
	}
	if (problems.issues.length === 0) joinComponents(read, problems);
	return read;
}

function checkTexts(texts: readonly VariableText[], problems: Problems): void {
	for (const { path, text } of texts) {
		const problem = variableTextProblem(text);
		if (problem !== null) report(problems, path, problem);
	}
}

/** Handles what components have to do with each other. */
function joinComponents(read: ReadComponents, problems: Problems): void {
	const given = read as { body?: Variable[]; buttons?: TemplateButton[] };
	const templateButtons = given.buttons ?? [];
	if (read['limited_time_offer'] !== undefined) {
		checkCoupons(templateButtons, maxOfferCodeCharacters, problems);
	}
	const code = bodyTextOf(templateButtons);
	if (code === undefined) return;
	// Meta wants the code twice: in the text and in the button.
	given.body ??= [{ kind: 'text', parameterName: undefined, value: code }];
	if (given.body[0]?.value !== code) {
		report(
			problems,
			['bodyVariables', 0, 'text'],
			`must be the one-time password of the button, ${code}; leave it out to have it filled in`,
		);
	}
}

/** The components in the wire form. */
export function buildComponents(read: ReadComponents): WireComponent[] {
	return table.flatMap(([kind, component]) =>
		read[kind] === undefined ? [] : component.build(read[kind]),
	);
}

/** Components with their variables' texts mended to what Meta accepts. */
export function mendComponents(components: WireComponent[], mending: Mending): WireComponent[] {
	if (mending === null) return components;
	return mapVariableTexts(components, (text) => mendVariableText(text, mending));
}

/** Components in Meta's form, from JSON. Only the type is checked; the rest is left to Meta. */
const wireComponents = listOf(
	rowOf((row, problems): WireComponent => {
		const { type } = row;
		if (typeof type !== 'string' || type.trim() === '') {
			report(problems, ['type'], 'is missing; for example header, body or button', 'missing');
		}
		return { ...readPlainJson(row, problems), type: String(type) };
	}),
	{ min: 0, max: Infinity },
	'components',
);

/** The components in the template, or in the whole message, that Meta has around them. */
function componentsIn(value: unknown, name: TemplateName, problems: Problems): unknown {
	const path = ['componentsJson'];
	const lone = loneObject(value);
	if (!isObject(lone)) return value;
	const inMessage = contentOfMessage(lone, 'template', problems, path);
	const template = inMessage ?? lone;
	if (!isObject(template) || !('components' in template || isObject(inMessage))) return value;
	const { name: given, language, components: list } = template;
	checkMembers(template, ['name', 'language', 'components', 'namespace'], problems, path);
	const code = isObject(language) ? language['code'] : language;
	for (const [what, other, own] of [
		['Template', given, name.name],
		['Language', code, name.language],
	] as const) {
		if (isNothing(other) || other === own) continue;
		report(problems, path, `is JSON for ${shown(other)}, and ${what} is "${own}"`);
	}
	return list ?? [];
}

/** Reads components given as JSON in the wire form. */
export function readWireComponents(
	values: Values,
	name: TemplateName,
	mending: Mending,
	problems: Problems,
): WireComponent[] {
	const given = componentsIn(values['components'], name, problems);
	const parameter = { componentsJson: given };
	const read = readParameter(wireComponents, parameter, 'componentsJson', problems) ?? [];
	if (mending === null) checkWireTexts(read, ['componentsJson'], problems);
	return read;
}

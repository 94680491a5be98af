import type { INodeProperties } from 'n8n-workflow';
import { mediaParameters } from '../../fields/mediaFields';
import { labelOf } from '../../templates/comparison';
import { valuesFromItem } from '../../templates/fromItem';
import { firstGap } from '../../templates/gaps';
import { fromMapperFields } from '../../templates/mapper';
import { toMessageFields, type ValuesById } from '../../templates/messageFields';
import type { TemplatePlan } from '../../templates/plan';
import { isRequired } from '../../templates/templateInput';
import type { Problems } from '../../values/schema/singleStep';
import { isNothing } from '../../values/numbers';
import { perObject } from '../../values/once/perObject';
import { report, type Values } from '../../values/row';
import { readComponents } from './components';
import type { Mending } from './variableText';
import { isObject, objectOf } from '../../values/unknown';
import type { TemplateName } from './name';

/** One input for each value that the chosen template takes. */
export const mapperField: INodeProperties = {
	displayName: 'Values',
	name: 'templateValues',
	type: 'resourceMapper',
	noDataExpression: true,
	description:
		'One value for each variable, file and button of the template, and its text. A picture is a link, a media ID or the name of a binary field.',
	default: { mappingMode: 'defineBelow', value: null },
	typeOptions: {
		// Another template has other values, and so has one that the items name.
		loadOptionsDependsOn: ['template.value', 'language', 'valuesFrom'],
		resourceMapper: {
			resourceMapperMethod: 'getTemplateFields',
			mode: 'add',
			valuesLabel: 'Values',
			fieldWords: { singular: 'value', plural: 'values' },
			supportAutoMap: true,
			hideNoDataError: true,
			refreshStaleSchemaOnOpen: true,
		},
	},
};

/** The values of the panel's inputs, checked against the template as it was when it was picked. */
export interface MappedTemplate {
	/** Null if the panel knew another template, or none. */
	plan: TemplatePlan | null;
	byId: ValuesById;
	/** The same values by the fields that a message is made from. */
	fields: Values;
	/** What the panel calls the input that filled a field; undefined if none did. */
	labelAt: (path: readonly PropertyKey[]) => string | undefined;
}

/**
 * Reads the mapper.
 *
 * @param isPartial whether other fields may give what the inputs lack
 */
export function readMapped(
	values: Values,
	name: TemplateName,
	isPartial: boolean,
	problems: Problems,
): MappedTemplate {
	const { entered, schema, item, taken } = mapperIn(values[mapperField.name]);
	const plan = planFor(name, schema);
	const byId = {
		...(plan === null ? entered : stillThere(entered, plan)),
		...(item === null ? {} : valuesFromItem(plan?.inputs ?? null, item, taken)),
	};
	const label = (id: string): string =>
		plan?.inputs.find((input) => input.id === id)?.label ?? labelOf(id);
	if (plan === null) {
		checkUnknown(byId, label, { isAllOfIt: item === null && !isPartial }, problems);
	} else if (!isPartial) {
		for (const { id } of plan.inputs) {
			if (isRequired(id) && isNothing(byId[id])) {
				const fault = item === null ? 'missing' : undefined;
				report(problems, [mapperField.name, label(id)], lacking(id, item !== null), fault);
			}
		}
	}
	const { values: fields, inputAt } = toMessageFields(byId, plan?.inputs ?? null);
	return {
		plan,
		byId,
		fields,
		labelAt(path) {
			const id = inputAt(path);
			return id === undefined ? undefined : label(id);
		},
	};
}

/**
 * Checks values for a template that the panel does not know.
 *
 * @param isAllOfIt whether nothing else, such as the item, can give a value
 */
function checkUnknown(
	byId: ValuesById,
	label: (id: string) => string,
	{ isAllOfIt }: { isAllOfIt: boolean },
	problems: Problems,
): void {
	const ids = Object.keys(byId).filter((id) => !isNothing(byId[id]));
	const gap = firstGap(ids);
	if (gap !== undefined) {
		report(problems, [mapperField.name, label(gap)], 'is empty, but a later one has a value');
	}
	if (ids.length > 0 || !isAllOfIt) return;
	problems.issues.push({
		code: 'custom',
		path: [mapperField.name],
		message: 'has no value, and the panel has not loaded the fields of this template',
		input: undefined,
		params: {
			advice:
				'Open the node and pick the template from the list, so that its fields appear; if none do, the panel says why, such as a wrong name or language. For a template without any, or one that the editor cannot look up, set Specify Values to By Hand.',
		},
	});
}

/** Without values for variables that the template no longer has; the panel shows them no more. */
const stillThere = (entered: Values, { inputs }: TemplatePlan): Values =>
	Object.fromEntries(
		Object.entries(entered).filter(([id]) => inputs.some((each) => each.id === id)),
	);

const lacking = (id: string, isFromItem: boolean): string =>
	isFromItem ? `is not in the item, neither as ${id} nor under its name` : 'is empty';

/** Takes what the parameter reader returns, or a plain object of values by ID. */
function mapperIn(given: unknown): {
	entered: Values;
	schema: unknown;
	item: { json: Values; files: string[] } | null;
	taken: ReadonlySet<string>;
} {
	const mapper = objectOf(given);
	const { value, schema, item, taken } = mapper;
	const isMapper = 'value' in mapper || 'item' in mapper;
	const { json, files } = objectOf(item);
	return {
		entered: isMapper ? objectOf(value) : mapper,
		schema,
		item: isObject(json) ? { json, files: Array.isArray(files) ? files.map(String) : [] } : null,
		taken: taken instanceof Set ? taken : new Set(),
	};
}

const planOfFields = perObject((schema: readonly unknown[]) => fromMapperFields(schema));

/**
 * The plan, if it is that of the template. In another language, its inputs still apply, but not its
 * texts.
 */
function planFor({ name, language }: TemplateName, schema: unknown): TemplatePlan | null {
	if (!Array.isArray(schema)) return null;
	const plan = planOfFields(schema);
	if (plan?.name !== name) return null;
	return plan.language === language ? plan : { ...plan, language, texts: {} };
}

/**
 * The components that the values make. Problems with them bear the labels of the inputs.
 *
 * @param values further fields of the message, which the item may give
 */
export function componentsOf(
	{ fields, labelAt }: MappedTemplate,
	values: Values,
	mending: Mending,
	problems: Problems,
): Record<string, unknown> {
	// A message that lacks something has other problems only because of that.
	if (problems.issues.length > 0) return {};
	const own: Problems = { issues: [] };
	const read = readComponents({ ...values, ...fields }, mending, own);
	for (const issue of own.issues) {
		const label = labelAt(issue.path ?? []);
		problems.issues.push(
			label === undefined ? issue : { ...issue, path: [mapperField.name, label] },
		);
	}
	const nameFile = (header: unknown, path: readonly PropertyKey[]): void => {
		const { media } = objectOf(objectOf(header)['value']);
		if (!isObject(media) || media['source'] !== 'binary') return;
		const label = labelAt([...path, mediaParameters('header').binaryField]);
		if (label !== undefined) media['label'] = `${mapperField.displayName} › ${label}`;
	};
	nameFile(read['header'], []);
	const cards: unknown = read['carousel'];
	for (const [place, card] of (Array.isArray(cards) ? cards : []).entries()) {
		nameFile(objectOf(card)['header'], ['cards', place]);
	}
	return read;
}

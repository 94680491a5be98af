import { z } from 'zod/v4';
import { fieldLabel } from '../../../fields/fieldLabel';
import { checkDefinition } from '../../../templates/creation/checkDefinition';
import { categories, type Category, type Definition } from '../../../templates/creation/definition';
import { readForm } from '../../../templates/creation/definitionForm';
import { readDefinition } from '../../../templates/creation/definitionJson';
import { readLibrary } from '../../../templates/creation/library';
import { complainAt, locateInJson, type Locate } from '../../../templates/creation/locate';
import type { Place } from '../../../templates/creation/place';
import { choiceOf } from '../../../values/choice';
import { optionalId, requiredId, templateName } from '../../../values/id';
import { parseExactJson } from '../../../values/json/exactJson';
import { collectionOf, optionalJsonObject } from '../../../values/json/json';
import { readParameter } from '../../../values/schema/reading';
import { optionalNumber } from '../../../values/numbers';
import { report, rowOf, type Problems, type Values } from '../../../values/row';
import { truth } from '../../../values/truth';
import { reasonOf } from '../../../values/unknown';
import { creationFields } from './creationFields';

const sources = ['fields', 'json', 'library'] as const;

/** Where the fields of the whole template are. */
const fieldOfMember: Readonly<Record<string, PropertyKey[]>> = {
	name: ['templateName'],
	language: ['language'],
	category: ['category'],
	message_send_ttl_seconds: ['options', 'ttlSeconds'],
	sub_category: ['options', 'subCategory'],
};

const options = collectionOf({
	displayFormat: requiredId(64),
	furtherJson: optionalJsonObject,
	noLinkTracking: truth,
	previewOnly: truth,
	primaryDeviceOnly: truth,
	subCategory: requiredId(64),
	ttlSeconds: optionalNumber({ min: -1, max: 2_592_000, unit: 'seconds' }),
});

/** A new template as the panel has it, checked by Meta's rules. */
export interface NewTemplate {
	businessAccountId: string | undefined;
	previewOnly: boolean;
	definition: Definition;
	/** Members of a template from Meta's library; null for one of the business's own. */
	library: Record<string, unknown> | null;
	/** The label of the field behind a place in the definition. */
	labelOf: (place: Place) => string;
}

/** Components, what they say about the whole, and where they come from. */
interface Content {
	components: Definition['components'];
	format: Definition['parameter_format'];
	further: Record<string, unknown>;
	locate: Locate;
}

/** Checks the values of `creationFields` and the account. */
export const creationSchema = rowOf((values, problems): NewTemplate => {
	const businessAccountId = readParameter(optionalId(64), values, 'businessAccountId', problems);
	const name = readParameter(templateName, values, 'templateName', problems);
	const language = readParameter(requiredId(16).prefault('en_US'), values, 'language', problems);
	const category = readParameter(
		choiceOf(categories).default('UTILITY'),
		values,
		'category',
		problems,
	);
	const from = readParameter(choiceOf(sources).default('fields'), values, 'createFrom', problems);
	const { previewOnly = false, ...given } =
		readParameter(options, values, 'options', problems) ?? {};
	if (category === undefined || from === undefined) return z.NEVER;
	const library = from === 'library' ? readLibrary(values, problems) : null;
	const content = from === 'library' ? noContent : readContent(values, from, category, problems);
	if (content === null || name === undefined || language === undefined) return z.NEVER;
	const definition: Definition = {
		name,
		language,
		category,
		parameter_format: content.format,
		components: content.components,
		further: { ...content.further, ...furtherOf(given) },
	};
	const locate: Locate = (place) => fieldOfMember[String(place[0])] ?? content.locate(place);
	const hasProblems = problems.issues.length > 0;
	if (library === null && !hasProblems) checkDefinition(definition, complainAt(problems, locate));
	if (library !== null && category !== 'UTILITY' && category !== 'AUTHENTICATION') {
		report(problems, ['category'], 'must be Utility for a template from the library');
	}
	return {
		businessAccountId,
		previewOnly,
		definition,
		library,
		labelOf: (place) => fieldLabel(creationFields, locate(place)),
	};
});

const noContent: Content = {
	components: [],
	format: 'POSITIONAL',
	further: {},
	locate: () => ['libraryTemplate'],
};

function readContent(
	values: Values,
	from: 'fields' | 'json',
	category: Category,
	problems: Problems,
): Content | null {
	if (from === 'json') return readJson(values, category, problems);
	const form = readForm(values, category, problems);
	return form && { ...form, further: {} };
}

/** Reads the parameter with the JSON of a template. */
export function readJson(values: Values, category: Category, problems: Problems): Content | null {
	const path = ['templateJson'];
	const json = parsed(values['templateJson'], problems, path);
	if (json === undefined) return null;
	const read = readDefinition(json, category === 'AUTHENTICATION');
	if (typeof read === 'string') return report(problems, path, read);
	const { components, format, further } = read;
	return {
		components,
		format: format ?? formatOf(components),
		further,
		locate: (place) => locateInJson(components, path, place),
	};
}

function parsed(value: unknown, problems: Problems, path: PropertyKey[]): unknown {
	if (typeof value !== 'string') {
		if (value === undefined) report(problems, path, 'is empty', 'missing');
		return value;
	}
	try {
		return parseExactJson(value);
	} catch (error) {
		report(problems, path, `is no valid JSON: ${reasonOf(error)}`, 'noJson');
		return undefined;
	}
}

/** How the examples call the variables, where the JSON does not say it. */
const formatOf = (components: readonly object[]): Definition['parameter_format'] =>
	JSON.stringify(components).includes('_named_params"') ? 'NAMED' : 'POSITIONAL';

/** The options in Meta's form. */
function furtherOf({
	displayFormat,
	furtherJson,
	noLinkTracking,
	primaryDeviceOnly,
	subCategory,
	ttlSeconds,
}: {
	displayFormat?: string;
	furtherJson?: Record<string, unknown> | undefined;
	noLinkTracking?: boolean;
	primaryDeviceOnly?: boolean;
	subCategory?: string;
	ttlSeconds?: number | undefined;
}): Record<string, unknown> {
	const members = {
		display_format: displayFormat,
		cta_url_link_tracking_opted_out: noLinkTracking,
		is_primary_device_delivery_only: primaryDeviceOnly,
		sub_category: subCategory,
		message_send_ttl_seconds: ttlSeconds,
	};
	const given = Object.entries(members).filter(([, value]) => value !== undefined);
	return { ...furtherJson, ...Object.fromEntries(given) };
}

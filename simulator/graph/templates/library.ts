import type { FastifyRequest } from 'fastify';
import { invalidParameter } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asList, asObject, asText, asTextList } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { LibraryTemplate } from '../../state/templates/library.ts';
import { findInLibrary, libraryTemplates } from '../../state/templates/library.ts';
import { queryOf } from '../call.ts';
import { page } from '../paging.ts';
import { readAuthentication, shownAuthentication } from './definition/authentication.ts';
import type { NewTemplate } from './definition/definition.ts';
import { missingField, typeOf } from './definition/fields.ts';
import { readCategory, readLanguage, readName } from './definition/names.ts';

/** `GET /message_template_library`. */
export function listLibrary(simulator: Simulator, request: FastifyRequest): JsonObject {
	const query = queryOf(request);
	const wanted = libraryTemplates.filter((entry) => isWanted(entry, query));
	return page(
		simulator,
		request,
		wanted,
		({ id }) => id,
		(entry) => ({ ...entry }),
	);
}

function isWanted(entry: LibraryTemplate, query: JsonObject): boolean {
	const among = (filter: string, ...values: string[]): boolean => {
		const wanted = asTextList(query[filter]).map((text) => text.toUpperCase());
		return wanted.length === 0 || values.some((value) => wanted.includes(value.toUpperCase()));
	};
	const words = `${entry.name} ${entry.header ?? ''} ${entry.body}`.toLowerCase();
	const finds = (name: string): boolean =>
		words.includes((asText(query[name]) ?? '').replaceAll('"', '').toLowerCase());
	return (
		finds('search') &&
		finds('name_or_content') &&
		among('topic', entry.topic) &&
		among('usecase', entry.usecase) &&
		among('industry', ...entry.industry) &&
		among('category', entry.category) &&
		among('language', entry.language)
	);
}

/**
 * A template made from the library's.
 * @throws GraphError 100 for an unknown one, 2388043 without the inputs that its buttons need
 */
export function readFromLibrary(body: JsonObject): NewTemplate {
	const name = readName(body['name']);
	const language = readLanguage(body['language']);
	const category = readCategory(body['category']);
	const libraryName = asText(body['library_template_name']) ?? '';
	const entry = findInLibrary(libraryName, language);
	if (!entry) {
		throw invalidParameter(`There is no library template ${libraryName} in ${language}`);
	}
	if (entry.category !== category) {
		throw invalidParameter(
			`The library template ${libraryName} is of the category ${entry.category}`,
		);
	}
	const inputs = listOf(body['library_template_button_inputs']);
	const bodyInputs = objectOf(body['library_template_body_inputs']);
	const components =
		category === 'AUTHENTICATION'
			? passwordOf(inputs, bodyInputs, language)
			: componentsOf(entry, inputs, bodyInputs);
	return {
		name,
		language,
		category,
		parameter_format: 'POSITIONAL',
		components,
		library_template_name: libraryName,
	};
}

/** A list, or its JSON. */
function listOf(value: unknown): JsonObject[] {
	return asList(parsed(value)).map((entry) => asObject(entry) ?? {});
}

function objectOf(value: unknown): JsonObject {
	return asObject(parsed(value)) ?? {};
}

/** Meta's own example writes the JSON with single quotes. */
function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	for (const text of [value, value.replaceAll("'", '"')]) {
		try {
			return JSON.parse(text);
		} catch {
			// The other spelling may be it.
		}
	}
	throw invalidParameter('The inputs of a library template must be JSON');
}

function passwordOf(
	inputs: readonly JsonObject[],
	bodyInputs: JsonObject,
	language: string,
): JsonObject[] {
	const minutes = bodyInputs['code_expiration_minutes'];
	const password = readAuthentication([
		{
			type: 'BODY',
			add_security_recommendation: bodyInputs['add_security_recommendation'] === true,
		},
		...(minutes === undefined ? [] : [{ type: 'FOOTER', code_expiration_minutes: minutes }]),
		{
			type: 'BUTTONS',
			buttons: inputs.length > 0 ? inputs : [{ type: 'OTP', otp_type: 'COPY_CODE' }],
		},
	]);
	return shownAuthentication(password, language);
}

function componentsOf(
	entry: LibraryTemplate,
	inputs: readonly JsonObject[],
	bodyInputs: JsonObject,
): JsonObject[] {
	const { header, body, body_params: examples, buttons = [] } = entry;
	const contact =
		bodyInputs['add_contact_number'] === true ? ' Call us if you have a question.' : '';
	return [
		...(header === undefined ? [] : [{ type: 'HEADER', format: 'TEXT', text: header }]),
		{ type: 'BODY', text: `${body}${contact}`, example: { body_text: [examples] } },
		...(buttons.length === 0
			? []
			: [{ type: 'BUTTONS', buttons: buttons.map((button) => filledButton(button, inputs)) }]),
	];
}

/** A button of the library with the business's own address or number. */
function filledButton(button: JsonObject, inputs: readonly JsonObject[]): JsonObject {
	const type = typeOf(button);
	const input = inputs.find((entry) => typeOf(entry) === type);
	if (type === 'QUICK_REPLY') return button;
	if (!input) throw missingField('BUTTONS', `library_template_button_inputs: ${type}`);
	if (type === 'PHONE_NUMBER') {
		const number = asText(input['phone_number']);
		if (number === undefined) throw missingField('BUTTONS', 'phone_number');
		return { ...button, phone_number: number };
	}
	if (type === 'FLOW') return { ...button, ...input };
	const url = asObject(input['url']);
	const address = asText(url?.['base_url']);
	if (address === undefined) throw missingField('BUTTONS', 'base_url');
	const example = asText(url?.['url_suffix_example']);
	if (address.includes('{{') && example === undefined) {
		throw missingField('BUTTONS', 'url_suffix_example');
	}
	return { ...button, url: address, ...(example === undefined ? {} : { example: [example] }) };
}

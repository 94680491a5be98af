import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fieldTable } from './field-table.ts';

/** The parameters that choose a send's type. */
const typeChoices = ['mediaType', 'interactiveType', 'productType'];

/** The parameter that chooses which parts of a template have fields. */
const partChoice = 'templateParts';

/** Fields that all sends share, described once on the page. */
const sharedFields = ['valuesFrom', 'renames', 'phoneNumberId', 'recipient', 'replyToMessageId'];

/** The choice of a file, also described once. */
const fileFields = ['mediaSource', 'binaryField', 'mediaLink', 'mediaId'];

/** Described elsewhere: in the page's headings, or on a page of their own. */
const leftOut = ['resource', 'operation', 'contactRules', 'delivery', ...typeChoices];

/** Values of the parameters that decide which fields are shown. */
type Chosen = Record<string, string>;

/** An operation with the fields that it always shows. */
interface Operation {
	name: string;
	chosen: Chosen;
	fields: INodeProperties[];
}

/**
 * The tables of docs/messages.md by the names of their placeholders: `everySend`, `options`,
 * `files`, and one for each type (`sendInteractive.list`), each part of a template
 * (`sendTemplate.buttons`) and each operation that does not send (`markAsRead`, `media.upload`).
 *
 * @param properties the fields of the node, as n8n gets them
 */
export function messageBlocks(properties: INodeProperties[]): Map<string, string> {
	const messages = operationsOf(properties, 'message');
	// Send and Wait has recipients, too, but options of its own.
	const sends = messages.filter(
		({ fields }) => has(fields, 'recipient') && has(fields, 'valuesFrom'),
	);
	const [first, ...others] = sends;
	if (first === undefined) throw new Error('The node has no operation that sends');
	const options = optionsIn(first.fields).filter(({ name }) =>
		others.every(({ fields }) => has(optionsIn(fields), name)),
	);
	const ofSendAlone = (fields: INodeProperties[]): INodeProperties[] =>
		withoutOptions(fields, options).filter(({ name }) => !sharedFields.includes(name));
	const files = sends
		.flatMap(({ fields }) => fields)
		.filter(({ name }) => fileFields.includes(name));

	const blocks = new Map([
		['everySend', tableOf(first.fields.filter(({ name }) => sharedFields.includes(name)))],
		['options', tableOf(options)],
		['files', fieldTable(files, { known: {}, areFilesExplained: false })],
	]);
	for (const send of sends) {
		for (const [name, { fields, chosen }] of variantsOf(properties, send)) {
			blocks.set(name, tableOf(ofSendAlone(fields), chosen));
		}
	}
	for (const { name, fields, chosen } of messages) {
		if (has(fields, 'messageId') && !blocks.has(name)) blocks.set(name, tableOf(fields, chosen));
	}
	for (const { name, fields, chosen } of operationsOf(properties, 'media')) {
		blocks.set(`media.${name}`, tableOf(fields, chosen));
	}
	return blocks;
}

/**
 * Headings for the sections of types, parts and operations, by the names of their placeholders.
 *
 * @param names of placeholders: `sendText`, `sendInteractive.list`, `sendTemplate.body`, `media.upload`
 */
export function headings(
	properties: INodeProperties[],
	names: Iterable<string>,
): Map<string, string> {
	const titles = new Map<string, string>();
	for (const name of names) {
		const [last = '', parent = 'message'] = name.split('.').reverse();
		// The parent is the resource of an operation, or the operation of a type or part.
		const choice = properties.find(({ name: choiceName, displayOptions }) => {
			const { resource = [], operation = [] } = displayOptions?.show ?? {};
			if (choiceName === 'operation') return resource.includes(parent);
			return [...typeChoices, partChoice].includes(choiceName) && operation.includes(parent);
		});
		const options = (choice?.options ?? []) as INodePropertyOptions[];
		const label = options.find(({ value }) => value === last)?.name;
		if (label !== undefined) titles.set(name, inSentenceCase(label.replace(/^Send /, '')));
	}
	return titles;
}

/** `Reply Buttons`: `Reply buttons` */
const inSentenceCase = (label: string): string =>
	label.replaceAll(/ [A-Z](?=[a-z])/g, (initial) => initial.toLowerCase());

function tableOf(fields: INodeProperties[], known: Chosen = {}): string {
	const shown = fields.filter(({ name }) => !leftOut.includes(name));
	const mode = { valuesFrom: 'fields' };
	return fieldTable(shown, { known: { ...mode, ...known }, areFilesExplained: true });
}

function operationsOf(properties: INodeProperties[], resource: string): Operation[] {
	const chooser = properties.find(
		({ name, displayOptions }) =>
			name === 'operation' && displayOptions?.show?.['resource']?.includes(resource),
	);
	return optionsOf(chooser).map((name) => {
		const chosen = { resource, operation: name };
		return { name, chosen, fields: shownFields(properties, chosen) };
	});
}

/** A send, split by its types and the parts of its template, if it has any. */
function variantsOf(
	properties: INodeProperties[],
	{ name: operation, chosen, fields }: Operation,
): [string, Omit<Operation, 'name'>][] {
	const choice = fields.find(({ name }) => typeChoices.includes(name));
	const types = optionsOf(choice).map((type): [string, Omit<Operation, 'name'>] => {
		const ofType = { ...chosen, [choice?.name ?? '']: type };
		return [`${operation}.${type}`, { chosen: ofType, fields: shownFields(properties, ofType) }];
	});
	const partsOf = ({ displayOptions }: INodeProperties): unknown[] =>
		displayOptions?.show?.[partChoice] ?? [];
	const parts = optionsOf(fields.find(({ name }) => name === partChoice)).map(
		(part): [string, Omit<Operation, 'name'>] => {
			const ofPart = fields.filter((field) => partsOf(field).includes(part));
			return [
				`${operation}.${part}`,
				{ chosen: { ...chosen, [partChoice]: part }, fields: ofPart },
			];
		},
	);
	const always = fields.filter((field) => partsOf(field).length === 0);
	return types.length > 0 ? types : [[operation, { chosen, fields: always }], ...parts];
}

const optionsOf = (choice: INodeProperties | undefined): string[] =>
	((choice?.options ?? []) as INodePropertyOptions[]).map(({ value }) => String(value));

/** The fields that are shown with these values when all values come from the fields. */
function shownFields(properties: INodeProperties[], chosen: Chosen): INodeProperties[] {
	const isShown = ({ displayOptions }: INodeProperties): boolean =>
		Object.entries(chosen).every(([name, value]) => {
			const wanted = displayOptions?.show?.[name] ?? displayOptions?.show?.[`/${name}`];
			return wanted?.includes(value) ?? true;
		});
	const modesOf = ({ displayOptions }: INodeProperties): unknown[] =>
		displayOptions?.show?.['valuesFrom'] ?? [];
	const shown = properties.filter(isShown);
	// A required field exists twice: it may be empty if values come from the item.
	const filled = shown.filter((field) => modesOf(field).includes('fields'));
	return shown
		.filter((field) => !modesOf(field).includes('item') || !has(filled, field.name))
		.map((field) =>
			field.name === 'options' ? { ...field, options: optionsIn([field]).filter(isShown) } : field,
		);
}

const has = (fields: INodeProperties[], wanted: string): boolean =>
	fields.some(({ name }) => name === wanted);

/** The entries of the collection Options. */
const optionsIn = (fields: INodeProperties[]): INodeProperties[] =>
	(fields.find(({ name }) => name === 'options')?.options ?? []) as INodeProperties[];

/** The fields without these entries of Options, and without Options if none is left. */
function withoutOptions(fields: INodeProperties[], some: INodeProperties[]): INodeProperties[] {
	const options = optionsIn(fields).filter(({ name }) => !has(some, name));
	return fields.flatMap((field) => {
		if (field.name !== 'options') return [field];
		return options.length === 0 ? [] : [{ ...field, options }];
	});
}

import { createRequire } from 'node:module';
import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
	NodeParameterValueType,
} from 'n8n-workflow';

// Node.js cannot load its ES modules.
const { NodeHelpers } = createRequire(import.meta.url)(
	'n8n-workflow',
) as typeof import('n8n-workflow');

/** A node whose panel is looked at. */
export interface Panel {
	name: string;
	/** The workflow and the pictures that it shares with others. */
	group: string;
	/** As workflows name it. */
	type: string;
	/** The one that n8n gives to new nodes. */
	typeVersion: number;
	parameters: INodeParameters;
}

/** What an operation has several panels for. */
const variantNames = ['mediaType', 'interactiveType', 'productType', 'responseType', 'askBy'];

/** n8n's own entry, which leads to its HTTP Request node. */
const ownCall = '__CUSTOM_API_CALL__';

/** Each pass shows fields that the values of the pass before have brought. */
const passes = 3;

/** Every operation of a node, and every variant of it; a node without operations once. */
export function panelsOf(description: INodeTypeDescription): Panel[] {
	const { name: type, displayName, properties } = description;
	const typeVersion = versionOf(description);
	const resources = optionsOf(properties.find(({ name }) => name === 'resource'));
	if (resources.length === 0) {
		return [{ name: displayName, group: 'others', type, typeVersion, parameters: {} }];
	}
	return resources.flatMap((resource) => {
		const operations = optionsOf(
			shown('operation', { resource: resource.value }, description),
		).filter(({ value }) => value !== ownCall);
		return operations.flatMap((operation) =>
			variantsOf({ resource: resource.value, operation: operation.value }, description).map(
				({ parameters, label }) => ({
					name: [resource.name, operation.name, ...label].join(' › '),
					group: String(resource.value),
					type,
					typeVersion,
					parameters,
				}),
			),
		);
	});
}

function variantsOf(
	parameters: INodeParameters,
	description: INodeTypeDescription,
): { parameters: INodeParameters; label: string[] }[] {
	const variants = variantNames.flatMap((name) =>
		optionsOf(shown(name, parameters, description)).map((option) => ({
			parameters: { ...parameters, [name]: option.value },
			label: [option.name],
		})),
	);
	return variants.length === 0 ? [{ parameters, label: [] }] : variants;
}

/** The panel with every option added, and a row in every list. */
export function filledIn(panel: Panel, description: INodeTypeDescription): Panel {
	let { parameters } = panel;
	for (let pass = 0; pass < passes; pass++) {
		const added = description.properties
			.filter(({ name, type }) => !(name in parameters) && holdsFields(type))
			.filter((property) => isShown(property, parameters, description))
			.map((property) => [property.name, everything(property)] as const);
		parameters = { ...parameters, ...Object.fromEntries(added) };
	}
	return { ...panel, parameters };
}

const holdsFields = (type: string): boolean => type === 'collection' || type === 'fixedCollection';

/** A value of a field that shows all that the field can hold. */
function everything(property: INodeProperties): NodeParameterValueType {
	const { type, options = [], typeOptions } = property;
	if (type === 'collection') return valuesOf(options as INodeProperties[]);
	if (type !== 'fixedCollection') return property.default;
	const groups = (options as INodePropertyCollection[]).map(({ name, values }) => {
		const row = valuesOf(values);
		return [name, typeOptions?.multipleValues === true ? [row] : row] as const;
	});
	return Object.fromEntries(groups);
}

const valuesOf = (fields: readonly INodeProperties[]): INodeParameters =>
	Object.fromEntries(fields.map((field) => [field.name, everything(field)]));

/** The version of new nodes. */
function versionOf({ version, defaultVersion }: INodeTypeDescription): number {
	return defaultVersion ?? Math.max(...[version].flat());
}

function optionsOf(property: INodeProperties | undefined): INodePropertyOptions[] {
	return (property?.options ?? []) as INodePropertyOptions[];
}

function shown(
	name: string,
	parameters: INodeParameters,
	description: INodeTypeDescription,
): INodeProperties | undefined {
	return description.properties.find(
		(property) => property.name === name && isShown(property, parameters, description),
	);
}

function isShown(
	property: INodeProperties,
	parameters: INodeParameters,
	description: INodeTypeDescription,
): boolean {
	const node = { typeVersion: versionOf(description) };
	const defaults = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		node,
		description,
	);
	return NodeHelpers.displayParameter(defaults ?? parameters, property, node, description);
}

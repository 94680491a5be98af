import type { INodeProperties } from 'n8n-workflow';
import { choiceOf } from '../../values/choice';
import { choiceList } from '../../values/list';
import { readParameter } from '../../values/schema/reading';
import type { Problems, Values } from '../../values/row';
import { componentTypes, type Category, type DefinedComponent } from './definition';
import type { Locate } from './locate';
import {
	authenticationFields,
	locateInAuthentication,
	readAuthentication,
} from './parts/authenticationPart';
import { buttonsPart, locateInButtons, type FormButton } from './parts/buttonsPart';
import { cardsPart } from './parts/cardsPart';
import { headerPart } from './parts/headerPart';
import type { FormPart } from './parts/part';
import { bodyPart, callPermissionPart, footerPart, offerPart } from './parts/textParts';
import { hasNames } from './samples';

/** The parts of a template, by their stored values, in the order of the form. */
export const formParts = {
	header: headerPart,
	offer: offerPart,
	body: bodyPart,
	cards: cardsPart,
	footer: footerPart,
	callPermission: callPermissionPart,
	buttons: buttonsPart,
} satisfies Record<string, FormPart>;

export type PartName = keyof typeof formParts;

export const partNames = Object.keys(formParts) as PartName[];

/** What a template consists of, besides its text. */
const layouts = {
	standard: { name: 'Standard', parts: ['header', 'body', 'footer', 'buttons'] },
	carousel: {
		name: 'Carousel',
		description: 'A text, and below it two to ten cards side by side',
		parts: ['body', 'cards'],
	},
	offer: {
		name: 'Limited-Time Offer',
		description: 'With a countdown, for marketing',
		parts: ['header', 'offer', 'body', 'buttons'],
	},
	callPermission: {
		name: 'Call Permission Request',
		description: 'Asks people whether you may call them',
		parts: ['header', 'body', 'footer', 'callPermission'],
	},
} satisfies Record<string, { name: string; description?: string; parts: PartName[] }>;

type Layout = keyof typeof layouts;

const optionOf = (
	value: string,
	{ name, description }: { name: string; description?: string },
) => ({
	name,
	value,
	...(description === undefined ? {} : { description }),
});

const layoutNames = Object.keys(layouts) as Layout[];

/** Shows each field of a part under a further condition. */
const shownWhen = (
	fields: INodeProperties[],
	show: NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>,
): INodeProperties[] =>
	fields.map((field) => ({
		...field,
		displayOptions: { ...field.displayOptions, show: { ...show, ...field.displayOptions?.show } },
	}));

/** The form for a new template. Needs a field `category` above it. */
export const definitionFields: INodeProperties[] = [
	...shownWhen(
		[
			{
				displayName: 'Layout',
				name: 'layout',
				type: 'options',
				options: Object.entries(layouts)
					.map(([value, layout]) => optionOf(value, layout))
					.sort((a, b) => a.name.localeCompare(b.name)),
				default: 'standard',
			},
			...partNames.flatMap((name) =>
				shownWhen(formParts[name].fields, {
					layout: layoutNames.filter((layout) =>
						layouts[layout].parts.some((part) => part === name),
					),
				}),
			),
		],
		{ category: ['MARKETING', 'UTILITY'] },
	),
	...shownWhen(authenticationFields, { category: ['AUTHENTICATION'] }),
];

/** The form for some parts of a template. Needs a field `parts` above it that chooses them. */
export const partFields: INodeProperties[] = partNames.flatMap((name) =>
	shownWhen(formParts[name].fields, { parts: [name] }),
);

/** What the form says. */
export interface FormDefinition {
	components: DefinedComponent[];
	format: 'NAMED' | 'POSITIONAL';
	/** Which field a place in the components comes from. */
	locate: Locate;
}

/**
 * Reads the form for a new template.
 *
 * @returns null if a problem was reported
 */
export function readForm(
	values: Values,
	category: Category,
	problems: Problems,
): FormDefinition | null {
	if (category === 'AUTHENTICATION') {
		const components = readAuthentication(values, problems);
		return { components, format: 'POSITIONAL', locate: locateInAuthentication };
	}
	const schema = choiceOf(layoutNames).default('standard');
	const layout = readParameter(schema, values, 'layout', problems);
	return layout === undefined ? null : readParts(values, layouts[layout].parts, null, problems);
}

/**
 * Reads some parts.
 *
 * @param isNamed how the variables are called; null to tell by the texts
 * @returns null if a problem was reported
 */
export function readParts(
	values: Values,
	names: readonly PartName[],
	isNamed: boolean | null,
	problems: Problems,
): FormDefinition | null {
	const read = names.flatMap((name) => {
		const part: FormPart = formParts[name];
		const data = part.read(values, problems);
		return data === null ? [] : [{ part, data }];
	});
	if (problems.issues.length > 0) return null;
	const named = isNamed ?? hasNames(read.flatMap(({ part, data }) => part.texts(data)));
	const buttons = read.find(({ part }) => part.type === 'BUTTONS')?.data as
		FormButton[] | undefined;
	const order: readonly string[] = componentTypes;
	return {
		components: read
			.map(({ part, data }) => part.build(data, named))
			.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type)),
		format: named ? 'NAMED' : 'POSITIONAL',
		locate: ([type = '', ...rest]) => {
			if (type === 'BUTTONS') return locateInButtons(rest, buttons);
			const part = partNames.map((name) => formParts[name]).find((each) => each.type === type);
			const path = part?.locate(rest) ?? [];
			// A header with a file has its example in another field than one with text.
			const isFile = path[0] === 'headerSample' && values['headerFormat'] !== 'TEXT';
			return isFile ? ['headerBinaryField'] : path;
		},
	};
}

/** Reads which parts of a template to change. */
export const readPartNames = (values: Values, name: string, problems: Problems): PartName[] =>
	readParameter(partList, values, name, problems) ?? [];

const partList = choiceList(choiceOf(partNames));

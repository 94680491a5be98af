import { listFields } from '../../fields/listField';
import { nestedListField } from '../../fields/nestedList';
import { readParameter } from '../../values/schema/reading';
import { listOf } from '../../values/list';
import { readOptional, report, rowOf, type Problems, type Values } from '../../values/row';
import {
	buildTemplateButton,
	buttonList,
	buttonRowName,
	templateButtonFields,
	textsOfButtons,
} from './buttons';
import { defineComponent, type VariableText } from './component';
import { cardFromMeta } from './fromMeta';
import {
	buildTemplateHeader,
	readTemplateHeader,
	templateHeaderFields,
	textsOfHeader,
} from './header';
import {
	buildVariable,
	textsOfVariables,
	variableFields,
	variableList,
	variableRowName,
} from './variables';

const maxCards = 10;

function readCard(row: Values, problems: Problems) {
	return {
		header: readTemplateHeader(row, problems),
		variables: readParameter(variableList, row, 'bodyVariables', problems) ?? [],
		buttons: readParameter(buttonList, row, 'buttons', problems) ?? [],
	};
}

type Card = ReturnType<typeof readCard>;

const headerFields = templateHeaderFields(['image', 'video', 'product'], 'image');

const cards = listOf(
	rowOf(readCard, {
		members: [...headerFields.map(({ name }) => name), 'bodyVariables', 'buttons'],
		fromMeta: cardFromMeta,
	}),
	{ min: 0, max: maxCards },
	'card',
).check((context) => checkHeaders(context.value, context));

function textsOfCard({ header, variables, buttons }: Card, index: number): VariableText[] {
	return [
		...(header === null ? [] : textsOfHeader(header)),
		...textsOfVariables(variables, ['bodyVariables']),
		...textsOfButtons(buttons),
	].map(({ path, text }) => ({ path: ['cards', index, ...path], text }));
}

/** All cards of a template have the same components. */
function checkHeaders([first, ...others]: Card[], problems: Problems): void {
	const wanted = first?.header?.kind;
	for (const [index, { header }] of others.entries()) {
		if (header?.kind === wanted) continue;
		report(
			problems,
			[index + 1, 'headerType'],
			`must be ${wanted ?? 'none'}, as on the first card, but is ${header?.kind ?? 'none'}`,
		);
	}
}

/**
 * Cards side by side, as many as the template has.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates/media-card-carousel-templates
 */
export const carousel = defineComponent({
	name: 'Carousel',
	description: 'Images, variables and buttons of the cards',
	fields: listFields({
		name: 'cards',
		displayName: 'Cards',
		rowName: 'card',
		rowDisplayName: 'Card',
		hint: 'As many as in the template, up to ten, all with the same kind of header',
		row: [
			...headerFields,
			nestedListField({
				name: 'bodyVariables',
				displayName: 'Body Variables',
				rowName: variableRowName,
				rowDisplayName: 'Variable',
				row: variableFields,
			}),
			nestedListField({
				name: 'buttons',
				displayName: 'Buttons',
				rowName: buttonRowName,
				rowDisplayName: 'Button',
				row: templateButtonFields(['url', 'quick_reply']),
			}),
		],
		jsonExample: [
			{
				headerType: 'image',
				headerMediaLink: 'https://example.com/blue.jpeg',
				bodyVariables: ['Blue Echeveria'],
				buttons: [{ type: 'url', text: 'plants/blue' }],
			},
		],
	}),
	read(values, problems) {
		const read = readOptional(cards, values, 'cards', problems) ?? [];
		return read.length === 0 ? null : read;
	},
	variableTexts: (value) => value.flatMap(textsOfCard),
	build: (value) => [
		{
			type: 'carousel',
			cards: value.map((card, index) => ({
				card_index: index,
				components: [
					...(card.header === null ? [] : [buildTemplateHeader(card.header)]),
					...(card.variables.length === 0
						? []
						: [{ type: 'body', parameters: card.variables.map(buildVariable) }]),
					...card.buttons.map(buildTemplateButton),
				],
			})),
		},
	],
});

import { listFields } from '../../../fields/listField';
import { nestedListField } from '../../../fields/nestedList';
import { choiceOf } from '../../../values/choice';
import { readParameter } from '../../../values/schema/reading';
import { listOf } from '../../../values/list';
import { rowOf, type Problems, type Values } from '../../../values/row';
import type { Place } from '../place';
import { samplesField } from '../samples';
import { buttonRowFields } from './buttonKinds';
import { buildButtons, buttonRowName, formButtons, locateInButtons } from './buttonsPart';
import { exampleFileFields, exampleFileNames, headerOf, readExampleFile } from './headerPart';
import { definePart } from './part';
import { buildBody, readBody } from './textParts';

const formats = ['IMAGE', 'VIDEO', 'PRODUCT'] as const;

/** Buttons that Meta's pages show on cards. */
const kindsOnCards = ['quick_reply', 'url', 'phone_number', 'spm'];

function readCard(row: Values, problems: Problems) {
	return {
		file: readExampleFile(row, problems),
		body: readBody(row, problems),
		buttons: readParameter(formButtons, row, 'buttons', problems) ?? [],
	};
}

const cardList = listOf(
	rowOf(readCard, { members: [...exampleFileNames, 'bodyText', 'bodySamples', 'buttons'] }),
	{ min: 0, max: Infinity },
	'card',
);

/** The field behind a place on a card. */
function locateOnCard([type, ...rest]: Place): PropertyKey[] {
	if (type === 'HEADER') return [rest[0] === 'format' ? 'headerFileFrom' : 'headerBinaryField'];
	if (type === 'BODY') return [rest[0] === 'example' ? 'bodySamples' : 'bodyText'];
	return type === 'BUTTONS' ? locateInButtons(rest) : [];
}

/** Cards side by side. */
export const cardsPart = definePart({
	name: 'Carousel',
	type: 'CAROUSEL',
	fields: [
		{
			displayName: 'Header of Cards',
			name: 'cardFormat',
			type: 'options',
			options: [
				{ name: 'Image', value: 'IMAGE', description: 'JPEG or PNG of up to 5 MB' },
				{ name: 'Product', value: 'PRODUCT', description: 'Of the catalog, by each message' },
				{ name: 'Video', value: 'VIDEO', description: 'An MP4 of up to 16 MB' },
			],
			default: 'IMAGE',
			description: 'The same for all cards',
		},
		...listFields({
			name: 'cards',
			displayName: 'Cards',
			rowName: 'card',
			rowDisplayName: 'Card',
			hint: 'Two to ten, each with the same kinds of parts. With products, two stand for all.',
			row: [
				...exampleFileFields({ '/cardFormat': ['IMAGE', 'VIDEO'] }),
				{
					displayName: 'Card Text',
					name: 'bodyText',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					placeholder: 'e.g. Fern, now {1} only.',
					hint: 'Up to 160 characters, on all cards or on none. Variables in single braces.',
				},
				samplesField('bodySamples', 'Text'),
				nestedListField({
					name: 'buttons',
					displayName: 'Buttons',
					rowName: buttonRowName,
					rowDisplayName: 'Button',
					description: 'One or two, the same types on all cards',
					row: buttonRowFields(kindsOnCards),
				}),
			],
			jsonExample: [
				{
					headerBinaryField: 'fern',
					bodyText: 'Fern, now {1} only.',
					bodySamples: ['$ 9'],
					buttons: [{ type: 'quick_reply', text: 'More like this' }],
				},
				{
					headerBinaryField: 'ivy',
					bodyText: 'Ivy, now {1} only.',
					bodySamples: ['$ 7'],
					buttons: [{ type: 'quick_reply', text: 'More like this' }],
				},
			],
		}),
	],
	read: (values, problems) => ({
		format:
			readParameter(choiceOf(formats).default('IMAGE'), values, 'cardFormat', problems) ?? 'IMAGE',
		cards: readParameter(cardList, values, 'cards', problems) ?? [],
	}),
	texts: ({ cards }) => cards.map(({ body }) => body.text),
	build({ format, cards }, isNamed) {
		return {
			type: 'CAROUSEL',
			cards: cards.map(({ file, body, buttons }) => {
				const built = buildButtons(buttons);
				const header =
					format === 'PRODUCT' || file === null
						? { type: 'HEADER', format }
						: headerOf(format, file);
				return {
					components: [
						header,
						...(body.text === '' ? [] : [buildBody(body, isNamed)]),
						...(built === null ? [] : [built]),
					],
				};
			}),
		};
	},
	locate: ([index, ...rest]) =>
		index === undefined ? ['cards'] : ['cards', index, ...locateOnCard(rest)],
});

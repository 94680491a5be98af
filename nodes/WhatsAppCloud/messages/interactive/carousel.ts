import { z } from 'zod/v4';
import { listFields } from '../../fields/listField';
import { choiceOf } from '../../values/choice';
import { listOf } from '../../values/list';
import { isMarkdown } from '../markdownOption';
import { defineVariant } from '../messageType';
import { cardFields, cardPart, cardRow, checkAlike, readCard, type Card } from './cards';
import { takingAction } from './metaShape';
import { bodyField, bodySchema, interactive, maxBodyCharacters } from './parts';

/**
 * Cards side by side, each with a picture or video, a text and buttons.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-media-carousel-messages
 */
export const carousel = defineVariant({
	name: 'Media Carousel',
	description: 'Two to ten cards with images or videos',
	fields: [
		bodyField(maxBodyCharacters),
		{
			displayName: 'Card Header',
			name: 'cardHeaderType',
			type: 'options',
			options: [
				{ name: 'Image', value: 'image' },
				{ name: 'Video', value: 'video' },
			],
			default: 'image',
			description: 'What is shown at the top of every card',
		},
		{
			displayName: 'Card Buttons',
			name: 'cardButtonType',
			type: 'options',
			options: [
				{ name: 'Link', value: 'url', description: 'One button per card that opens a web page' },
				{ name: 'Quick Replies', value: 'quickReply', description: 'Buttons that send an answer' },
			],
			default: 'url',
			description: 'What is shown at the bottom of every card',
		},
		...listFields({
			name: 'cards',
			displayName: 'Cards',
			rowName: 'card',
			rowDisplayName: 'Card',
			hint: 'Two to ten cards. With quick replies, each card needs the same number of them.',
			jsonExample: [
				{
					mediaLink: 'https://example.com/blue.jpeg',
					body: 'Blue Echeveria',
					buttonText: 'Buy Now',
					url: 'https://example.com/blue',
				},
				{
					mediaLink: 'https://example.com/panda.jpeg',
					body: 'Panda Plant',
					buttonText: 'Buy Now',
					url: 'https://example.com/panda',
				},
			],
			row: cardFields,
		}),
	],
	schema: takingAction(
		{ type: 'carousel', parameter: 'cards', parts: ['body'] },
		z
			.looseObject({
				body: bodySchema,
				cardHeaderType: choiceOf(['image', 'video']).default('image'),
				cardButtonType: choiceOf(['url', 'quickReply']).default('url'),
				cards: listOf(cardRow, { min: 2, max: 10 }, 'card'),
			})
			.transform(({ body, cardHeaderType, cardButtonType, cards: rows, options }, context) => {
				const choices = {
					kind: cardHeaderType,
					buttonType: cardButtonType,
					// If the option is neither on nor off, that is reported with the option itself.
					isMarkdown: isMarkdown({ options }, { issues: [] }),
				};
				const cards: Card[] = [];
				const issues: z.core.$ZodRawIssue[] = [];
				for (const [index, row] of rows.entries()) {
					const own: typeof issues = [];
					const card = readCard(row, choices, { issues: own });
					if (card !== null) cards.push(card);
					issues.push(...own.map((issue) => ({ ...issue, path: [index, ...(issue.path ?? [])] })));
				}
				if (issues.length === 0) checkAlike(cards, { issues });
				context.issues.push(
					...issues.map((issue) => ({ ...issue, path: ['cards', ...(issue.path ?? [])] })),
				);
				return { body, cards };
			}),
	),
	build: ({ body, cards }) => interactive('carousel', { body }, { cards: cards.map(cardPart) }),
});

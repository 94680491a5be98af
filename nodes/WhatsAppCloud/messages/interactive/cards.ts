import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { mediaFields } from '../../fields/mediaFields';
import { alwaysShown } from '../../fields/listField';
import { nestedListField } from '../../fields/nestedList';
import { choiceOf } from '../../values/choice';
import { optionalId } from '../../values/id';
import { optionalText, readParameter, requiredText } from '../../values/schema/reading';
import { checkUnique, listOf } from '../../values/list';
import { webAddress } from '../../values/webAddress';
import { mediaObject, readMedia, type MediaReference } from '../mediaReference';
import { fromMarkdown } from '../markdownOption';
import { isNothing } from '../../values/numbers';
import { report, rowWith, type Values } from '../../values/row';
import { isObject, objectOf, without } from '../../values/unknown';
import type { Fault } from '../../values/words';
import { urlField } from './parts';
import { replyFromMeta, withIdOf } from './reply';

const maxCardBodyCharacters = 160;
const maxLineBreaks = 2;
const maxButtonCharacters = 20;
const maxReplyIdCharacters = 256;

/** What is at the top of a card. */
type CardHeaderKind = 'image' | 'video';

/** A card, checked. */
export interface Card {
	kind: CardHeaderKind;
	media: MediaReference;
	body: string | undefined;
	action: CardAction;
}

type CardAction =
	| { type: 'url'; buttonText: string; url: string }
	| { type: 'quickReply'; buttons: { id: string; title: string }[] };

const forLink = { show: { '/cardButtonType': ['url'] } };
const forReplies = { show: { '/cardButtonType': ['quickReply'] } };

/** The fields of a card. What all cards share is chosen above the list. */
export const cardFields: INodeProperties[] = [
	...mediaFields(),
	{
		displayName: 'Text',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		hint: 'Optional, up to 160 characters and two line breaks',
	},
	{
		displayName: 'Button Text',
		name: 'buttonText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Buy Now',
		hint: 'Up to 20 characters',
		displayOptions: forLink,
	},
	{ ...urlField, displayOptions: forLink },
	nestedListField({
		name: 'buttons',
		displayName: 'Buttons',
		rowName: 'button',
		rowDisplayName: 'Button',
		displayOptions: forReplies,
		row: [
			alwaysShown({
				displayName: 'Title',
				name: 'title',
				type: 'string',
				default: '',
				placeholder: 'e.g. Learn More',
				hint: 'Up to 20 characters, different on every button of the card',
			}),
			{
				displayName: 'ID',
				name: 'id',
				type: 'string',
				default: '',
				placeholder: 'e.g. learn-blue-echeveria',
				hint: 'Up to 256 characters, different on every button of the card',
				description: 'Returned as replyId when the button is tapped. Leave empty to use the title.',
			},
		],
	}),
];

const cardBody = optionalText(maxCardBodyCharacters).check((context) => {
	const lineBreaks = context.value?.match(/\r\n|\r|\n/g)?.length ?? 0;
	if (lineBreaks <= maxLineBreaks) return;
	const message = `can have at most ${maxLineBreaks} line breaks, but has ${lineBreaks}`;
	report(context, [], message, 'tooLong');
});

const markdownBody = z.preprocess(fromMarkdown, cardBody);

const buttonText = requiredText(maxButtonCharacters);

/** A card as given, before what all cards share is known. */
export const cardRow = rowWith(
	{
		mediaSource: z.unknown(),
		mediaId: z.unknown(),
		mediaLink: z.unknown(),
		binaryField: z.unknown(),
		buttonText: z.unknown(),
		url: z.unknown(),
		headerType: choiceOf(['image', 'video']).optional(),
		// Checked once it is known whether it is Markdown.
		body: z.unknown(),
		buttons: listOf(
			rowWith(
				{ id: optionalId(maxReplyIdCharacters), title: requiredText(maxButtonCharacters) },
				{ fromMeta: replyFromMeta },
			).transform(withIdOf),
			{ min: 0, max: Infinity },
			'button',
		).check((context) => {
			checkUnique(context, 'id');
			checkUnique(context, 'title');
		}),
	},
	{ fromMeta: cardFromMeta },
);

/** `{card_index, type: "cta_url", header: {…}, body: {text}, action: {…}}` */
function cardFromMeta(row: Values): Values {
	if (!isObject(row['header']) && !isObject(row['action'])) return row;
	const { type, header, body, action, ...rest } = without(row, 'card_index');
	const { type: headerType, ...content } = objectOf(header);
	const { id, link, ...file } = objectOf(content[String(headerType)]);
	const { name, parameters, buttons, ...more } = objectOf(action);
	const { display_text: buttonText, url, ...others } = objectOf(parameters);
	return {
		...rest,
		...file,
		...more,
		...others,
		// Both mean a card of a media carousel; any other type or action is reported as unknown.
		...(type === 'cta_url' || type === undefined ? {} : { type }),
		...(name === 'cta_url' || name === undefined ? {} : { name }),
		headerType,
		mediaId: id,
		mediaLink: link,
		body: isObject(body) ? body['text'] : body,
		buttonText,
		url,
		...(buttons === undefined ? {} : { buttons }),
	};
}

/** What is chosen for all cards together. */
interface CardChoices {
	kind: CardHeaderKind;
	buttonType: CardAction['type'];
	/** Whether the texts are Markdown. */
	isMarkdown: boolean;
}

/** Reads one card; null when a problem was reported. */
export function readCard(
	row: z.output<typeof cardRow>,
	{ kind: chosenKind, buttonType, isMarkdown }: CardChoices,
	context: Pick<z.core.ParsePayload, 'issues'>,
): Card | null {
	// A card in JSON may name its own kind.
	const kind = row.headerType ?? chosenKind;
	const media = readMedia(row, '', kind, context);
	const body = readParameter(isMarkdown ? markdownBody : cardBody, row, 'body', context);
	const action = readAction(row, buttonType, context);
	return media === null || action === null ? null : { kind, media, body, action };
}

function readAction(
	row: z.output<typeof cardRow>,
	buttonType: CardAction['type'],
	context: Pick<z.core.ParsePayload, 'issues'>,
): CardAction | null {
	const hasReplies = row.buttons.length > 0;
	const hasLink = !isNothing(row.buttonText) || !isNothing(row.url);
	const complain = (parameter: string, message: string, fault: Fault): null =>
		report(context, [parameter], message, fault);
	if (hasReplies && hasLink) {
		return complain('buttons', 'and a link are both given; give only one of them', 'bothGiven');
	}
	// In JSON, a card's own members decide; if it has neither, the choice does.
	if (hasReplies) return { type: 'quickReply', buttons: row.buttons };
	if (!hasLink && buttonType === 'quickReply') return complain('buttons', 'is empty', 'missing');
	const text = readParameter(buttonText, row, 'buttonText', context);
	const url = readParameter(webAddress, row, 'url', context);
	return text === undefined || url === undefined ? null : { type: 'url', buttonText: text, url };
}

const articleOf: Record<CardHeaderKind, string> = { image: 'an image', video: 'a video' };

/** All cards must match in kind of header, and in kind and number of buttons. */
export function checkAlike(cards: Card[], context: Pick<z.core.ParsePayload, 'issues'>): void {
	const [first, ...others] = cards;
	if (first === undefined) return;
	for (const [index, card] of others.entries()) {
		const complain = (parameter: string, message: string): void => {
			report(context, [index + 1, parameter], message);
		};
		if (card.kind !== first.kind) {
			report(
				context,
				[index + 1],
				`must have ${articleOf[first.kind]} on top as the first card has, and not ${articleOf[card.kind]}`,
			);
		}
		if (card.action.type !== first.action.type) {
			complain('buttons', 'must be of the same kind as on the first card: links or quick replies');
		} else if (countButtons(card) !== countButtons(first)) {
			complain(
				'buttons',
				`must be as many as on the first card, ${countButtons(first)}, but are ${countButtons(card)}`,
			);
		}
	}
}

const countButtons = ({ action }: Card): number =>
	action.type === 'url' ? 1 : action.buttons.length;

/** The wire form of a card. */
export function cardPart({ kind, media, body, action }: Card, index: number) {
	return {
		card_index: index,
		// Meta's own examples use this type for cards with quick replies, too.
		type: 'cta_url',
		header: { type: kind, [kind]: mediaObject(media) },
		...(body === undefined ? {} : { body: { text: body } }),
		action:
			action.type === 'url'
				? { name: 'cta_url', parameters: { display_text: action.buttonText, url: action.url } }
				: {
						buttons: action.buttons.map(({ id, title }) => ({
							type: 'quick_reply',
							quick_reply: { id, title },
						})),
					},
	};
}

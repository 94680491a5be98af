import { z } from 'zod/v4';
import { alwaysShown, listFields } from '../../fields/listField';
import { isOutsideWindow } from '../../fields/outsideWindow';
import { shownFor } from '../../fields/shownFor';
import { reportNoChoice } from '../../values/choice';
import { optionalId } from '../../values/id';
import { readAt, readParameter, requiredText } from '../../values/schema/reading';
import { checkUnique, listOf, checkSize } from '../../values/list';
import { checkMembers } from '../../values/members';
import { isNothing } from '../../values/numbers';
import { report, rowOf, type Problems, type Values } from '../../values/row';
import { isObject } from '../../values/unknown';
import { secureAddress } from '../../values/webAddress';
import { defineVariant } from '../messageType';
import { allHeaderKinds, headerFields, withHeader, headerPart } from './header';
import { takingAction } from './metaShape';
import {
	bodyField,
	bodySchema,
	footerField,
	footerSchema,
	interactive,
	maxBodyCharacters,
	urlField,
} from './parts';
import { replyFromMeta, withIdOf } from './reply';

const maxButtons = 3;
/** Outside the window, links are allowed as well, and with them more buttons in all. */
const maxButtonsOutside = 10;
const maxLinksOutside = 2;
const maxTitleCharacters = 20;
const maxIdCharacters = 256;

const id = optionalId(maxIdCharacters);
const title = requiredText(maxTitleCharacters);

/** A button, checked. */
type Button =
	{ kind: 'reply'; id: string; title: string } | { kind: 'url'; url: string; title: string };

const kinds = ['reply', 'url'] as const;

function readButton(row: Values, problems: Problems): Button | null {
	const kind = isNothing(row['type']) ? impliedKind(row) : row['type'];
	const known = kinds.find((each) => each === kind);
	if (known === undefined) return reportNoChoice(problems, ['type'], kinds, kind);
	checkMembers(row, ['type', 'title', known === 'url' ? 'url' : 'id'], problems);
	const target =
		known === 'url'
			? readParameter(secureAddress, row, 'url', problems)
			: readParameter(id, row, 'id', problems);
	const words = readParameter(title, row, 'title', problems) ?? '';
	return known === 'url'
		? { kind: known, url: target ?? '', title: words }
		: { kind: known, ...withIdOf({ id: target, title: words }) };
}

/** Meta's `{type: "reply", reply: {…}}`, and `cta_url` for a link. */
function fromMeta(row: Values): Values {
	const { cta_url: link, ...rest } = row;
	if (!isObject(link)) {
		const reply = replyFromMeta(row);
		return row['type'] === 'reply' ? { ...reply, type: 'reply' } : reply;
	}
	const { display_text: words, ...others } = link;
	return { ...rest, ...others, type: 'url', ...(words === undefined ? {} : { title: words }) };
}

/** In JSON, an address without an ID is enough to mean a link. */
const impliedKind = (row: Values): Button['kind'] =>
	isNothing(row['id']) && !isNothing(row['url']) ? 'url' : 'reply';

const buttonList = listOf(
	rowOf(readButton, { fromMeta }),
	{ min: 1, max: maxButtonsOutside },
	'button',
)
	// A null row has already reported its problem, so zod returns no list.
	.transform((rows) => rows.filter((row) => row !== null))
	.check((context) => {
		checkUniqueIds(context);
		checkUnique(context, 'title');
	});

function checkUniqueIds({ value, issues }: z.core.ParsePayload<Button[]>): void {
	checkUnique(
		{ value: value.map((row) => ({ id: 'id' in row ? row.id : undefined })), issues },
		'id',
	);
}

/** Checks what depends on whether the message goes outside the window. */
function checkMixture(buttons: Button[], isOutside: boolean, problems: Problems): void {
	const complain = (index: number, message: string): void => {
		report(problems, ['buttons', index, 'type'], message);
	};
	const links = buttons.filter(({ kind }) => kind === 'url').length;
	if (links === 0) checkSize(buttons.length, { min: 1, max: maxButtons }, problems, ['buttons']);
	if (links > maxLinksOutside) {
		const message = `can have at most ${maxLinksOutside} links, but has ${links}`;
		report(problems, ['buttons'], message, 'tooMany');
	}
	for (const [index, { kind }] of buttons.entries()) {
		if (kind !== 'url') continue;
		if (!isOutside) {
			complain(
				index,
				'can be Link with Options › Send Outside the Window only; else send a Link Button',
			);
		} else if (buttons.slice(0, index).some((earlier) => earlier.kind === 'reply')) {
			complain(index, 'is Link, and links must stand before the replies');
		}
	}
}

const schema = withHeader(
	allHeaderKinds,
	z.object({ body: bodySchema, footer: footerSchema, buttons: buttonList }),
);

/**
 * Up to three quick answers below a text.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages
 */
export const buttons = defineVariant({
	name: 'Reply Buttons',
	description: 'Up to three quick answers',
	fields: [
		...headerFields(allHeaderKinds),
		bodyField(maxBodyCharacters),
		footerField,
		...listFields({
			name: 'buttons',
			displayName: 'Buttons',
			rowName: 'button',
			rowDisplayName: 'Button',
			hint: 'Up to three buttons. With Options › Send Outside the Window, up to ten, including links.',
			jsonExample: [
				{ title: 'Yes', id: 'yes' },
				{ title: 'No', id: 'no' },
			],
			row: [
				alwaysShown({
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Yes, please',
					hint: 'Up to 20 characters, different on every button',
				}),
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{
							name: 'Link',
							value: 'url',
							description:
								'Opens a web page. Only with Options › Send Outside the Window: up to two, above the replies.',
						},
						{ name: 'Reply', value: 'reply' },
					],
					default: 'reply',
				},
				...shownFor(
					[
						{
							displayName: 'ID',
							name: 'id',
							type: 'string',
							default: '',
							placeholder: 'e.g. yes',
							hint: 'Up to 256 characters, different on every button',
							description:
								'Returned as replyId when the button is tapped. Leave empty to use the title.',
						},
					],
					'type',
					'reply',
				),
				...shownFor(
					[alwaysShown({ ...urlField, hint: 'Must begin with https://' })],
					'type',
					'url',
				),
			],
		}),
	],
	schema: takingAction(
		{ type: 'button', parameter: 'buttons' },
		rowOf((values, problems) => {
			const read = readAt(schema, values, [], problems);
			if (read === undefined) return z.NEVER;
			checkMixture(read.buttons, isOutsideWindow(values['options']), problems);
			return read;
		}),
	),
	build: ({ header, body, footer, buttons: rows }) =>
		interactive(
			'button',
			{ header: headerPart(header), body, footer },
			{ buttons: rows.map(buttonPart) },
		),
	// The schema has already checked what is different there.
	outsideWindow: () => undefined,
});

function buttonPart(button: Button): Values {
	const { kind, title: text } = button;
	return kind === 'reply'
		? { type: 'reply', reply: { id: button.id, title: text } }
		: { type: 'cta_url', cta_url: { url: button.url, display_text: text } };
}

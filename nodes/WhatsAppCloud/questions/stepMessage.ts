import type { MessageContent } from '../messages/messageType';
import { countCharacters } from '../values/limits';
import { optionId } from './optionIds';
import type { Choice, Option, Step } from './question';

/** Meta's limits: reply buttons of a message and rows of a list, and the characters of each. */
const mostButtons = 3;
const mostRows = 10;
export const maxButtonCharacters = 20;
export const maxRowCharacters = 24;

/** One row of a page leads to the next. */
const optionsPerPage = mostRows - 1;

/** Below which row the list goes on, as the person sees it. */
const nextPageTitle = '→';

/** How the options of a step are shown. */
export type ChoiceLayout = 'buttons' | 'list';

/** Buttons hold up to three short titles; everything else is a list. */
export function layoutOf(options: readonly Option[]): ChoiceLayout {
	const fits = ({ title, description }: Option): boolean =>
		countCharacters(title) <= maxButtonCharacters && description === undefined;
	return options.length <= mostButtons && options.every(fits) ? 'buttons' : 'list';
}

/**
 * The message that asks a step: buttons, a list, a request for a location, or a text. A list of more
 * than ten options has pages.
 *
 * @param page of a list, from 0
 * @returns null if the step needs a message of its own, such as a Flow
 */
export function stepMessage(
	{ text, wanted }: Pick<Step, 'text' | 'wanted'>,
	at: { questionId: string; step: number; page: number },
): MessageContent | null {
	switch (wanted.kind) {
		case 'choice':
			return layoutOf(wanted.options) === 'buttons'
				? buttonsMessage(text, wanted, at)
				: listMessage(text, wanted, at);
		case 'location':
			return interactive('location_request_message', text, { name: 'send_location' });
		case 'flow':
			return null;
		case 'text':
		case 'contact':
		case 'media':
			return { type: 'text', text: { body: text } };
	}
}

function buttonsMessage(
	text: string,
	{ options }: Choice,
	at: { questionId: string; step: number },
): MessageContent {
	return interactive('button', text, {
		buttons: options.map(({ title }, option) => ({
			type: 'reply',
			reply: { id: optionId({ ...at, option }), title },
		})),
	});
}

function listMessage(
	text: string,
	{ options, listButton }: Choice,
	{ questionId, step, page }: { questionId: string; step: number; page: number },
): MessageContent {
	const hasPages = options.length > mostRows;
	const size = hasPages ? optionsPerPage : mostRows;
	const first = page * size;
	const shown = options.slice(first, first + size);
	const rows = shown.map(({ title, description }, index) => ({
		id: optionId({ questionId, step, option: first + index }),
		title,
		...(description === undefined ? {} : { description }),
	}));
	const pages = Math.ceil(options.length / size);
	// The last page leads back to the first.
	const next = { questionId, step, page: (page + 1) % pages };
	const more = hasPages
		? [{ id: optionId(next), title: `${nextPageTitle} ${next.page + 1}/${pages}` }]
		: [];
	return interactive('list', text, {
		button: listButton,
		sections: [{ rows: [...rows, ...more] }],
	});
}

const interactive = (type: string, text: string, action: object): MessageContent => ({
	type: 'interactive',
	interactive: { type, body: { text }, action },
});

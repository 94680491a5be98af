/** Folds buttons that do not fit below a bubble. */

import { openSheet } from '../sheets/sheet.ts';
import { bubbleButton } from './buttons.ts';

/** How many buttons fit below a bubble; as on a phone, the rest go into a sheet. */
const shownButtons = 3;

/** All buttons, or the first few and one that opens all of them in a sheet over `host`. */
export function foldedButtons(draw: () => HTMLElement[], host: HTMLElement): HTMLElement[] {
	const all = draw();
	if (all.length <= shownButtons) return all;
	const showAll = bubbleButton('list', 'See all options', () => {
		const sheet = openSheet({ title: 'All options', content: draw(), host });
		sheet.content.addEventListener('click', (event) => {
			if (event.target instanceof Element && event.target.closest('[data-reply-id]')) sheet.close();
		});
	});
	return [...all.slice(0, shownButtons - 1), showAll];
}

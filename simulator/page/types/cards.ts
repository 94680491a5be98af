/** Rows of cards that scroll sideways. */

import { el, iconButton, type Child } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';

/** One card of a carousel. */
export function card(content: Child[], buttons: HTMLElement[]): HTMLElement {
	return el('li', { class: 'card' }, [
		el('div', { class: 'card-content' }, content),
		buttons.length > 0 && el('div', { class: 'bubble-buttons' }, buttons),
	]);
}

/** The row, with arrows for use without a touch screen. */
export function cardRow(cards: HTMLElement[]): HTMLElement {
	const list = el('ul', { class: 'card-row', tabindex: 0, 'aria-label': 'Cards' }, cards);
	const scroll = (direction: number): void => {
		const step = (cards[0]?.offsetWidth ?? 240) + 8;
		list.scrollBy({ left: direction * step, behavior: 'smooth' });
	};
	const previous = iconButton('Previous card', icon('chevron'), () => scroll(-1), {
		class: 'card-arrow card-arrow-previous',
	});
	const next = iconButton('Next card', icon('chevron'), () => scroll(1), {
		class: 'card-arrow card-arrow-next',
	});
	const update = (): void => {
		previous.hidden = list.scrollLeft < 8;
		next.hidden = list.scrollLeft + list.clientWidth > list.scrollWidth - 8;
	};
	list.addEventListener('scroll', update, { passive: true });
	new ResizeObserver(update).observe(list);
	return el('div', { class: 'cards' }, [list, previous, next]);
}

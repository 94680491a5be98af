/** Small menus anchored to the button that opened them. */

import { el, type Child } from './element.ts';
import { icon, type IconName } from './icons.ts';

let openOne: (() => void) | null = null;

/** Opens a menu at a button; a click elsewhere, Esc or a second click closes it. */
export function openPopover(
	anchor: HTMLElement,
	label: string,
	content: Child[],
	className = '',
): () => void {
	if (anchor.getAttribute('aria-expanded') === 'true') {
		openOne?.();
		return () => undefined;
	}
	openOne?.();
	const box = el(
		'div',
		{ class: `popover ${className}`, role: 'group', 'aria-label': label },
		content,
	);
	document.body.append(box);
	anchor.setAttribute('aria-expanded', 'true');

	const around = anchor.getBoundingClientRect();
	const { offsetWidth: width, offsetHeight: height } = box;
	const above = around.top - height - 6;
	const below = around.bottom + 6;
	const top = below + height < window.innerHeight - 8 || above < 8 ? below : above;
	const left = Math.min(Math.max(8, around.left), window.innerWidth - width - 8);
	box.style.setProperty('left', `${String(left)}px`);
	box.style.setProperty(
		'top',
		`${String(Math.max(8, Math.min(top, window.innerHeight - height - 8)))}px`,
	);

	const close = (): void => {
		document.removeEventListener('pointerdown', onPointer, true);
		document.removeEventListener('keydown', onKey, true);
		window.removeEventListener('resize', close);
		anchor.removeAttribute('aria-expanded');
		if (box.contains(document.activeElement)) anchor.focus();
		box.remove();
		openOne = null;
	};
	const onPointer = (event: PointerEvent): void => {
		if (!(event.target instanceof Node)) return;
		if (!box.contains(event.target) && !anchor.contains(event.target)) close();
	};
	const onKey = (event: KeyboardEvent): void => {
		const buttons = [...box.querySelectorAll<HTMLElement>('button')];
		const here = buttons.findIndex((button) => button === document.activeElement);
		const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
		if (event.key === 'Escape') close();
		else if (step === undefined) return;
		else buttons[(here + step + buttons.length) % buttons.length]?.focus();
		event.preventDefault();
		event.stopPropagation();
	};
	document.addEventListener('pointerdown', onPointer, true);
	document.addEventListener('keydown', onKey, true);
	window.addEventListener('resize', close);
	openOne = close;
	box.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
	return close;
}

/** Closes the open menu, if any. */
export function closePopover(): void {
	openOne?.();
}

/** A menu item. */
export function menuItem(name: IconName, label: string, onPress: () => unknown): HTMLButtonElement {
	return el(
		'button',
		{ type: 'button', class: 'menu-item' },
		[icon(name), el('span', {}, [label])],
		{
			click: () => {
				closePopover();
				onPress();
			},
		},
	);
}

/** Sheets over a conversation, and dialogs over the whole page. */

import { el, iconButton, type Child } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';

interface Sheet {
	readonly element: HTMLDialogElement;
	readonly content: HTMLElement;
	readonly footer: HTMLElement;
	close: () => void;
}

interface SheetOptions {
	title: string;
	content: Child[];
	footer?: Child[];
	/** Pane whose width the sheet takes; without one it is centred on the page. */
	host?: HTMLElement;
	className?: string;
}

/** Keeps a sheet over its pane while the window changes. */
function followHost(dialog: HTMLDialogElement, host: HTMLElement): () => void {
	const place = (): void => {
		const box = host.getBoundingClientRect();
		dialog.style.setProperty('--host-left', `${String(box.left)}px`);
		dialog.style.setProperty('--host-width', `${String(box.width)}px`);
		dialog.style.setProperty('--host-height', `${String(box.height)}px`);
		dialog.style.setProperty('--host-bottom', `${String(window.innerHeight - box.bottom)}px`);
	};
	place();
	window.addEventListener('resize', place);
	return () => window.removeEventListener('resize', place);
}

/**
 * Opens a sheet. The native dialog traps the focus, closes with Esc and returns the focus to where
 * it was.
 */
export function openSheet({
	title,
	content,
	footer = [],
	host,
	className = '',
}: SheetOptions): Sheet {
	const body = el('div', { class: 'sheet-content' }, content);
	const foot = el('div', { class: 'sheet-footer' }, footer);
	const dialog: HTMLDialogElement = el(
		'dialog',
		{
			class: `sheet ${host === undefined ? 'sheet-centre' : 'sheet-over-pane'} ${className}`,
			'aria-label': title,
			'data-testid': 'sheet',
		},
		[
			el('header', { class: 'sheet-header' }, [
				iconButton('Close', icon('close'), () => dialog.close()),
				el('h2', { dir: 'auto' }, [title]),
			]),
			body,
			footer.length > 0 && foot,
		],
		{
			// A click on the backdrop has the dialog itself as its target.
			pointerdown: (event) => {
				if (event.target === dialog) dialog.close();
			},
		},
	);
	const stopFollowing = host === undefined ? () => undefined : followHost(dialog, host);
	const opener = document.activeElement;
	dialog.addEventListener('close', () => {
		stopFollowing();
		dialog.remove();
		if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
	});
	document.body.append(dialog);
	dialog.showModal();
	return { element: dialog, content: body, footer: foot, close: () => dialog.close() };
}

/** Full-width button for the footer of a sheet. */
export function mainButton(
	label: string,
	onPress: () => unknown,
	attributes: Record<string, string | boolean> = {},
): HTMLButtonElement {
	return el('button', { type: 'button', class: 'main-button', ...attributes }, [label], {
		click: onPress,
	});
}

/** Secondary button beside a main one. */
export function plainButton(label: string, onPress: () => unknown): HTMLButtonElement {
	return el('button', { type: 'button', class: 'plain-button' }, [label], { click: onPress });
}

/** Labelled input; `name` is its key in {@link formValues}. */
export function field(
	label: string,
	name: string,
	attributes: Record<string, string | number | boolean | undefined> = {},
): HTMLLabelElement {
	return el('label', { class: 'field' }, [
		el('span', { class: 'field-label' }, [label]),
		el('input', { name, type: 'text', autocomplete: 'off', ...attributes }),
	]);
}

/** Form that passes its values on submit; Enter in a field submits it. */
export function form(
	children: Child[],
	onSubmit: (values: Record<string, string>) => unknown,
	id: string,
): HTMLFormElement {
	const node = el('form', { class: 'form', id }, children, {
		submit: (event) => {
			event.preventDefault();
			onSubmit(formValues(node));
		},
	});
	return node;
}

/** Trimmed values of all named inputs. */
function formValues(node: HTMLFormElement): Record<string, string> {
	const values: Record<string, string> = {};
	for (const [name, value] of new FormData(node)) {
		if (typeof value === 'string') values[name] = value.trim();
	}
	return values;
}

/** Button that submits the form with this ID, wherever it is. */
export function submitButton(label: string, formId: string): HTMLButtonElement {
	return el('button', { type: 'submit', class: 'main-button', form: formId }, [label]);
}

let counter = 0;

/** ID that is unique on the page. */
export function uniqueId(prefix: string): string {
	counter += 1;
	return `${prefix}-${String(counter)}`;
}

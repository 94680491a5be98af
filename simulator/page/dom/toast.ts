/** Short notices at the foot of the page, read aloud as well. */

import { el } from './element.ts';

const shownForMs = 4_000;

let region: HTMLElement | null = null;

/** Shows a notice for some seconds. */
export function notify(text: string, kind: 'info' | 'error' = 'info'): void {
	region ??= el('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
	// A sheet hides what lies outside it: the notice belongs to the topmost one.
	const sheets = document.querySelectorAll('dialog[open]');
	(sheets[sheets.length - 1] ?? document.body).append(region);
	const toast = el('div', { class: `toast toast-${kind}` }, [text]);
	region.append(toast);
	setTimeout(() => toast.remove(), shownForMs);
}

/** Says an error in its own words. */
export function notifyError(error: unknown): void {
	notify(error instanceof Error ? error.message : String(error), 'error');
}

/** Copies text and says so. */
export async function copyText(text: string, notice: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		notify(notice);
	} catch {
		// Pages without https have no clipboard: the text is at least shown.
		notify(`Copy by hand: ${text}`);
	}
}

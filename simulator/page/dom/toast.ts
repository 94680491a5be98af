/** Short notices at the bottom of the page, also announced by screen readers. */

import { el } from './element.ts';

const shownForMs = 4_000;

let region: HTMLElement | null = null;

/** Shows a notice for a few seconds. */
export function notify(text: string, kind: 'info' | 'error' = 'info'): void {
	region ??= el('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
	// A sheet hides everything outside it, so the notice goes into the topmost one.
	const sheets = document.querySelectorAll('dialog[open]');
	(sheets[sheets.length - 1] ?? document.body).append(region);
	const toast = el('div', { class: `toast toast-${kind}` }, [text]);
	region.append(toast);
	setTimeout(() => toast.remove(), shownForMs);
}

/** Shows an error's message. */
export function notifyError(error: unknown): void {
	notify(error instanceof Error ? error.message : String(error), 'error');
}

/** Copies text and shows a notice. */
export async function copyText(text: string, notice: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		notify(notice);
	} catch {
		// Pages without HTTPS have no clipboard: at least show the text.
		notify(`Copy manually: ${text}`);
	}
}

import { listAt, prettyJson, textAt } from '../data/json.ts';
import { el } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import type { MessageView } from './view.ts';

/** JSON, folded behind a label. */
export function foldedJson(label: string, value: unknown): HTMLElement {
	return el('details', { class: 'folded-json' }, [
		el('summary', {}, [label]),
		el('pre', {}, [prettyJson(value)]),
	]);
}

/** Card for messages that the page has no view for. */
export function unknownCard(title: string, note: string, value: unknown): HTMLElement {
	return el('div', { class: 'unknown' }, [
		el('div', { class: 'unknown-head' }, [
			icon('braces'),
			el('div', {}, [
				el('div', { class: 'unknown-title' }, [title]),
				note !== '' && el('div', { class: 'unknown-note' }, [note]),
			]),
		]),
		foldedJson('Show JSON', value),
	]);
}

export const unknownView: MessageView = {
	draw: ({ body, type }) => {
		const details =
			textAt(listAt(body, 'errors')[0], 'error_data', 'details') ||
			textAt(listAt(body, 'errors')[0], 'title');
		return {
			content: [unknownCard(type || 'Message of unknown type', details, body[type] ?? body)],
			time: 'line',
		};
	},
	summary: ({ type }) => `{ } ${type || 'Message'}`,
};

/** One template in the list: a line that opens to its text and to what can be done. */

import type { JsonObject } from '../../chat-contract.ts';
import { listAt, textAt } from '../data/json.ts';
import { el, type Child } from '../dom/element.ts';
import { actionsOf } from './actions.ts';
import { bodyOf, buttonLabels, componentOf, headerOf, readable } from './words.ts';

export interface TemplateRow {
	readonly element: HTMLElement;
	/** Draws the template anew; whether it is open stays. */
	update: (template: JsonObject) => void;
}

/** Colour of the sign, by status. */
const tones: Readonly<Record<string, string>> = {
	APPROVED: 'good',
	PENDING: 'waiting',
	IN_APPEAL: 'waiting',
	PAUSED: 'warning',
	LIMIT_EXCEEDED: 'warning',
	REJECTED: 'bad',
	DISABLED: 'bad',
};

export function createRow(template: JsonObject): TemplateRow {
	const summary = el('summary', { class: 'template-line' });
	const details = el('div', { class: 'template-details' });
	const element = el(
		'details',
		{ class: 'template', 'data-testid': 'template', 'data-name': textAt(template, 'name') },
		[summary, details],
	);
	let drawn = '';
	const update = (current: JsonObject): void => {
		const text = JSON.stringify(current);
		if (text === drawn) return;
		drawn = text;
		element.dataset['status'] = textAt(current, 'status');
		summary.replaceChildren(...nodes(lineOf(current)));
		details.replaceChildren(...nodes(detailsOf(current)));
	};
	update(template);
	return { element, update };
}

function nodes(children: Child[]): Node[] {
	return children.filter((child) => child instanceof Node);
}

function lineOf(template: JsonObject): Child[] {
	const status = textAt(template, 'status');
	const quality = textAt(template, 'quality_score', 'score');
	return [
		el('span', { class: 'template-names' }, [
			el('span', { class: 'template-name' }, [textAt(template, 'name')]),
			el('span', { class: 'note' }, [
				[
					textAt(template, 'language'),
					readable(textAt(template, 'category')),
					quality === '' || quality === 'UNKNOWN' ? '' : `${readable(quality)} quality`,
				]
					.filter((part) => part !== '')
					.join(' · '),
			]),
		]),
		el('span', { class: `template-status is-${tones[status] ?? 'plain'}` }, [readable(status)]),
	];
}

function detailsOf(template: JsonObject): Child[] {
	const reason = textAt(template, 'rejected_reason');
	const cards = listAt(componentOf(template, 'CAROUSEL'), 'cards');
	const line = (className: string, text: string): Child =>
		text !== '' && el('p', { class: className, dir: 'auto' }, [text]);
	return [
		el('div', { class: 'template-text' }, [
			line('template-header', headerOf(template)),
			line('template-body', bodyOf(template)),
			line('note', textAt(componentOf(template, 'FOOTER'), 'text')),
			line('note', cards.length === 0 ? '' : `${String(cards.length)} cards`),
			line('template-buttons', buttonLabels(template).join(' · ')),
		]),
		reason !== '' &&
			reason !== 'NONE' &&
			el('p', { class: 'note' }, [`Reason: ${readable(reason)}`]),
		el('p', { class: 'note' }, [`ID ${textAt(template, 'id')}`]),
		el('div', { class: 'template-actions' }, actionsOf(template)),
	];
}

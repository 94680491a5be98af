/** The business's templates, with what Meta can do to each. */

import type { JsonObject } from '../../chat-contract.ts';
import { textAt } from '../data/json.ts';
import type { ChatStore } from '../data/store.ts';
import { el } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { openSheet } from '../sheets/sheet.ts';
import { createRow, type TemplateRow } from './row.ts';
import { templateWords } from './words.ts';

/** Which templates the list shows, by what can be done next. */
const filters: readonly (readonly [label: string, statuses: readonly string[]])[] = [
	['All', []],
	['Approved', ['APPROVED']],
	['In review', ['PENDING', 'IN_APPEAL']],
	['Rejected', ['REJECTED']],
	['Paused or disabled', ['PAUSED', 'DISABLED']],
	['Others', ['ARCHIVED', 'LIMIT_EXCEEDED', 'PENDING_DELETION', 'DELETED']],
];

/** Opens the list; it follows every change until it is closed. */
export function openTemplates(store: ChatStore): void {
	const rows = new Map<string, TemplateRow>();
	const list = el('div', { class: 'templates', 'data-testid': 'templates' });
	const empty = el('p', { class: 'note templates-empty', hidden: true }, ['No templates match.']);
	const search = el('input', {
		type: 'search',
		class: 'search-input',
		placeholder: 'Name or text',
		'aria-label': 'Search templates',
	});
	const filter = el(
		'select',
		{ class: 'template-filter', 'aria-label': 'Status' },
		filters.map(([label], index) => el('option', { value: index }, [label])),
	);

	const isShown = (template: JsonObject): boolean => {
		const [, statuses] = filters[Number(filter.value)] ?? ['', []];
		const wanted = search.value.trim().toLowerCase();
		return (
			(statuses.length === 0 || statuses.includes(textAt(template, 'status'))) &&
			templateWords(template).toLowerCase().includes(wanted)
		);
	};
	const applyFilter = (): void => {
		let shown = 0;
		for (const [id, row] of rows) {
			const template = store.templates.get(id);
			row.element.hidden = template === undefined || !isShown(template);
			if (!row.element.hidden) shown += 1;
		}
		empty.hidden = shown > 0;
	};
	const draw = (): void => {
		const ids = new Set(store.templates.keys());
		for (const [id, row] of rows) {
			if (ids.has(id)) continue;
			row.element.remove();
			rows.delete(id);
		}
		for (const [id, template] of store.templates) {
			const known = rows.get(id);
			if (known) {
				known.update(template);
				continue;
			}
			const row = createRow(template);
			rows.set(id, row);
			list.append(row.element);
		}
		applyFilter();
	};
	search.addEventListener('input', applyFilter);
	filter.addEventListener('change', applyFilter);

	const sheet = openSheet({
		title: 'Templates',
		className: 'sheet-templates',
		content: [
			el('p', { class: 'note' }, [
				'You are Meta here: review, pause or change a template, and the business hears of it.',
			]),
			el('div', { class: 'template-tools' }, [
				el('div', { class: 'search' }, [icon('search'), search]),
				filter,
			]),
			list,
			empty,
		],
	});
	const stop = store.subscribe((change) => {
		if (change.kind === 'templates' || change.kind === 'all') draw();
	});
	sheet.element.addEventListener('close', stop);
	draw();
}

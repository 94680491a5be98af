/** What Meta can do to a template, by its status. */

import type { JsonObject } from '../../chat-contract.ts';
import { changeTemplate, deleteTemplate } from '../data/api.ts';
import { textAt } from '../data/json.ts';
import { el, type Child } from '../dom/element.ts';
import { notifyError } from '../dom/toast.ts';
import { openTextForm } from './text-form.ts';
import { bodyOf, readable } from './words.ts';

interface Action {
	label: string;
	change: JsonObject;
	/** Statuses in which it makes sense. */
	in: readonly string[];
}

const actions: readonly Action[] = [
	{
		label: 'Approve',
		change: { status: 'APPROVED' },
		in: ['PENDING', 'IN_APPEAL', 'REJECTED', 'DISABLED'],
	},
	{ label: 'Reject', change: { status: 'REJECTED' }, in: ['PENDING', 'IN_APPEAL'] },
	{ label: 'Resume', change: { status: 'APPROVED' }, in: ['PAUSED', 'LIMIT_EXCEEDED', 'ARCHIVED'] },
	{ label: 'Pause', change: { status: 'PAUSED' }, in: ['APPROVED'] },
	{ label: 'Disable', change: { status: 'DISABLED' }, in: ['APPROVED', 'PAUSED'] },
	{ label: 'Review again', change: { status: 'PENDING' }, in: ['APPROVED'] },
];

const qualities = ['GREEN', 'YELLOW', 'RED', 'UNKNOWN'];
const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'];

/** Buttons and choices for a template. */
export function actionsOf(template: JsonObject): Child[] {
	const id = textAt(template, 'id');
	const status = textAt(template, 'status');
	const apply = async (change: JsonObject): Promise<void> => {
		try {
			await changeTemplate(id, change);
		} catch (error) {
			notifyError(error);
		}
	};
	const isWritten = bodyOf(template) !== '' && textAt(template, 'category') !== 'AUTHENTICATION';
	return [
		...actions
			.filter((action) => action.in.includes(status))
			.map(({ label, change }) => button(label, async () => await apply(change))),
		isWritten && button('Change text', () => openTextForm(template, apply)),
		button(
			'Delete',
			async () => {
				try {
					await deleteTemplate(id);
				} catch (error) {
					notifyError(error);
				}
			},
			'is-danger',
		),
		choice(
			'Quality',
			qualities,
			textAt(template, 'quality_score', 'score') || 'UNKNOWN',
			(quality) => apply({ quality }),
		),
		choice('Category', categories, textAt(template, 'category'), (category) => apply({ category })),
	];
}

function button(label: string, onPress: () => unknown, className = ''): HTMLButtonElement {
	return el('button', { type: 'button', class: `template-action ${className}` }, [label], {
		click: onPress,
	});
}

function choice(
	label: string,
	values: readonly string[],
	current: string,
	onChoose: (value: string) => unknown,
): HTMLElement {
	const select = el(
		'select',
		{ 'aria-label': label },
		values.map((value) =>
			el('option', { value, selected: value === current }, [`${label}: ${readable(value)}`]),
		),
	);
	select.addEventListener('change', () => onChoose(select.value));
	return select;
}

/** Changes a template's text, as if somebody had edited it since it was chosen. */

import type { JsonObject } from '../../chat-contract.ts';
import { isObject, listAt, textAt } from '../data/json.ts';
import { el } from '../dom/element.ts';
import { form, openSheet, submitButton, uniqueId } from '../sheets/sheet.ts';
import { bodyOf } from './words.ts';

/** Opens the form; `apply` gets the components with the new text. */
export function openTextForm(
	template: JsonObject,
	apply: (change: JsonObject) => Promise<void>,
): void {
	const formId = uniqueId('template-text');
	const text = el(
		'textarea',
		{ name: 'text', rows: 6, required: true, maxlength: 1024, dir: 'auto' },
		[bodyOf(template)],
	);
	const sheet = openSheet({
		title: `Text of ${textAt(template, 'name')}`,
		content: [
			form(
				[
					el('p', { class: 'note' }, [
						'Messages with the old number of variables are refused from now on.',
					]),
					el('label', { class: 'field' }, [el('span', { class: 'field-label' }, ['Body']), text]),
				],
				async ({ text: body = '' }) => {
					await apply({ components: withBody(template, body) });
					sheet.close();
				},
				formId,
			),
		],
		footer: [submitButton('Save', formId)],
	});
}

/** The components with another text in the body; its examples go. */
function withBody(template: JsonObject, text: string): unknown[] {
	return listAt(template, 'components').map((part) =>
		isObject(part) && part['type'] === 'BODY' ? { type: 'BODY', text } : part,
	);
}

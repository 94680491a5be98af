/**
 * Stands in for a flow's screens, which are not part of the message: what the business passed to the
 * first screen becomes fields, and any others can be added.
 */

import type { JsonObject } from '../../chat-contract.ts';
import { el, iconButton } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import type { Chat } from '../types/view.ts';
import { field, form, openSheet, submitButton, uniqueId } from './sheet.ts';

interface FlowCall {
	title: string;
	/** Name or ID of the flow. */
	flow: string;
	screen: string;
	token: string;
	/** The data that the business passed to the first screen. */
	data: JsonObject;
}

/** `delivery_date` → `Delivery date` */
function labelOf(name: string): string {
	const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_\s]+/g, ' ');
	return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** A field whose name the customer chooses. */
function addedRow(): HTMLElement {
	const row: HTMLElement = el('div', { class: 'answer-row' }, [
		el('input', { placeholder: 'Name', 'aria-label': 'Field name' }),
		el('input', { placeholder: 'Answer', 'aria-label': 'Answer' }),
		iconButton('Remove this field', icon('close'), () => row.remove()),
	]);
	return row;
}

/** Opens the form; its values are sent as `nfm_reply`. */
export function openFlowForm(chat: Chat, contextId: string, call: FlowCall): void {
	const formId = uniqueId('flow');
	const given = Object.entries(call.data).map(([name, value]) =>
		field(labelOf(name), name, {
			value: typeof value === 'string' ? value : JSON.stringify(value),
		}),
	);
	const added = el('div', { class: 'answer-rows' }, given.length > 0 ? [] : [addedRow()]);
	const read = (values: Record<string, string>): Record<string, string> => {
		const answers = Object.entries(values);
		for (const row of added.children) {
			const [name = '', value = ''] = [...row.querySelectorAll('input')].map((input) =>
				input.value.trim(),
			);
			answers.push([name, value]);
		}
		return Object.fromEntries(answers.filter(([name, value]) => name !== '' && value !== ''));
	};
	const place = [
		call.flow !== '' && `Flow ${call.flow}`,
		call.screen !== '' && `screen ${call.screen}`,
	].filter((part) => part !== false);
	const node = form(
		[
			el('p', { class: 'note' }, [
				`${place.join(', ')}${place.length > 0 ? '. ' : ''}A message does not hold the screens of its Flow: enter what the customer would answer.`,
			]),
			...given,
			added,
			el('button', { type: 'button', class: 'plain-button' }, ['Add a field'], {
				click: () => {
					const row = addedRow();
					added.append(row);
					row.querySelector('input')?.focus();
				},
			}),
		],
		async (values) => {
			const sent = await chat.send(
				{
					type: 'interactive',
					interactive: {
						type: 'nfm_reply',
						nfm_reply: {
							name: 'flow',
							body: 'Sent',
							response_json: JSON.stringify({
								flow_token: call.token || 'unused',
								...read(values),
							}),
						},
					},
				},
				contextId,
			);
			if (sent) sheet.close();
		},
		formId,
	);
	const sheet = openSheet({
		title: call.title,
		content: [node],
		footer: [submitButton('Complete', formId)],
		host: chat.host,
	});
}

/**
 * Stands in for a flow's screens, which are not part of the message: any names and values make an
 * answer.
 */

import type { JsonObject } from '../../chat-contract.ts';
import { el, iconButton } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import type { Chat } from '../types/view.ts';
import { form, openSheet, submitButton, uniqueId } from './sheet.ts';

interface FlowCall {
	title: string;
	/** Name or ID of the flow. */
	flow: string;
	screen: string;
	token: string;
	/** The data that the business passed to the first screen. */
	data: JsonObject;
}

function answerRow(name: string, value: string): HTMLElement {
	const row: HTMLElement = el('div', { class: 'answer-row' }, [
		el('input', {
			class: 'answer-name',
			value: name,
			placeholder: 'field',
			'aria-label': 'Field name',
		}),
		el('input', { class: 'answer-value', value, placeholder: 'answer', 'aria-label': 'Answer' }),
		iconButton('Remove this field', icon('close'), () => row.remove()),
	]);
	return row;
}

/** Opens the form; its values are sent as `nfm_reply`. */
export function openFlowForm(chat: Chat, contextId: string, call: FlowCall): void {
	const formId = uniqueId('flow');
	const known = Object.entries(call.data).map(([name, value]) =>
		answerRow(name, typeof value === 'string' ? value : JSON.stringify(value)),
	);
	const rows = el('div', { class: 'answer-rows' }, known.length > 0 ? known : [answerRow('', '')]);
	const read = (): Record<string, string> => {
		const found: Record<string, string> = {};
		for (const row of rows.children) {
			const [name, value] = [...row.querySelectorAll('input')].map((input) => input.value.trim());
			if (name !== undefined && name !== '') found[name] = value ?? '';
		}
		return found;
	};
	const node = form(
		[
			el('p', { class: 'note' }, [
				[call.flow !== '' && `Flow ${call.flow}`, call.screen !== '' && `screen ${call.screen}`]
					.filter(Boolean)
					.join(', '),
			]),
			rows,
			el('button', { type: 'button', class: 'plain-button' }, ['Add a field'], {
				click: () => {
					const row = answerRow('', '');
					rows.append(row);
					row.querySelector('input')?.focus();
				},
			}),
		],
		async () => {
			const sent = await chat.send(
				{
					type: 'interactive',
					interactive: {
						type: 'nfm_reply',
						nfm_reply: {
							name: 'flow',
							body: 'Sent',
							response_json: JSON.stringify({ flow_token: call.token || 'unused', ...read() }),
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

import { listAt, objectAt, textAt } from '../../data/json.ts';
import { el } from '../../dom/element.ts';
import { mainButton, openSheet, uniqueId } from '../../sheets/sheet.ts';
import { bubbleButton } from '../buttons.ts';
import type { Chat, MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

interface Row {
	id: string;
	title: string;
	description: string;
}

function readRow(row: unknown): Row {
	return {
		id: textAt(row, 'id'),
		title: textAt(row, 'title'),
		description: textAt(row, 'description'),
	};
}

function openList(interactive: unknown, messageId: string, chat: Chat): void {
	const group = uniqueId('list');
	let chosen: Row | null = null;
	const send = mainButton(
		'Send',
		async () => {
			if (chosen === null) return;
			const { id, title, description } = chosen;
			const sent = await chat.send(
				{
					type: 'interactive',
					interactive: {
						type: 'list_reply',
						list_reply: { id, title, ...(description !== '' && { description }) },
					},
				},
				messageId,
			);
			if (sent) sheet.close();
		},
		{ disabled: true, 'data-testid': 'list-send' },
	);
	const rowNode = (row: Row): HTMLElement =>
		el('label', { class: 'choice' }, [
			el('span', { class: 'choice-words' }, [
				el('span', { class: 'choice-title', dir: 'auto' }, [row.title]),
				row.description !== '' && el('span', { class: 'note', dir: 'auto' }, [row.description]),
			]),
			el('input', { type: 'radio', name: group, value: row.id }, [], {
				change: () => {
					chosen = row;
					send.disabled = false;
				},
			}),
		]);
	const sheet = openSheet({
		title: textAt(interactive, 'action', 'button') || 'Options',
		content: listAt(interactive, 'action', 'sections').map((section) => {
			const title = textAt(section, 'title');
			return el('fieldset', { class: 'choices' }, [
				title !== '' && el('legend', { class: 'sheet-section', dir: 'auto' }, [title]),
				...listAt(section, 'rows').map((row) => rowNode(readRow(row))),
			]);
		}),
		footer: [send],
		host: chat.host,
	});
}

export const listView: MessageView = {
	draw: ({ id, body }, chat) => {
		const interactive = objectAt(body, 'interactive');
		const label = textAt(interactive, 'action', 'button') || 'Options';
		return {
			content: interactiveContent(interactive),
			buttons: [bubbleButton('list', label, () => openList(interactive, id, chat))],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'List'),
};

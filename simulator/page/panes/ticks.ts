/** Ticks and errors of a message. */

import type { ChatMessage } from '../../chat-contract.ts';
import { numberAt, textAt } from '../data/json.ts';
import { el, svg } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { clockTime, exactTime } from '../text/dates.ts';

const words: Record<string, string> = {
	accepted: 'Accepted by the API',
	sent: 'Sent',
	delivered: 'Delivered',
	read: 'Read',
	played: 'Played',
	failed: 'Failed',
};

/** Meta's error for a failed message in one line; '' if it has none. */
export function errorLine({ errors }: ChatMessage): string {
	const [error] = errors;
	if (error === undefined) return '';
	const code = numberAt(error, 'code');
	const title = textAt(error, 'title') || textAt(error, 'message');
	return [code === null ? '' : String(code), title].filter(Boolean).join(' ');
}

function drawing(double: boolean): SVGElement {
	const paths = double ? ['M1 6.2 4.2 9.5 10 2', 'M7.4 8.8 8.1 9.5 14 2'] : ['M4 6.2 7.2 9.5 13 2'];
	return svg(
		'svg',
		{ viewBox: '0 0 15 11', 'aria-hidden': 'true', focusable: 'false' },
		paths.map((d) => svg('path', { d })),
	);
}

function tick(message: ChatMessage): HTMLElement | null {
	const { status, author } = message;
	// A customer's message has arrived as soon as it is here; Meta reports nothing more about it.
	if (status === null) {
		return author === 'customer'
			? el('span', { class: 'tick', title: 'Sent' }, [drawing(false)])
			: null;
	}
	const label = words[status] ?? status;
	const error = errorLine(message);
	const shown =
		status === 'failed'
			? icon('alert')
			: status === 'accepted'
				? icon('clock')
				: drawing(status !== 'sent');
	return el(
		'span',
		{
			class: `tick tick-${status}`,
			role: 'img',
			'aria-label': label,
			title: error === '' ? label : `${label}: ${error}`,
			'data-testid': 'tick',
		},
		[shown],
	);
}

/** The text of {@link timeAndTicks}. */
export function timeText(message: ChatMessage, isEdited: boolean): string {
	return `${isEdited ? 'Edited ' : ''}${clockTime(message.timestamp)}`;
}

/** Time and ticks at the end of a bubble. */
export function timeAndTicks(message: ChatMessage, isEdited: boolean): HTMLElement {
	return el('span', { class: 'meta' }, [
		isEdited && el('span', {}, ['Edited']),
		el(
			'time',
			{ datetime: new Date(message.timestamp).toISOString(), title: exactTime(message.timestamp) },
			[clockTime(message.timestamp)],
		),
		tick(message),
	]);
}

/** Line below a failed message; null for all others. */
export function failureNode(message: ChatMessage): HTMLElement | null {
	if (message.status !== 'failed') return null;
	const details = textAt(message.errors[0], 'error_data', 'details');
	return el('div', { class: 'failure', title: details }, [
		icon('alert'),
		el('span', {}, [errorLine(message) || 'Not delivered']),
	]);
}

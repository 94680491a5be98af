import { numberAt, objectAt, textAt } from '../../data/json.ts';
import { el } from '../../dom/element.ts';
import { icon } from '../../dom/icons.ts';
import { exactTime } from '../../text/dates.ts';
import type { MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

/** `partially_shipped` as `Partially shipped`. */
function statusLabel(status: string): string {
	const words = status.replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Card with an order's number and status, as in `review_order`. */
export function orderStatusCard(parameters: unknown): HTMLElement {
	const status = textAt(parameters, 'order', 'status');
	const words = textAt(parameters, 'order', 'description');
	const expirySeconds = numberAt(parameters, 'order', 'expiration', 'timestamp');
	return el('div', { class: `order-card order-status-${status.replace(/[^a-z_]/g, '')}` }, [
		el('div', { class: 'order-status' }, [
			icon('bag'),
			el('div', {}, [
				el('div', { class: 'note' }, [`Order #${textAt(parameters, 'reference_id')}`]),
				el('div', { class: 'order-status-words' }, [statusLabel(status) || 'Updated']),
			]),
		]),
		words !== '' && el('div', { class: 'note', dir: 'auto' }, [words]),
		expirySeconds !== null &&
			el('div', { class: 'note' }, [`Until ${exactTime(expirySeconds * 1000)}`]),
	]);
}

export const orderStatusView: MessageView = {
	draw: ({ body }) => {
		const interactive = objectAt(body, 'interactive');
		return {
			content: [
				orderStatusCard(objectAt(interactive, 'action', 'parameters')),
				...interactiveContent(interactive),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Order update'),
};

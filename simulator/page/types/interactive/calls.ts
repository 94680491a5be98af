import { objectAt, textAt } from '../../data/json.ts';
import { el } from '../../dom/element.ts';
import { icon } from '../../dom/icons.ts';
import { notify } from '../../dom/toast.ts';
import { openCallPermission } from '../../sheets/call-permission.ts';
import { bubbleButton } from '../buttons.ts';
import type { MessageView } from '../view.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';

/** Says that calls are not simulated. */
export function noCalls(): void {
	notify('Calls are not simulated.');
}

export const voiceCallView: MessageView = {
	draw: ({ body }) => {
		const interactive = objectAt(body, 'interactive');
		const label = textAt(interactive, 'action', 'parameters', 'display_text') || 'Call on WhatsApp';
		return {
			content: interactiveContent(interactive),
			buttons: [bubbleButton('phone', label, noCalls)],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Call button'),
};

export const callPermissionView: MessageView = {
	draw: ({ id, body }, chat) => {
		const name = chat.store.businessName(chat.key.phoneNumberId);
		return {
			content: [
				el('div', { class: 'notice-line' }, [
					icon('phone'),
					el('div', {}, [
						el('strong', { dir: 'auto' }, [`Can ${name} call you?`]),
						el('div', { class: 'note' }, ['You decide whether, and for how long.']),
					]),
				]),
				...interactiveContent(objectAt(body, 'interactive')),
			],
			buttons: [bubbleButton('phone', 'Choose preference', () => openCallPermission(chat, id))],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], '📞 Call permission request'),
};

/** The customer's answers to interactive messages. */

import { isObject, objectAt, textAt } from '../../data/json.ts';
import { el } from '../../dom/element.ts';
import { icon } from '../../dom/icons.ts';
import { formattedText, plainLine } from '../../text/formatted.ts';
import type { MessageView } from '../view.ts';

export const buttonReplyView: MessageView = {
	draw: ({ body }) => ({
		content: [formattedText(textAt(body, 'interactive', 'button_reply', 'title'))],
		time: 'inline',
	}),
	summary: ({ body }) => plainLine(textAt(body, 'interactive', 'button_reply', 'title')),
};

export const listReplyView: MessageView = {
	draw: ({ body }) => {
		const reply = objectAt(body, 'interactive', 'list_reply');
		const description = textAt(reply, 'description');
		return {
			content: [
				formattedText(textAt(reply, 'title')),
				description !== '' && el('div', { class: 'note', dir: 'auto' }, [description]),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => plainLine(textAt(body, 'interactive', 'list_reply', 'title')),
};

function answers(json: string): [string, string][] {
	try {
		const parsed: unknown = JSON.parse(json);
		if (!isObject(parsed)) return [['Answer', json]];
		const values = isObject(parsed['values']) ? parsed['values'] : parsed;
		return Object.entries(values)
			.filter(([name]) => name !== 'flow_token')
			.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
	} catch {
		return [['Answer', json]];
	}
}

export const formReplyView: MessageView = {
	draw: ({ body }) => {
		const reply = objectAt(body, 'interactive', 'nfm_reply');
		const isAddress = textAt(reply, 'name') === 'address_message';
		const lines = answers(textAt(reply, 'response_json'));
		return {
			content: [
				el('div', { class: 'notice-line' }, [
					icon(isAddress ? 'pin' : 'flow'),
					el('div', {}, [
						el('strong', {}, [isAddress ? 'Address sent' : 'Response sent']),
						el('div', { class: 'note', dir: 'auto' }, [textAt(reply, 'body')]),
					]),
				]),
				lines.length > 0 &&
					el('details', { class: 'answers' }, [
						el('summary', {}, ['View answers']),
						el(
							'dl',
							{},
							lines.flatMap(([name, value]) => [
								el('dt', {}, [name]),
								el('dd', { dir: 'auto' }, [value]),
							]),
						),
					]),
			],
			time: 'line',
		};
	},
	summary: ({ body }) =>
		textAt(body, 'interactive', 'nfm_reply', 'name') === 'address_message'
			? '📍 Address sent'
			: '📋 Response sent',
};

export const callPermissionReplyView: MessageView = {
	draw: ({ body }) => {
		const reply = objectAt(body, 'interactive', 'call_permission_reply');
		const accepted = textAt(reply, 'response') === 'accept';
		const words = accepted ? 'You allowed calls' : 'You declined calls';
		const permanent = textAt(reply, 'is_permanent') === 'true';
		return {
			content: [
				el('div', { class: 'notice-line' }, [
					icon('phone'),
					el('div', {}, [
						el('strong', {}, [words]),
						accepted && el('div', { class: 'note' }, [permanent ? 'Always' : 'For seven days']),
					]),
				]),
			],
			time: 'line',
		};
	},
	summary: ({ body }) =>
		textAt(body, 'interactive', 'call_permission_reply', 'response') === 'accept'
			? '📞 Calls allowed'
			: '📞 Calls declined',
};

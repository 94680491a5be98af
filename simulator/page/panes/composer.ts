/** Where the customer writes. */

import type { ChatMessage } from '../../chat-contract.ts';
import { keyText } from '../data/store.ts';
import { textAt } from '../data/json.ts';
import { el, iconButton } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { menuItem, openPopover } from '../dom/popover.ts';
import { openContactDialog } from '../sheets/contact.ts';
import { openLocationDialog } from '../sheets/location.ts';
import { openSendFiles, type FileUse } from '../sheets/send-files.ts';
import type { Chat } from '../types/view.ts';
import { quoteContent } from './bubble.ts';
import { openEmojiPicker } from './emoji.ts';

interface Composer {
	readonly element: HTMLElement;
	focus: () => void;
	/** The next message replies to this one. */
	startReply: (message: ChatMessage) => void;
	/** The next message replaces the text of this one. */
	startEdit: (message: ChatMessage) => void;
	sendFiles: (files: File[]) => void;
}

/** Unsent text, by conversation. */
const drafts = new Map<string, string>();

const accepts: Record<FileUse, string> = {
	media: 'image/*,video/*',
	document: '*/*',
	audio: 'audio/*',
	voice: 'audio/*',
	sticker: 'image/webp',
};

/** Builds the composer of a conversation. */
export function createComposer(chat: Chat): Composer {
	const draftKey = keyText(chat.key);
	let replyTo: ChatMessage | null = null;
	let editing: ChatMessage | null = null;

	const input = el('textarea', {
		class: 'composer-input',
		rows: 1,
		placeholder: 'Message',
		'aria-label': 'Message',
		'data-testid': 'composer',
		dir: 'auto',
	});
	const bar = el('div', { class: 'composer-bar', hidden: true });
	const send = iconButton('Send', icon('send'), () => void submit(), {
		class: 'icon-button send-button',
		'data-testid': 'send',
	});

	const grow = (): void => {
		input.style.setProperty('height', 'auto');
		// Until the composer is in the page, it has no height to read.
		if (input.scrollHeight > 0) {
			input.style.setProperty('height', `${String(Math.min(input.scrollHeight, 140))}px`);
		}
		send.disabled = input.value.trim() === '';
		if (editing === null) drafts.set(draftKey, input.value);
	};

	const leaveBar = (): void => {
		if (editing !== null) input.value = drafts.get(draftKey) ?? '';
		replyTo = null;
		editing = null;
		bar.hidden = true;
		grow();
	};
	const showBar = (message: ChatMessage, title: string): void => {
		bar.replaceChildren(
			el(
				'div',
				{ class: `quote quote-${message.author}`, 'aria-label': title },
				quoteContent(message, chat) as Node[],
			),
			iconButton('Cancel', icon('close'), () => {
				leaveBar();
				input.focus();
			}),
		);
		bar.hidden = false;
		grow();
		input.focus();
	};

	const submit = async (): Promise<void> => {
		const text = input.value.trim();
		if (text === '') return;
		const edited = editing;
		const contextId = replyTo?.id;
		const message =
			edited === null
				? { type: 'text', text: { body: text } }
				: {
						type: 'edit',
						edit: {
							original_message_id: edited.id,
							message: { type: 'text', text: { body: text } },
						},
					};
		// Cleared at once, so that the next text can be typed while this one is being sent.
		input.value = edited === null ? '' : (drafts.get(draftKey) ?? '');
		replyTo = null;
		editing = null;
		bar.hidden = true;
		grow();
		if (!(await chat.send(message, contextId)) && input.value === '') {
			input.value = text;
			grow();
		}
	};

	const sendFiles = (files: File[], use: FileUse = 'media'): void => {
		if (files.length === 0) return;
		openSendFiles(chat, files, use, replyTo?.id);
		leaveBar();
	};
	const chooser = el('input', {
		type: 'file',
		hidden: true,
		'data-testid': 'file-input',
		'aria-label': 'File',
	});
	let chosenUse: FileUse = 'media';
	chooser.addEventListener('change', () => {
		sendFiles([...(chooser.files ?? [])], chosenUse);
		chooser.value = '';
	});
	const choose = (use: FileUse): void => {
		chosenUse = use;
		chooser.accept = accepts[use];
		chooser.multiple = use === 'media' || use === 'document';
		chooser.click();
	};

	const attach = iconButton(
		'Attach',
		icon('plus'),
		() =>
			openPopover(
				attach,
				'Attach',
				[
					menuItem('image', 'Photos and videos', () => choose('media')),
					menuItem('document', 'Document', () => choose('document')),
					menuItem('microphone', 'Voice message (file)', () => choose('voice')),
					menuItem('music', 'Audio file', () => choose('audio')),
					menuItem('sticker', 'Sticker (WebP)', () => choose('sticker')),
					menuItem('pin', 'Location', () => openLocationDialog(chat, replyTo?.id)),
					menuItem('person', 'Contact', () => openContactDialog(chat)),
				],
				'popover-menu',
			),
		{ 'data-testid': 'attach' },
	);
	const emoji = iconButton('Emoji', icon('emoji'), () =>
		openEmojiPicker(emoji, (picked) => {
			input.setRangeText(picked, input.selectionStart, input.selectionEnd, 'end');
			grow();
			input.focus();
		}),
	);

	input.addEventListener('input', grow);
	input.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
			event.preventDefault();
			void submit();
		} else if (event.key === 'Escape' && !bar.hidden) {
			leaveBar();
		}
	});
	input.addEventListener('paste', (event) => {
		const files = [...(event.clipboardData?.files ?? [])];
		if (files.length === 0) return;
		event.preventDefault();
		sendFiles(files);
	});
	input.value = drafts.get(draftKey) ?? '';
	grow();

	return {
		element: el('footer', { class: 'composer' }, [
			bar,
			el('div', { class: 'composer-line' }, [attach, emoji, input, send, chooser]),
		]),
		focus: () => input.focus(),
		startReply: (message) => {
			leaveBar();
			replyTo = message;
			showBar(message, 'Reply to');
		},
		startEdit: (message) => {
			leaveBar();
			editing = message;
			input.value = textAt(message.body, 'text', 'body');
			showBar(message, 'Edit');
		},
		sendFiles: (files) => sendFiles(files),
	};
}

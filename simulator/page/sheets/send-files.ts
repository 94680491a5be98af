/** Previews files before they are sent, with a field for a caption. */

import type { ChatMediaUpload, JsonObject } from '../../chat-contract.ts';
import { uploadMedia } from '../data/api.ts';
import { el } from '../dom/element.ts';
import { icon, type IconName } from '../dom/icons.ts';
import { notifyError } from '../dom/toast.ts';
import type { Chat } from '../types/view.ts';
import { mainButton, openSheet } from './sheet.ts';

/** What the customer sends a file as. */
export type FileUse = 'media' | 'document' | 'audio' | 'voice' | 'sticker';

function messageType(
	file: File,
	use: FileUse,
): 'image' | 'video' | 'audio' | 'document' | 'sticker' {
	if (use === 'voice') return 'audio';
	if (use !== 'media') return use;
	if (file.type.startsWith('image/')) return 'image';
	if (file.type.startsWith('video/')) return 'video';
	return file.type.startsWith('audio/') ? 'audio' : 'document';
}

const icons: Record<string, IconName> = {
	audio: 'music',
	document: 'document',
	sticker: 'sticker',
};

function preview(file: File, type: string): { node: HTMLElement; release: () => void } {
	const name = el('div', { class: 'file-name', dir: 'auto' }, [file.name]);
	const size = el('div', { class: 'note' }, [`${(file.size / 1024).toFixed(0)} KB`]);
	if (type !== 'image' && type !== 'video' && type !== 'sticker') {
		const node = el('div', { class: 'file-preview' }, [
			icon(icons[type] ?? 'document'),
			name,
			size,
		]);
		return { node, release: () => undefined };
	}
	const address = URL.createObjectURL(file);
	const medium =
		type === 'video'
			? el('video', { src: address, controls: true, class: 'file-picture' })
			: el('img', { src: address, alt: file.name, class: 'file-picture' });
	return {
		node: el('div', { class: 'file-preview' }, [medium]),
		release: () => URL.revokeObjectURL(address),
	};
}

function mediaPart(
	media: ChatMediaUpload,
	type: string,
	use: FileUse,
	caption: string,
): JsonObject {
	return {
		id: media.id,
		mime_type: media.mime_type,
		sha256: media.sha256,
		...(type === 'document' && { filename: media.filename }),
		...(type === 'audio' && { voice: use === 'voice' }),
		...(type === 'sticker' && { animated: false }),
		...(caption !== '' && { caption }),
	};
}

/** Opens the preview. Each file becomes a message; the caption goes with the first. */
export function openSendFiles(chat: Chat, files: File[], use: FileUse, contextId?: string): void {
	const items = files.map((file) => {
		const type = messageType(file, use);
		return { file, type, ...preview(file, type) };
	});
	const takesCaption = items.some(({ type }) => ['image', 'video', 'document'].includes(type));
	const caption = el('input', {
		type: 'text',
		placeholder: 'Add a caption',
		'aria-label': 'Caption',
		'data-testid': 'caption',
	});
	const sendAll = async (): Promise<void> => {
		send.disabled = true;
		let words = caption.value.trim();
		try {
			for (const { file, type } of items) {
				const media = await uploadMedia(file);
				const own = ['image', 'video', 'document'].includes(type) ? words : '';
				if (own !== '') words = '';
				const message = { type, [type]: mediaPart(media, type, use, own) };
				if (!(await chat.send(message, contextId))) return;
			}
			sheet.close();
		} catch (error) {
			notifyError(error);
		} finally {
			send.disabled = false;
		}
	};
	const send = mainButton(
		files.length > 1 ? `Send ${String(files.length)} files` : 'Send',
		sendAll,
		{
			'data-testid': 'send-files',
		},
	);
	caption.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && !event.isComposing) void sendAll();
	});
	const sheet = openSheet({
		title: use === 'voice' ? 'Send as voice message' : 'Send',
		content: [
			el(
				'div',
				{ class: 'file-previews' },
				items.map(({ node }) => node),
			),
		],
		footer: [takesCaption && caption, send],
		host: chat.host,
	});
	sheet.element.addEventListener('close', () => items.forEach(({ release }) => release()));
	(takesCaption ? caption : send).focus();
}

/** Message type to its drawing: the one place where a new type is added. */

import type { ChatMessage } from '../../chat-contract.ts';
import { quickReplyAnswerView } from './answer-button.ts';
import { audioView } from './audio.ts';
import { contactsView } from './contacts.ts';
import { documentView } from './document.ts';
import { imageView } from './image.ts';
import { interactiveView } from './interactive/table.ts';
import { locationView } from './location.ts';
import { orderView } from './order.ts';
import { pinView, revokedView, systemView } from './notices.ts';
import { stickerView } from './sticker.ts';
import { templateView } from './template/template.ts';
import { textView } from './text.ts';
import { unknownView } from './unknown.ts';
import { videoView } from './video.ts';
import type { MessageView } from './view.ts';

const views: ReadonlyMap<string, MessageView> = new Map([
	['audio', audioView],
	['button', quickReplyAnswerView],
	['contacts', contactsView],
	['document', documentView],
	['image', imageView],
	['interactive', interactiveView],
	['location', locationView],
	['order', orderView],
	['pin', pinView],
	['revoke', revokedView],
	['sticker', stickerView],
	['system', systemView],
	['template', templateView],
	['text', textView],
	['video', videoView],
]);

/** The drawing for a message; a readable card for types that the page does not know. */
export function viewOf(message: ChatMessage): MessageView {
	return views.get(message.type) ?? unknownView;
}

/** One line for lists and quotes; never empty. */
export function summaryOf(message: ChatMessage): string {
	return viewOf(message).summary(message) || message.type;
}

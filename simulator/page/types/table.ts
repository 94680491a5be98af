/** The view of each message type; new types are added here. */

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

/** The view for a message; a generic card for unknown types. */
export function viewOf(message: ChatMessage): MessageView {
	return views.get(message.type) ?? unknownView;
}

/** The message in one line, for lists and quotes; never empty. */
export function summaryOf(message: ChatMessage): string {
	return viewOf(message).summary(message) || message.type;
}

import { readObject, readString, type JsonObject } from '../reading/lenientJson';
import { readSharedContacts } from './contacts';
import type { ContentReader, MessageContent } from './content';
import { editReader, readRevoke } from './edit';
import { readInteractive, readTemplateButton } from './interactive';
import { readLocation } from './location';
import { mediaReader } from './media';
import { readOrder } from './order';
import { readProduct } from './product';
import { readReaction } from './reaction';
import { readSystem } from './system';
import { readTemplate } from './template';
import { readText } from './text';
import { readUnsupported } from './unsupported';

/** How to read each message type. {@link readUnknown} reads the others. */
const READERS: ReadonlyMap<string, ContentReader> = new Map([
	['audio', mediaReader('audio')],
	['button', readTemplateButton],
	['contacts', (_, message) => readSharedContacts(message['contacts'])],
	['document', mediaReader('document')],
	['edit', editReader(readEditedContent)],
	['image', mediaReader('image')],
	['interactive', readInteractive],
	['location', readLocation],
	['order', readOrder],
	['product', readProduct],
	['reaction', readReaction],
	['revoke', readRevoke],
	['sticker', mediaReader('sticker')],
	['system', readSystem],
	['template', readTemplate],
	['text', readText],
	['unsupported', readUnsupported],
	['video', mediaReader('video')],
]);

/** What a message says, by its type. */
export function readContent(type: string, message: JsonObject): MessageContent {
	const body = readObject(message[type]) ?? {};
	return (READERS.get(type) ?? readUnknown)(body, message);
}

/** Ignores an edit inside an edit: nothing sends one, and they could nest without end. */
function readEditedContent(message: JsonObject): MessageContent {
	const type = readString(message['type']) ?? 'unknown';
	return type === 'edit' ? { text: null } : readContent(type, message);
}

/** New types most likely keep their text where the known ones do. */
const readUnknown: ContentReader = (body) => ({
	text: readString(body['body']) ?? readString(body['text']) ?? readString(body['caption']),
});

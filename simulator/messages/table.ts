import { GraphError } from '../errors/graph-error.ts';
import { audio } from './audio.ts';
import { contacts } from './contacts.ts';
import { document } from './document.ts';
import { image } from './image.ts';
import { interactive } from './interactive.ts';
import { location } from './location.ts';
import { pin } from './pin.ts';
import { reaction } from './reaction.ts';
import { sticker } from './sticker.ts';
import { template } from './template.ts';
import { text } from './text.ts';
import type { MessageType } from './type.ts';
import { video } from './video.ts';

/** All message types that the API accepts, each with its rules. */
const messageTypes: readonly MessageType[] = [
	text,
	image,
	video,
	audio,
	document,
	sticker,
	location,
	contacts,
	reaction,
	interactive,
	template,
	pin,
];

const byType = new Map(messageTypes.map((entry) => [entry.type, entry]));

/** @throws GraphError 131051 for a type that is not in the table */
export function messageTypeOf(type: string): MessageType {
	const known = byType.get(type);
	if (known) return known;
	const names = [...byType.keys()].map((name) => name.toUpperCase()).join(', ');
	throw new GraphError(131051, {
		details: `Param type must be one of {${names}} - got "${type.slice(0, 64)}".`,
	});
}

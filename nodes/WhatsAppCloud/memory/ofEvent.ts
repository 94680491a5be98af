import type { MessageEvent } from '../events/messages/messageEvent';
import type { WebhookEvent } from '../events/webhookEvent';
import type { TextAuthor } from '../store/texts/textStore';
import type { KeptMessage } from './keptMessage';

/** A message that a webhook brings, or what its author has changed about it. */
export type EventMessage =
	| { author: Exclude<TextAuthor, 'workflow' | 'campaign'>; message: KeptMessage }
	/** The message is null if it was deleted, or never reached the person. */
	| {
			changedId: string;
			author: Exclude<TextAuthor, 'workflow' | 'campaign'>;
			message: KeptMessage | null;
	  };

/** WhatsApp's own notices, and what it cannot deliver, say nothing to anybody. */
const silentTypes: ReadonlySet<string> = new Set(['system', 'unsupported', 'unknown', 'errors']);

/** What is to be kept of an event; null if it is no message between a person and the business. */
export function messageOfEvent(event: WebhookEvent): EventMessage | null {
	if ('status' in event) return failureOf(event);
	if (!isMessage(event) || event.groupId !== undefined) return null;
	const author = authorOf(event);
	const { type, originalMessageId: changedId = null } = event;
	if (type === 'edit' || type === 'revoke') {
		if (changedId === null) return null;
		return { changedId, author, message: type === 'revoke' ? null : edited(event, changedId) };
	}
	if (silentTypes.has(type) || event.id === null) return null;
	return { author, message: { id: event.id, ...contentOf(event) } };
}

type Status = Extract<WebhookEvent, { status: string }>;

/** A message that Meta had accepted, and then could not deliver. */
function failureOf({ id, status, groupId }: Status): EventMessage | null {
	if (status !== 'failed' || id === null || groupId !== null) return null;
	return { changedId: id, author: 'other', message: null };
}

const isMessage = (event: WebhookEvent): event is MessageEvent => 'direction' in event;

/** An echo is what was written in the WhatsApp Business app, or by whoever else answers. */
function authorOf({ event, direction }: MessageEvent) {
	if (direction === 'inbound') return 'contact';
	return event === 'standby' ? 'other' : 'person';
}

const edited = (event: MessageEvent, id: string): KeptMessage => ({
	id,
	...contentOf({ ...event, type: event.media?.type ?? 'text' }),
});

function contentOf({
	type,
	text,
	media,
	template,
}: Pick<MessageEvent, 'type' | 'text' | 'media' | 'template'>): Omit<KeptMessage, 'id'> {
	const name = template?.['name'];
	return {
		type: media?.voice === true ? 'voice' : type,
		text,
		...(typeof name === 'string' ? { template: name } : {}),
	};
}

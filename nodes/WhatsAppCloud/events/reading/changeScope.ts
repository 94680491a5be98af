import { NO_CONTACTS, type ContactDirectory, type ContactHint } from './eventContact';
import { readConversationContext } from './conversationContext';
import type { ConversationContext } from './conversationContext';
import type { EventOrigin } from './eventOrigin';
import { readObject, readString, type JsonObject, type JsonValue } from './lenientJson';
import { readTimestamp } from './readTimestamp';

/** What all parts of one change share. */
export interface ChangeScope {
	businessAccountId: string | null;
	phoneNumberId: string | null;
	displayPhoneNumber: string | null;
	contacts: ContactDirectory;
	/** What was said before the messages of this change, while another agent had the conversation. */
	conversationContext: ConversationContext | null;
	/** `time` of the entry: the time of parts that carry none of their own. */
	entryTime: JsonValue | undefined;
}

export function scopeOf(
	entry: JsonObject | null,
	value: JsonObject | null,
	contacts: ContactDirectory = NO_CONTACTS,
): ChangeScope {
	const metadata = readObject(value?.['metadata']);
	return {
		businessAccountId: readString(entry?.['id']),
		phoneNumberId: readString(metadata?.['phone_number_id']),
		displayPhoneNumber: readString(metadata?.['display_phone_number']),
		contacts,
		conversationContext: value === null ? null : readConversationContext(value),
		entryTime: entry?.['time'],
	};
}

/** The common part of an item. */
export function originOf(
	scope: ChangeScope,
	hint: ContactHint,
	time: JsonValue | undefined,
): EventOrigin {
	return {
		timestamp: readTimestamp(time ?? scope.entryTime),
		businessAccountId: scope.businessAccountId,
		phoneNumberId: scope.phoneNumberId,
		displayPhoneNumber: scope.displayPhoneNumber,
		contact: scope.contacts.find(hint),
	};
}

import { joinHints, waIdOf, type ContactHint } from '../reading/eventContact';
import { readConversationContext } from '../reading/conversationContext';
import { isObject, readObject, type JsonObject } from '../reading/lenientJson';
import { namedPerson, type NoticeReader, type PathReader } from './noticeReader';

/**
 * A conversation moves from one agent to another. The webhook's `recipient` is the business number,
 * its `sender` the person.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging_handovers
 */
export const handover: NoticeReader = {
	lists: ['messaging_handovers'],
	kind: (read, part) => {
		const type = read('type');
		return type?.includes('control') === true ? type : (keyOf(part) ?? type);
	},
	number: 'recipient',
	person: personOf,
	text: (read, kind, part) => {
		const key = keyOf(part) ?? kind;
		const from = role(read, key, 'previous_owner');
		const to = role(read, key, 'new_owner');
		const roles = from === null && to === null ? '' : `, ${from ?? '?'} → ${to ?? '?'}`;
		const said = read(`${key}.metadata`) ?? contextOf(part)?.text ?? null;
		return `Conversation: ${kind.replaceAll('_', ' ')}${roles}${said === null ? '' : `: ${said}`}`;
	},
	details: (details, _, part) => {
		const context = contextOf(part);
		return context === null ? details : { ...details, conversationContext: { ...context } };
	},
};

/** The property that says what happened: `control_passed`, `control_taken`, … */
function keyOf(part: JsonObject): string | null {
	return Object.keys(part).find((key) => key.includes('control') && isObject(part[key])) ?? null;
}

function role(read: PathReader, key: string, whose: string): string | null {
	return read(
		`${key}.${whose}_role`,
		`${key}.${whose}_app_role`,
		`${key}.${whose}.role`,
		`${key}.${whose}.app_role`,
	);
}

function contextOf(part: JsonObject): ReturnType<typeof readConversationContext> {
	const inner = readObject(part[keyOf(part) ?? '']);
	return (inner === null ? null : readConversationContext(inner)) ?? readConversationContext(part);
}

function personOf(read: PathReader): ContactHint {
	const under = (holder: string): ContactHint => ({
		waId: waIdOf(read(`${holder}.phone_number`, `${holder}.wa_id`)),
		userId: read(`${holder}.user_id`),
		parentUserId: read(`${holder}.parent_user_id`),
		username: read(`${holder}.username`),
	});
	return joinHints(under('sender'), namedPerson(read));
}

import { threadIdleMs } from '../../../contacts/handoff';
import type { NoticeEvent } from '../../../events/notices/noticeEvent';
import type { WebhookEvent } from '../../../events/webhookEvent';
import {
	isObject,
	readObject,
	readString,
	type JsonObject,
} from '../../../events/reading/lenientJson';
import type { FactUpdate } from '../../../store/contacts/contactStore';

/** What the rules need to know about the account and its triggers. */
export interface HandoffSettings {
	/** How long the bot is silent after a person has answered, in milliseconds; 0 never pauses. */
	pauseMs: number;
	/** Of the app that gets the webhooks; empty if the credential has none. */
	appId: string;
}

type Handoff = Extract<FactUpdate, { fact: 'handoff' | 'standby' }>;

/**
 * What an event says about who answers the person.
 *
 * - A message of the WhatsApp Business app: somebody has answered there.
 * - Anything on standby: another app or agent owns the thread, until nobody has written for a day.
 * - A handover: to a person, to this app, or to another one.
 *
 * @param at when it happened, in milliseconds since 1970
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing
 */
export function handoffsOf(
	event: WebhookEvent,
	phoneNumberId: string,
	at: number,
	settings: HandoffSettings,
): Handoff[] {
	// Groups have no owner.
	if ('groupId' in event && typeof event.groupId === 'string') return [];
	switch (event.event) {
		case 'smb_message_echoes':
			return pause(phoneNumberId, at, settings, {
				by: 'WhatsApp Business app',
				reason: 'A person answered in the app',
			});
		case 'standby':
			return [standby(phoneNumberId, at, true, null)];
		case 'messaging_handovers':
			return handover(event, phoneNumberId, at, settings);
		default:
			return [];
	}
}

function handover(
	event: NoticeEvent<'messaging_handovers'>,
	phoneNumberId: string,
	at: number,
	settings: HandoffSettings,
): Handoff[] {
	const passed = partOf(event.details);
	const ownerOf = (
		whose: 'newOwner' | 'previousOwner',
	): { role: string | null; isOwn: boolean } => {
		const owner = readObject(passed[whose]) ?? {};
		const appId = readString(passed[`${whose}AppId`]) ?? readString(owner['appId']);
		const role =
			readString(passed[`${whose}Role`]) ??
			readString(passed[`${whose}AppRole`]) ??
			readString(owner['role']) ??
			readString(owner['appRole']);
		return { role, isOwn: appId !== null && appId === settings.appId };
	};
	const { role: newRole, isOwn } = ownerOf('newOwner');
	const isLost = !isOwn && (ownerOf('previousOwner').isOwn || event.type === 'control_taken');
	const owner = standby(phoneNumberId, at, isLost, isLost ? newRole : null);
	if (newRole === 'escalation') {
		const reason = readString(passed['metadata']);
		return [owner, ...pause(phoneNumberId, at, settings, { by: newRole, reason })];
	}
	return [owner];
}

/** What Meta's notice says of the change of owner: `controlPassed`, `controlTaken`, … */
function partOf(details: JsonObject): JsonObject {
	const found = Object.entries(details).find(
		([key, value]) => key.startsWith('control') && isObject(value),
	);
	return isObject(found?.[1]) ? found[1] : {};
}

const pause = (
	phoneNumberId: string,
	at: number,
	{ pauseMs }: HandoffSettings,
	who: { by: string; reason: string | null },
): Handoff[] =>
	pauseMs === 0
		? []
		: [{ fact: 'handoff', phoneNumberId, active: true, until: at + pauseMs, ...who }];

const standby = (
	phoneNumberId: string,
	at: number,
	active: boolean,
	by: string | null,
): Handoff => ({
	fact: 'standby',
	phoneNumberId,
	active,
	until: active ? at + threadIdleMs : null,
	by,
});

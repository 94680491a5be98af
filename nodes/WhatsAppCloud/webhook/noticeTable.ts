import type { ContactHint } from './contact';
import type { NoticeName } from './noticeTypes';
import { readString, type JsonObject, type JsonValue } from './json';

/** How the parts of a notice are found in Meta's value; paths name nested properties by dots. */
export type NoticeReader = {
	/** Lists that hold one object per thing that happened; without one the value is one thing. */
	lists?: readonly string[];
	kind?: (read: PathReader, part: JsonObject) => string | null;
	id?: string;
	/** Path of the time; `timestamp` where none is given. */
	time?: string;
	person?: (read: PathReader) => ContactHint & { name?: string | null };
	/** One line for people. */
	text: (read: PathReader, kind: string) => string;
};

/** Reads the first of the paths that holds a text or number. */
type PathReader = (...paths: string[]) => string | null;

const template = (says: (read: PathReader, kind: string) => string): NoticeReader['text'] => {
	return (read, kind) => {
		const language = read('message_template_language');
		const name = read('message_template_name') ?? read('message_template_id') ?? '?';
		return `Template ${name}${language === null ? '' : ` (${language})`}: ${says(read, kind)}`;
	};
};

const change = (from: string | null, to: string | null) =>
	from === null ? (to ?? '?') : `${from} → ${to ?? '?'}`;

const because = (reason: string | null) =>
	reason === null || reason === 'NONE' ? '' : `, reason: ${reason}`;

const namedPerson = (read: PathReader): ContactHint => ({
	waId: read('wa_id'),
	userId: read('user_id'),
});

/** A call names the person as its sender or its recipient, depending on who called. */
const callPerson = (read: PathReader): ContactHint => {
	const direction = read('direction');
	if (direction === null) {
		return { waId: read('recipient_id'), userId: read('recipient_user_id') };
	}
	return direction === 'USER_INITIATED'
		? { waId: read('from'), userId: read('from_user_id') }
		: { waId: read('to'), userId: read('to_user_id') };
};

const GROUP: NoticeReader = {
	lists: ['groups'],
	kind: (read) => read('type'),
	id: 'group_id',
	person: namedPerson,
	text: (read, kind) => `Group ${read('subject', 'group_id') ?? '?'}: ${kind}`,
};

const TEMPLATE_ID = { id: 'message_template_id' } as const;

/**
 * The table of notices, by the name of Meta's field.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export const NOTICES: Readonly<Record<NoticeName, NoticeReader>> = {
	account_alerts: {
		kind: (read) => read('alert_info.alert_type', 'alert_type'),
		id: 'entity_id',
		text: (read, kind) =>
			`Account alert: ${read('alert_info.alert_description', 'alert_description') ?? kind}`,
	},
	account_review_update: {
		kind: (read) => read('decision'),
		text: (_, kind) => `Account review: ${kind}`,
	},
	account_update: {
		kind: (read) => read('event'),
		id: 'waba_info.waba_id',
		text: (read, kind) =>
			`Account: ${kind}${because(read('violation_info.violation_type', 'ban_info.waba_ban_state', 'disconnection_info.reason'))}`,
	},
	automatic_events: {
		lists: ['automatic_events'],
		kind: (read) => read('event_name'),
		id: 'id',
		text: (read, kind) => {
			const value = read('custom_data.value');
			const currency = read('custom_data.currency') ?? '';
			return `Detected in a chat: ${kind}${value === null ? '' : ` of ${value} ${currency}`.trimEnd()}`;
		},
	},
	business_capability_update: {
		text: (read) => {
			const limit = read(
				'max_daily_conversations_per_business',
				'max_daily_conversation_per_phone',
			);
			return `Capability of the business: ${limit ?? '?'} conversations a day`;
		},
	},
	business_username_updates: {
		kind: (read) => read('status', 'event'),
		text: (read, kind) => `Username ${read('username', 'requested_username') ?? '?'}: ${kind}`,
	},
	calls: {
		lists: ['calls', 'statuses', 'errors'],
		kind: (read) => read('event', 'status', 'code'),
		id: 'id',
		person: callPerson,
		text: (read, kind) => {
			const direction = read('direction');
			return `Call${direction === null ? '' : ` (${direction})`}: ${kind}${because(read('status') === kind ? null : read('status', 'message'))}`;
		},
	},
	errors: {
		kind: (read) => read('code'),
		text: (read, kind) =>
			`Error ${kind}: ${read('error_data.details', 'message', 'title') ?? 'no explanation'}`,
	},
	flows: {
		kind: (read) => read('event'),
		id: 'flow_id',
		text: (read, kind) => read('message') ?? `Flow ${read('flow_id') ?? '?'}: ${kind}`,
	},
	group_lifecycle_update: GROUP,
	group_participants_update: GROUP,
	group_settings_update: GROUP,
	group_status_update: GROUP,
	history: {
		kind: (read) => read('errors.0.code'),
		text: (read) => {
			const error = read('errors.0.message', 'errors.0.title');
			return error === null
				? `Chat history: ${read('metadata.progress') ?? '?'} % synchronised`
				: `Chat history is not shared: ${error}`;
		},
	},
	message_template_components_update: {
		...TEMPLATE_ID,
		text: template(() => 'components changed'),
	},
	message_template_quality_update: {
		...TEMPLATE_ID,
		kind: (read) => read('new_quality_score'),
		text: template(
			(read) => `quality ${change(read('previous_quality_score'), read('new_quality_score'))}`,
		),
	},
	message_template_status_update: {
		...TEMPLATE_ID,
		kind: (read) => read('event'),
		text: template((read, kind) => `${kind}${because(read('reason'))}`),
	},
	messaging_handovers: {
		lists: ['messaging_handovers'],
		// The kind is the name of a property here: control_passed, control_taken.
		kind: (_, part) => Object.keys(part).find((key) => key.includes('control')) ?? null,
		person: (read) => ({
			waId: read('sender.phone_number', 'sender.wa_id'),
			userId: read('sender.user_id'),
		}),
		text: (_, kind) => `Conversation: ${kind.replace('_', ' ')}`,
	},
	partner_solutions: {
		kind: (read) => read('event'),
		id: 'solution_id',
		text: (read, kind) => `Partner solution ${read('solution_id') ?? '?'}: ${kind}`,
	},
	payment_configuration_update: {
		kind: (read) => read('status'),
		id: 'configuration_name',
		text: (read, kind) => `Payment configuration ${read('configuration_name') ?? '?'}: ${kind}`,
	},
	phone_number_name_update: {
		kind: (read) => read('decision'),
		text: (read, kind) =>
			`Display name ${read('requested_verified_name') ?? '?'}: ${kind}${because(read('rejection_reason'))}`,
	},
	phone_number_quality_update: {
		kind: (read) => read('event'),
		text: (read, kind) => {
			const limit = read('max_daily_conversations_per_business', 'current_limit');
			return `Phone number: ${kind}${limit === null ? '' : `, limit ${limit}`}`;
		},
	},
	security: {
		kind: (read) => read('event'),
		text: (_, kind) => `Security: ${kind}`,
	},
	smb_app_state_sync: {
		lists: ['state_sync'],
		kind: (read) => read('type'),
		time: 'metadata.timestamp',
		person: (read) => ({
			waId: read('contact.phone_number', 'contact.wa_id'),
			userId: read('contact.user_id'),
			name: read('contact.full_name', 'contact.first_name'),
		}),
		text: (read, kind) =>
			`${kind} ${read('contact.full_name', 'contact.phone_number') ?? '?'}: ${read('action') ?? '?'}`,
	},
	template_category_update: {
		...TEMPLATE_ID,
		kind: (read) => read('new_category', 'correct_category'),
		text: template(
			(read) =>
				`category ${change(read('previous_category'), read('new_category', 'correct_category'))}`,
		),
	},
	template_correct_category_detection: {
		...TEMPLATE_ID,
		kind: (read) => read('correct_category'),
		text: template((read) => `category should be ${read('correct_category') ?? '?'}`),
	},
	tracking_events: {
		kind: (read) => read('event_name'),
		id: 'tracking_data.click_id',
		text: (_, kind) => `Tracking: ${kind}`,
	},
	user_actions: {
		kind: (read) => read('action_type'),
		id: 'marketing_messages_link_click_data.click_id',
		person: namedPerson,
		text: (_, kind) => `Action: ${kind}`,
	},
	user_id_update: {
		lists: ['user_id_update'],
		person: (read) => ({ waId: read('wa_id'), userId: read('user_id.current', 'user_id') }),
		text: (read) => read('detail') ?? 'User ID changed',
	},
	user_preferences: {
		lists: ['user_preferences'],
		kind: (read) => read('value'),
		person: namedPerson,
		text: (read, kind) => read('detail') ?? `${read('category') ?? 'Preference'}: ${kind}`,
	},
};

/** A reader over one object; a number in a path is an index. */
export function pathReader(part: JsonObject): PathReader {
	return (...paths) => {
		for (const path of paths) {
			const found = readString(valueAt(part, path));
			if (found !== null) return found;
		}
		return null;
	};
}

export function valueAt(part: JsonObject, path: string): JsonValue | undefined {
	let value: JsonValue | undefined = part;
	for (const key of path.split('.')) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = Array.isArray(value) ? value[Number(key)] : ownProperty(value, key);
	}
	return value;
}

function ownProperty(value: JsonObject, key: string): JsonValue | undefined {
	return Object.hasOwn(value, key) ? value[key] : undefined;
}

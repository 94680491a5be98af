import type { ContactHint } from '../reading/eventContact';
import { handover } from './conversationHandover';
import {
	isObject,
	readArray,
	readObject,
	readString,
	type JsonObject,
} from '../reading/lenientJson';
import { because, namedPerson, type NoticeReader, type PathReader } from './noticeReader';
import type { NoticeName } from './noticeTypes';
import { TEMPLATE_NOTICES } from './templateNotices';

/** A call names the person as its sender or its recipient, depending on who called. */
const callPerson = (read: PathReader): ContactHint => {
	const named = (who: string, idPath: string): ContactHint => ({
		waId: read(idPath),
		userId: read(`${who}_user_id`),
		parentUserId: read(`${who}_parent_user_id`),
	});
	const direction = read('direction');
	if (direction === 'USER_INITIATED') return named('from', 'from');
	if (direction !== null) return named('to', 'to');
	// A status names its recipient; a recording names the person's own number.
	const isStatus = read('recipient_id', 'recipient_user_id') !== null;
	return isStatus ? named('recipient', 'recipient_id') : named('from', 'from');
};

/** What an update of the account is about, apart from its kind. */
const accountFacts = (read: PathReader, part: JsonObject): string => {
	const restrictions = readArray(part['restriction_info']).map((each) =>
		readString(readObject(each)?.['restriction_type']),
	);
	const reasons = [
		read('violation_info.violation_type'),
		...restrictions,
		read('ban_info.waba_ban_state', 'ban_info.waba_ban_state.0'),
		read('disconnection_info.reason'),
		read('partner_client_certification_info.rejection_reasons.0'),
	].filter((reason) => reason !== null);
	const facts = [
		read('partner_client_certification_info.status'),
		read('volume_tier_info.pricing_category'),
		read('volume_tier_info.region'),
		read('volume_tier_info.tier'),
		read('auth_international_rate_eligibility.exception_countries.0.country_code'),
		read('country'),
	].filter((fact) => fact !== null);
	const told = facts.length === 0 ? '' : `, ${facts.join(' ')}`;
	return `${told}${because(reasons.length === 0 ? null : reasons.join(', '))}`;
};

/** `calling ENABLED`, or the bare name of settings that are not simply on or off. */
const tellSetting = (key: string, settings: JsonObject): string => {
	const status = readString(readObject(settings[key])?.['status']);
	return status === null ? key : `${key} ${status}`;
};

const GROUP: NoticeReader = {
	lists: ['groups'],
	kind: (read) => read('type'),
	id: 'group_id',
	person: namedPerson,
	text: (read, kind) => `Group ${read('subject', 'group_id') ?? '?'}: ${kind}`,
};

/**
 * How to read each notice, by the name of Meta's field.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export const NOTICES: Readonly<Record<NoticeName, NoticeReader>> = {
	...TEMPLATE_NOTICES,
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
	account_settings_update: {
		kind: (read) => read('type'),
		number: 'phone_number_settings',
		text: (_, kind, part) => {
			const settings = readObject(part['phone_number_settings']) ?? {};
			const changed = Object.keys(settings).filter((key) => isObject(settings[key]));
			return `Settings: ${changed.length === 0 ? kind : changed.map((key) => tellSetting(key, settings)).join(', ')}`;
		},
	},
	account_update: {
		kind: (read) => read('event'),
		id: 'waba_info.waba_id',
		text: (read, kind, part) => `Account: ${kind}${accountFacts(read, part)}`,
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
			const happened = kind.replace(/^call_/, '').replaceAll('_', ' ');
			return `Call${direction === null ? '' : ` (${direction})`}: ${happened}${because(read('status') === kind ? null : read('status', 'message'))}`;
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
	messaging_handovers: handover,
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
			parentUserId: read('contact.parent_user_id'),
			username: read('contact.username'),
			name: read('contact.full_name', 'contact.first_name'),
		}),
		text: (read, kind) =>
			`${kind} ${read('contact.full_name', 'contact.phone_number') ?? '?'}: ${read('action') ?? '?'}`,
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
		person: (read) => ({
			waId: read('wa_id'),
			userId: read('user_id.current', 'user_id'),
			parentUserId: read('parent_user_id.current', 'parent_user_id'),
		}),
		text: (read) => read('detail') ?? 'User ID changed',
	},
	user_preferences: {
		lists: ['user_preferences'],
		kind: (read) => read('value'),
		person: namedPerson,
		text: (read, kind) => read('detail') ?? `${read('category') ?? 'Preference'}: ${kind}`,
	},
};

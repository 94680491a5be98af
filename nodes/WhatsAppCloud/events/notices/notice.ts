import { camelCased } from '../reading/camelCase';
import { originOf, type ChangeScope } from '../reading/changeScope';
import { otherEvent, type OtherEvent } from '../reading/otherEvent';
import { NOBODY } from '../reading/eventContact';
import type { NoticeEvent } from './noticeEvent';
import { isObject, withinDepth, type JsonObject } from '../reading/lenientJson';
import { pathReader, valueAt, type NoticeReader } from './noticeReader';
import { NOTICES } from './noticeTable';
import type { NoticeName } from './noticeTypes';

export function isNoticeName(field: string): field is NoticeName {
	return Object.hasOwn(NOTICES, field);
}

/** Reads one change of a notice field: one event per list entry, or a single one without a list. */
export function normaliseNotices(
	scope: ChangeScope,
	name: NoticeName,
	value: JsonObject,
): (NoticeEvent | OtherEvent)[] {
	const lists = NOTICES[name].lists?.filter((list) => Array.isArray(value[list])) ?? [];
	if (lists.length === 0) return [normaliseNotice(scope, name, value)];
	return Object.entries(value).flatMap(([key, parts]) => {
		if (!Array.isArray(parts) || key === 'contacts') return [];
		return parts
			.filter((part) => part !== null)
			.map((part) =>
				isObject(part) && lists.includes(key)
					? normaliseNotice(scope, name, part)
					: otherEvent(scope, key, part),
			);
	});
}

export function normaliseNotice(
	scope: ChangeScope,
	name: NoticeName,
	part: JsonObject,
): NoticeEvent {
	const reader: NoticeReader = NOTICES[name];
	const read = pathReader(part);
	const kind = reader.kind?.(read, part) ?? name;
	const hint = reader.person?.(read) ?? NOBODY;
	const origin = originOf(scope, hint, valueAt(part, reader.time ?? 'timestamp'));
	const { number } = reader;
	const details = camelCased(withoutEnvelope(part));
	const event: Omit<NoticeEvent, 'details'> & { details: JsonObject } = {
		event: name,
		type: kind,
		id: reader.id === undefined ? null : read(reader.id),
		...origin,
		phoneNumberId:
			origin.phoneNumberId ?? (number === undefined ? null : read(`${number}.phone_number_id`)),
		displayPhoneNumber:
			origin.displayPhoneNumber ??
			(number === undefined ? null : read(`${number}.display_phone_number`)) ??
			read('display_phone_number'),
		text: reader.text(read, kind, part),
		details: reader.details?.(details, read, part) ?? details,
		raw: withinDepth(part),
	};
	return event as NoticeEvent;
}

const ENVELOPE: ReadonlySet<string> = new Set(['messaging_product', 'contacts']);

/** `metadata` names the phone number in most fields; in others it holds a time or a phase. */
function namesPhoneNumber(metadata: JsonObject[string]): boolean {
	return isObject(metadata) && 'phone_number_id' in metadata;
}

/** Leaves out of the details what the item has elsewhere. */
function withoutEnvelope(part: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(part).filter(
			([key, value]) => !ENVELOPE.has(key) && !(key === 'metadata' && namesPhoneNumber(value)),
		),
	);
}

import type { EventOrigin, EventRaw } from '../reading/eventOrigin';
import type { JsonObject } from '../reading/lenientJson';
import type { NoticeName, NoticeDetails } from './noticeTypes';

/** Anything other than messages and their statuses. */
export type NoticeEvent<Name extends NoticeName = NoticeName> = Name extends NoticeName
	? EventOrigin &
			EventRaw & {
				event: Name;
				/** The kind: `APPROVED`, `connect`, …; the event's name if it has no kinds. */
				type: string;
				id: string | null;
				/** One line for people. */
				text: string;
				/** Meta's fields in camel case. */
				details: NoticeDetails[Name] & JsonObject;
			}
	: never;

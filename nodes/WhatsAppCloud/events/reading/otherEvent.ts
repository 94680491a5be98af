import { NOBODY } from './eventContact';
import { type ChangeScope, originOf } from './changeScope';
import type { EventOrigin, EventRaw } from './eventOrigin';
import { type JsonValue, withinDepth } from './lenientJson';

/** Anything the trigger does not know, unabridged. */
export type OtherEvent = EventOrigin &
	EventRaw & {
		event: 'other';
		/** The name of the field, or the type of a part of it. */
		type: string;
		id: string | null;
	};

/** Anything unknown in a conversation that another agent handles, unabridged. */
export type StandbyRest = EventOrigin &
	EventRaw & {
		event: 'standby';
		/** The name of the list or of the field. */
		type: string;
		id: string | null;
	};

/** Passes on, unabridged, what no reader knows. */
export function otherEvent(scope: ChangeScope, type: string, part: JsonValue): OtherEvent {
	return {
		event: 'other',
		type,
		id: null,
		...originOf(scope, NOBODY, undefined),
		raw: withinDepth(part),
	};
}

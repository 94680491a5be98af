import { hourMs } from '../time/durations';

/** Meta's free entry point: an answer within this time opens it … */
const answerWithinMs = 24 * hourMs;
/** … for this long. */
const openForMs = 72 * hourMs;

/** Whether a message is free because its recipient came through an ad. */
export type FreeEntry = 'yes' | 'perhaps' | 'no';

/**
 * Within a day of the click, either this message is the answer that opens the free entry point, or
 * an earlier one has. Later it depends on whether the person was answered in time.
 * https://developers.facebook.com/docs/whatsapp/pricing#free-entry-point-conversations
 *
 * @param clickedAt when the person wrote from the ad, in milliseconds; null: never, as far as known
 */
export function freeEntryAt(clickedAt: number | null, now: number): FreeEntry {
	if (clickedAt === null) return 'no';
	const age = now - clickedAt;
	if (age < answerWithinMs) return 'yes';
	return age < answerWithinMs + openForMs ? 'perhaps' : 'no';
}

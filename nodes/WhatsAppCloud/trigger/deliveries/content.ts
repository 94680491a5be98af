import type { Account } from '../../graph/account';
import type { TakenOver } from '../../contacts/handoff';
import { withPlace, type PlacedEvent } from '../../events/placeInWebhook';
import type { WebhookEvent } from '../../events/webhookEvent';
import { sealFor, unseal, type TextKeeper } from '../../store/sealedText';
import { Problem } from '../../values/problem';

/** What somebody wants of marketing, as Contact › Set Consent names it. */
export type ConsentMark = 'optedIn' | 'optedOut';

/** What was known of a message's sender when it arrived. */
interface SenderMarks {
	/** Who answers the person, if it was somebody else. */
	handoff?: TakenOver | undefined;
	/** What the message changed as one of the words to opt out or in. */
	consent?: ConsentMark | undefined;
}

/** An event as it is read again. */
export type StoredEvent = PlacedEvent & SenderMarks;

/**
 * An event as it is stored: encrypted where people's identifiers are to be hashed, or texts kept.
 *
 * @param isPlaced Whether its place in the webhook is stored with it.
 */
export function encodeEvent(
	event: WebhookEvent,
	keeper: TextKeeper,
	isPlaced: boolean,
	marks: SenderMarks = {},
): string {
	const placed = isPlaced ? withPlace(event) : event;
	return encodeText(JSON.stringify({ ...placed, ...marks }), keeper);
}

/** A text as it is stored. */
export const encodeText = (text: string, keeper: TextKeeper): string => sealFor(keeper, text);

/** @returns null if the app secret does not decrypt all of them */
export function decodeEvents(contents: readonly string[], appSecret: string): StoredEvent[] | null {
	const texts = contents.map((content) => unseal(content, appSecret));
	if (!texts.every((text) => text !== null)) return null;
	return texts.map((text) => JSON.parse(text) as StoredEvent);
}

/** @throws ContentProblem if the app secret has changed since */
export function decodeText(text: string, { appSecret }: Pick<Account, 'appSecret'>): string {
	const opened = unseal(text, appSecret);
	if (opened === null) throw new ContentProblem();
	return opened;
}

/** What was stored cannot be decrypted. */
export class ContentProblem extends Problem {
	override name = 'ContentProblem';

	constructor() {
		super(
			'The event was stored under another app secret and cannot be read',
			'With "Hash Recipients" or "Keep Texts", events that wait are encrypted with the app secret of the credential. Those that arrived before it was changed are lost; new ones are not affected.',
		);
	}
}

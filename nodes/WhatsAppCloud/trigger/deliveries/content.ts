import type { Account } from '../../graph/account';
import { withPlace, type PlacedEvent } from '../../events/placeInWebhook';
import type { WebhookEvent } from '../../events/webhookEvent';
import { seal, unseal } from '../../store/sealedText';
import { Problem } from '../../values/problem';

/** The part of the credential that decides how content is stored. */
type Keeper = Pick<Account, 'appSecret' | 'hashIdentifiers'>;

/**
 * An event as it is stored: encrypted where people's identifiers are to be hashed.
 *
 * @param isPlaced Whether its place in the webhook is stored with it.
 */
export function encodeEvent(event: WebhookEvent, keeper: Keeper, isPlaced: boolean): string {
	return encodeText(JSON.stringify(isPlaced ? withPlace(event) : event), keeper);
}

/** A text as it is stored. */
export function encodeText(text: string, { appSecret, hashIdentifiers }: Keeper): string {
	return hashIdentifiers ? seal(text, appSecret) : text;
}

/** @returns null if the app secret does not decrypt all of them */
export function decodeEvents(contents: readonly string[], appSecret: string): PlacedEvent[] | null {
	const texts = contents.map((content) => unseal(content, appSecret));
	if (!texts.every((text) => text !== null)) return null;
	return texts.map((text) => JSON.parse(text) as PlacedEvent);
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
			'With "Hash Recipients", events that wait are encrypted with the app secret of the credential. Those that arrived before it was changed are lost; new ones are not affected.',
		);
	}
}

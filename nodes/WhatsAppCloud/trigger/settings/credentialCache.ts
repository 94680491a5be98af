import { ShortMemory } from '../../time/shortMemory';
import type { WebhookSecrets } from './configuration';

/** How long a credential is kept, in milliseconds. */
const KEPT_MS = 10_000;

/** How soon after it was read a credential may be read again for a signature that does not match. */
const FRESH_MS = 1_000;

const MAX_CREDENTIALS = 100;

/**
 * Keeps decrypted credentials for a moment: n8n needs longer to decrypt one than the trigger for the
 * rest of a webhook.
 */
export class CredentialCache {
	private readonly memory: ShortMemory<WebhookSecrets>;

	/** @param now the current time in milliseconds */
	constructor(now: () => number) {
		this.memory = new ShortMemory({ keptMs: KEPT_MS, maxEntries: MAX_CREDENTIALS, now });
	}

	/**
	 * @param id of the credential; null: none is known, so nothing is kept
	 * @throws what reading throws
	 */
	async read(id: string | null, load: () => Promise<WebhookSecrets>): Promise<WebhookSecrets> {
		return id === null ? await load() : await this.memory.read(id, load);
	}

	/**
	 * Forgets a credential whose secret did not fit a signature: it may have been changed.
	 *
	 * @returns whether reading it again is worth it. Anybody can send wrong signatures, so this is so
	 *   only once in a while.
	 */
	drop(id: string | null): boolean {
		if (id === null || !this.memory.isOlder(id, FRESH_MS)) return false;
		this.memory.forget((key) => key === id);
		return true;
	}
}

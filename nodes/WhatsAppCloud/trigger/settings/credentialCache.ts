import type { WebhookSecrets } from './configuration';

/** How long a credential is kept, in milliseconds. */
const KEPT_MS = 10_000;

/** How soon after it was read a credential may be read again for a signature that does not match. */
const FRESH_MS = 1_000;

const MAX_CREDENTIALS = 100;

interface Kept {
	secrets: Promise<WebhookSecrets>;
	readAt: number;
}

/**
 * Keeps decrypted credentials for a moment: n8n needs longer to decrypt one than the trigger for the
 * rest of a webhook.
 */
export class CredentialCache {
	private readonly kept = new Map<string, Kept>();
	private readonly now: () => number;

	/** @param now the current time in milliseconds */
	constructor(now: () => number) {
		this.now = now;
	}

	/**
	 * @param id of the credential; null: none is known, so nothing is kept
	 * @throws what reading throws
	 */
	async read(id: string | null, load: () => Promise<WebhookSecrets>): Promise<WebhookSecrets> {
		if (id === null) return await load();
		const known = this.kept.get(id);
		if (known !== undefined && this.ageOf(known) < KEPT_MS) return await known.secrets;
		const secrets = load();
		this.kept.delete(id);
		this.kept.set(id, { secrets, readAt: this.now() });
		secrets.catch(() => this.kept.delete(id));
		const [oldest] = this.kept.keys();
		if (this.kept.size > MAX_CREDENTIALS && oldest !== undefined) this.kept.delete(oldest);
		return await secrets;
	}

	/**
	 * Forgets a credential whose secret did not fit a signature: it may have been changed.
	 *
	 * @returns whether reading it again is worth it. Anybody can send wrong signatures, so this is so
	 *   only once in a while.
	 */
	drop(id: string | null): boolean {
		const known = id === null ? undefined : this.kept.get(id);
		if (id === null || known === undefined || this.ageOf(known) < FRESH_MS) return false;
		return this.kept.delete(id);
	}

	/** A clock that was set back makes everything old. */
	private ageOf({ readAt }: Kept): number {
		const ageMs = this.now() - readAt;
		return ageMs < 0 ? Infinity : ageMs;
	}
}

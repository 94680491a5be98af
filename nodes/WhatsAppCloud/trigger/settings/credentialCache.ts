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
	/** As last read. */
	private readonly lastSecrets = new Map<
		string,
		Pick<WebhookSecrets, 'appSecret' | 'formerAppSecret'>
	>();

	/** @param now the current time in milliseconds */
	constructor(now: () => number) {
		this.memory = new ShortMemory({ keptMs: KEPT_MS, maxEntries: MAX_CREDENTIALS, now });
	}

	/**
	 * @param id of the credential; null: none is known, so nothing is kept
	 * @throws what reading throws
	 */
	async read(id: string | null, load: () => Promise<WebhookSecrets>): Promise<WebhookSecrets> {
		return id === null
			? await load()
			: await this.memory.read(id, async () => this.noteChange(id, await load()));
	}

	/**
	 * Has a credential read again whose secret did not fit: it may have been changed. Anybody can send
	 * wrong signatures, so this is done only once in a while.
	 */
	expire(id: string | null): void {
		if (id !== null && this.memory.isOlder(id, FRESH_MS)) this.memory.forget((key) => key === id);
	}

	/** Adds the app secret of before, if this process has seen another one. */
	private noteChange(id: string, secrets: WebhookSecrets): WebhookSecrets {
		const last = this.lastSecrets.get(id);
		const isChanged = last !== undefined && !['', secrets.appSecret].includes(last.appSecret);
		const formerAppSecret = isChanged ? last.appSecret : (last?.formerAppSecret ?? null);
		this.lastSecrets.delete(id);
		this.lastSecrets.set(id, { appSecret: secrets.appSecret, formerAppSecret });
		const [oldest] = this.lastSecrets.keys();
		if (this.lastSecrets.size > MAX_CREDENTIALS && oldest !== undefined) {
			this.lastSecrets.delete(oldest);
		}
		return { ...secrets, formerAppSecret };
	}
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';

/** Pause before a lost connection is opened again, in milliseconds. */
const reconnectMs = 1_000;

/** The driver's clients have this, though its types do not list it. */
type Unreferenced = PoolClient & { unref(): void };

/**
 * Listens to notifications on a connection of its own, which is opened when the first listener comes
 * and closed when the last one leaves. A lost connection is opened again; nothing is reported, since
 * whoever listens looks from time to time as well.
 */
export class PostgresListener {
	private readonly openPool: () => Promise<Pool>;
	private readonly listeners = new Map<string, Set<() => void>>();
	private end: AbortController | null = null;

	/** @param openPool a pool of a single connection */
	constructor(openPool: () => Promise<Pool>) {
		this.openPool = openPool;
	}

	/** @returns how to stop listening */
	listen(channel: string, onNotify: () => void): () => void {
		const known = this.listeners.get(channel);
		const callbacks = (known ?? new Set()).add(onNotify);
		if (known === undefined) {
			this.listeners.set(channel, callbacks);
			this.restart();
		}
		return () => {
			callbacks.delete(onNotify);
			if (callbacks.size > 0 || this.listeners.get(channel) !== callbacks) return;
			this.listeners.delete(channel);
			if (this.listeners.size === 0) this.close();
		};
	}

	close(): void {
		this.end?.abort();
		this.end = null;
	}

	/** Opens a connection that listens to all channels of now. */
	private restart(): void {
		this.close();
		this.end = new AbortController();
		void this.keepListening(this.end.signal);
	}

	private async keepListening(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await this.listenOnce(signal).catch(() => undefined);
			await sleep(reconnectMs, undefined, { signal, ref: false }).catch(() => undefined);
		}
	}

	/** Ends when the connection is lost or no longer wanted. */
	private async listenOnce(signal: AbortSignal): Promise<void> {
		const pool = await this.openPool();
		pool.on('error', () => undefined);
		try {
			const client = await pool.connect();
			try {
				await this.follow(client, signal);
			} finally {
				client.release(true);
			}
		} finally {
			await pool.end();
		}
	}

	private async follow(client: PoolClient, signal: AbortSignal): Promise<void> {
		const ended = new Promise<void>((resolve) => {
			client.on('error', () => resolve());
			client.on('end', () => resolve());
			signal.addEventListener('abort', () => resolve(), { once: true });
		});
		client.on('notification', ({ channel }) => this.notify(channel));
		for (const channel of this.listeners.keys()) await client.query(`LISTEN "${channel}"`);
		// A process that has nothing else to do may exit.
		(client as Unreferenced).unref();
		// What was written before this connection listened.
		for (const channel of this.listeners.keys()) this.notify(channel);
		if (!signal.aborted) await ended;
	}

	private notify(channel: string): void {
		for (const onNotify of this.listeners.get(channel) ?? []) onNotify();
	}
}

import type { FaultEngine, WebhookTraits } from '../faults/faults.ts';
import type { JsonObject } from '../json.ts';
import type { Addresses } from '../guard/addresses.ts';
import type { Clock } from '../state/clock.ts';
import { newNumericId } from '../state/ids.ts';
import { Ring } from '../state/ring.ts';
import type { Settings } from '../state/settings.ts';
import { signature, webhookBytes } from './payload.ts';
import { CallbackClient } from './post.ts';

/** How many deliveries `/_simulator/webhooks` keeps. */
const rememberedDeliveries = 1000;
/** A delivery waiting to be overtaken is sent after this time at the latest. */
const reorderTimeoutMs = 1000;

interface WebhookAttempt {
	/** Milliseconds since 1970 on the simulator's clock. */
	at: number;
	httpStatus: number | null;
	/** Why there was no answer. */
	error: string | null;
	/** The start of the answer's body. */
	answer: string;
	durationMs: number;
}

/** One webhook to one callback, with every attempt at it. */
interface WebhookDelivery {
	id: string;
	url: string;
	appId: string;
	field: string;
	event: WebhookTraits['event'];
	status: string | null;
	state: 'pending' | 'delivered' | 'failed' | 'dropped';
	/** Kinds of the faults that were injected. */
	faults: string[];
	attempts: WebhookAttempt[];
	/** Milliseconds since 1970; null if there is no further attempt. */
	nextAttemptAt: number | null;
	value: JsonObject;
}

interface WebhookJob {
	url: string;
	/** The current callback: a retry follows a callback that has changed meanwhile. */
	currentUrl: () => string | null;
	appId: string;
	appSecret: string;
	businessAccountId: string;
	field: string;
	value: JsonObject;
	traits: WebhookTraits;
}

interface Pending {
	delivery: WebhookDelivery;
	bytes: Buffer;
	signature: string;
	currentUrl: () => string | null;
}

/** Sends webhooks with limited concurrency, and retries until the callback answers 200. */
export class WebhookSender {
	readonly client: CallbackClient;
	readonly #clock: Clock;
	readonly #settings: () => Settings['webhooks'];
	readonly #faults: FaultEngine;
	readonly #log = new Ring<WebhookDelivery>(rememberedDeliveries);
	#queue: Pending[] = [];
	#queueStart = 0;
	#held: Pending[] = [];
	#active = 0;
	/** Attempts from before a reset must not affect what came after it. */
	#generation = 0;
	readonly totals = { deliveries: 0, attempts: 0, delivered: 0, failed: 0, dropped: 0, pending: 0 };

	constructor(
		clock: Clock,
		settings: () => Settings['webhooks'],
		faults: FaultEngine,
		addresses: Addresses,
	) {
		this.client = new CallbackClient(addresses);
		this.#clock = clock;
		this.#settings = settings;
		this.#faults = faults;
	}

	list(): WebhookDelivery[] {
		return this.#log.list();
	}

	send(job: WebhookJob): void {
		const faults = this.#faults.ofWebhook(job.traits);
		const bytes = webhookBytes(job.businessAccountId, job.field, job.value);
		const sign = signature(job.appSecret, bytes);
		const copies = faults.find((rule) => rule.kind === 'webhookDuplicate');
		const delayed = faults.find((rule) => rule.kind === 'webhookDelay');
		const total = copies ? (copies.copies ?? 2) : 1;
		for (let copy = 0; copy < total; copy++) {
			const delivery: WebhookDelivery = {
				id: newNumericId(12),
				url: job.url,
				appId: job.appId,
				field: job.field,
				event: job.traits.event,
				status: job.traits.status ?? null,
				state: 'pending',
				faults: faults.map((rule) => rule.kind),
				attempts: [],
				nextAttemptAt: this.#clock.now(),
				value: job.value,
			};
			this.#log.add(delivery);
			this.totals.deliveries++;
			if (faults.some((rule) => rule.kind === 'webhookDrop')) {
				delivery.state = 'dropped';
				delivery.nextAttemptAt = null;
				this.totals.dropped++;
				continue;
			}
			this.totals.pending++;
			const pending = { delivery, bytes, signature: sign, currentUrl: job.currentUrl };
			if (delayed) this.#later(pending, this.#faults.waitMs(delayed, 1000));
			else if (faults.some((rule) => rule.kind === 'webhookReorder')) this.#hold(pending);
			else this.#enqueue(pending);
		}
	}

	reset(): void {
		this.#generation++;
		this.#queue = [];
		this.#queueStart = 0;
		this.#held = [];
		this.#active = 0;
		this.#log.clear();
		Object.assign(this.totals, {
			deliveries: 0,
			attempts: 0,
			delivered: 0,
			failed: 0,
			dropped: 0,
			pending: 0,
		});
	}

	close(): void {
		this.reset();
		this.client.close();
	}

	#later(pending: Pending, waitMs: number): void {
		pending.delivery.nextAttemptAt = this.#clock.now() + waitMs;
		this.#clock.after(waitMs, () => this.#enqueue(pending));
	}

	/** Holds a delivery until the next one has overtaken it. */
	#hold(pending: Pending): void {
		this.#held.push(pending);
		this.#clock.after(reorderTimeoutMs, () => {
			if (!this.#held.includes(pending)) return;
			this.#held = this.#held.filter((held) => held !== pending);
			this.#enqueue(pending);
		});
	}

	#enqueue(pending: Pending): void {
		this.#queue.push(pending);
		this.#pump();
	}

	#pump(): void {
		const { concurrency } = this.#settings();
		while (this.#active < concurrency && this.#queueStart < this.#queue.length) {
			const pending = this.#queue[this.#queueStart++];
			// Shifting a long array is slow; trimming it now and then is not.
			if (this.#queueStart > 1000) {
				this.#queue = this.#queue.slice(this.#queueStart);
				this.#queueStart = 0;
			}
			if (!pending) continue;
			this.#active++;
			void this.#attempt(pending, this.#generation);
		}
	}

	async #attempt(pending: Pending, generation: number): Promise<void> {
		const { delivery } = pending;
		delivery.url = pending.currentUrl() ?? delivery.url;
		const began = performance.now();
		const attempt: WebhookAttempt = {
			at: this.#clock.now(),
			httpStatus: null,
			error: null,
			answer: '',
			durationMs: 0,
		};
		const headers = {
			'content-type': 'application/json',
			'x-hub-signature-256': pending.signature,
		};
		try {
			const { timeoutMs } = this.#settings();
			const answer = await this.client.send(
				'POST',
				delivery.url,
				headers,
				pending.bytes,
				timeoutMs,
			);
			attempt.httpStatus = answer.httpStatus;
			attempt.answer = answer.body;
		} catch (error) {
			attempt.error = error instanceof Error ? error.message || error.name : String(error);
		}
		attempt.durationMs = Math.round(performance.now() - began);
		if (generation !== this.#generation) return;
		this.#active--;
		delivery.attempts.push(attempt);
		this.totals.attempts++;
		this.#settle(pending, attempt.httpStatus === 200);
		for (const held of this.#held.splice(0)) this.#enqueue(held);
		this.#pump();
	}

	#settle(pending: Pending, ok: boolean): void {
		const { delivery } = pending;
		const { maxAttempts, retryBaseMs, retryMaxMs } = this.#settings();
		if (!ok && delivery.attempts.length < maxAttempts) {
			this.#later(pending, Math.min(retryBaseMs * 2 ** (delivery.attempts.length - 1), retryMaxMs));
			return;
		}
		delivery.state = ok ? 'delivered' : 'failed';
		delivery.nextAttemptAt = null;
		this.totals[delivery.state]++;
		this.totals.pending--;
	}
}

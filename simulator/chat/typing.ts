import type { Clock, Job } from '../state/clock.ts';
import type { ChatEvents } from './events.ts';

/** The typing indicator stays for 25 s unless a message comes first. */
const typingMs = 25_000;

/** Tracks in which conversations the business is shown as typing. */
export class Typing {
	readonly #jobs = new Map<string, Job>();

	start(clock: Clock, events: ChatEvents, phoneNumberId: string, customer: string): void {
		const key = `${phoneNumberId}/${customer}`;
		this.#jobs.get(key)?.cancel();
		this.#jobs.set(
			key,
			clock.after(typingMs, () => this.stop(events, phoneNumberId, customer)),
		);
		events.publish('typing', { phoneNumberId, customer, on: true });
	}

	stop(events: ChatEvents, phoneNumberId: string, customer: string): void {
		if (this.#jobs.size === 0) return;
		const key = `${phoneNumberId}/${customer}`;
		const job = this.#jobs.get(key);
		if (!job) return;
		job.cancel();
		this.#jobs.delete(key);
		events.publish('typing', { phoneNumberId, customer, on: false });
	}

	clear(): void {
		this.#jobs.clear();
	}
}

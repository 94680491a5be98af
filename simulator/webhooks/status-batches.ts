import type { WebhookTraits } from '../faults/faults.ts';
import type { JsonObject } from '../json.ts';
import type { PhoneNumber } from '../state/account.ts';
import type { Settings } from '../state/settings.ts';
import { messagesValue } from './payload.ts';
import { publishChange, type Publisher } from './publish.ts';

interface Batch {
	number: PhoneNumber;
	traits: WebhookTraits;
	statuses: JsonObject[];
	/** By `user_id`: each person is in a payload only once. */
	contacts: Map<unknown, JsonObject>;
}

/** Puts statuses that are due together into one payload, if the settings allow that. */
export class StatusBatches {
	readonly #batches = new Map<string, Batch>();

	add(
		publisher: Publisher & { settings: Settings },
		number: PhoneNumber,
		traits: WebhookTraits,
		status: JsonObject,
		contact: JsonObject | null,
	): void {
		const { maxStatusesPerPayload } = publisher.settings.webhooks;
		let batch = this.#batches.get(number.id);
		if (!batch) {
			batch = { number, traits, statuses: [], contacts: new Map() };
			this.#batches.set(number.id, batch);
			if (maxStatusesPerPayload > 1) setImmediate(() => this.#flush(publisher, number.id));
		}
		batch.statuses.push(status);
		if (contact) batch.contacts.set(contact['user_id'], contact);
		if (batch.statuses.length >= maxStatusesPerPayload) this.#flush(publisher, number.id);
	}

	clear(): void {
		this.#batches.clear();
	}

	#flush(publisher: Publisher, phoneNumberId: string): void {
		const batch = this.#batches.get(phoneNumberId);
		if (!batch) return;
		this.#batches.delete(phoneNumberId);
		publishChange(publisher, {
			businessAccountId: batch.number.businessAccountId,
			phoneNumberId,
			field: 'messages',
			value: {
				...messagesValue(batch.number, [...batch.contacts.values()]),
				statuses: batch.statuses,
			},
			traits: batch.traits,
		});
	}
}

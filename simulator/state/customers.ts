import type { ChatCustomer } from '../chat-contract.ts';
import { userIdOf } from './ids.ts';

/** The customers, by phone number and by user ID. */
export class Customers {
	readonly #byWaId = new Map<string, ChatCustomer>();
	readonly #byUserId = new Map<string, ChatCustomer>();

	get(waId: string): ChatCustomer | undefined {
		return this.#byWaId.get(waId);
	}

	byUserId(userId: string): ChatCustomer | undefined {
		return this.#byUserId.get(userId);
	}

	list(): ChatCustomer[] {
		return [...this.#byWaId.values()];
	}

	/** The customer with this number; created on first contact. */
	ensure(waId: string): { customer: ChatCustomer; isNew: boolean } {
		const known = this.#byWaId.get(waId);
		if (known) return { customer: known, isNew: false };
		const customer = {
			waId,
			name: `+${waId}`,
			username: null,
			phoneHidden: false,
			userId: userIdOf(waId),
		};
		this.put(customer);
		return { customer, isNew: true };
	}

	put(customer: ChatCustomer): void {
		this.#byWaId.set(customer.waId, customer);
		this.#byUserId.set(customer.userId, customer);
	}

	clear(): void {
		this.#byWaId.clear();
		this.#byUserId.clear();
		for (const customer of defaultCustomers()) this.put(customer);
	}
}

function defaultCustomers(): ChatCustomer[] {
	const customer = (
		waId: string,
		name: string,
		rest: Partial<ChatCustomer> = {},
	): ChatCustomer => ({
		waId,
		userId: userIdOf(waId),
		name,
		username: null,
		phoneHidden: false,
		...rest,
	});
	return [
		customer('15550200001', 'Ana Torres'),
		customer('15550200002', 'Ben Okafor', { username: 'benokafor' }),
		customer('4915550200003', 'Clara Weiß'),
		customer('15550200004', 'Dana', { username: 'dana.grows', phoneHidden: true }),
	];
}

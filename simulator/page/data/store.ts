/** The page's copy of the server's state, kept up to date by events. */

import type {
	ChatCustomer,
	ChatMessage,
	ChatPhoneNumber,
	ChatProduct,
	ChatState,
	ChatTemplate,
	ChatTyping,
	JsonObject,
} from '../../chat-contract.ts';
import { textAt } from './json.ts';

/** Identifies a conversation: business number and customer. */
export interface ConversationKey {
	phoneNumberId: string;
	customer: string;
}

/** What changed; `null` as key means everything. */
type StoreChange =
	| { kind: 'all' }
	| { kind: 'customers' }
	| { kind: 'templates' }
	| { kind: 'message'; key: ConversationKey; message: ChatMessage; isNew: boolean }
	| { kind: 'typing'; key: ConversationKey; on: boolean };

/** Meta shows the typing indicator until a reply comes, for at most 25 s. */
const typingLastsMs = 25_000;

/** Text form of a key, for maps. */
export function keyText(key: ConversationKey): string {
	return `${key.phoneNumberId} ${key.customer}`;
}

/** Whether the customer has yet to see this message from the business. */
export function isUnread(message: ChatMessage): boolean {
	if (message.author !== 'business') return false;
	return (
		message.status === 'accepted' || message.status === 'sent' || message.status === 'delivered'
	);
}

/** ID of the message that an edit or revocation changes; '' for all other messages. */
function alteredId(message: ChatMessage): string {
	if (message.type !== 'edit' && message.type !== 'revoke') return '';
	return textAt(message.body, message.type, 'original_message_id');
}

export class ChatStore {
	phoneNumbers: ChatPhoneNumber[] = [];
	products: ChatProduct[] = [];
	readonly customers = new Map<string, ChatCustomer>();
	/** The business's templates by ID, in the order of their creation. */
	readonly templates = new Map<string, JsonObject>();
	readonly #conversations = new Map<string, ChatMessage[]>();
	readonly #byId = new Map<string, ChatMessage>();
	/** Updated as messages come and change: after a bulk send there are too many to recount. */
	readonly #unread = new Map<string, number>();
	/** Latest edit or revocation, by the ID of the message that it changes. */
	readonly #alterations = new Map<string, ChatMessage>();
	readonly #typing = new Map<string, ReturnType<typeof setTimeout>>();
	readonly #listeners = new Set<(change: StoreChange) => void>();
	#clockAheadMs = 0;

	/** The simulator's clock, milliseconds since 1970. */
	now(): number {
		return Date.now() + this.#clockAheadMs;
	}

	subscribe(listener: (change: StoreChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#emit(change: StoreChange): void {
		for (const listener of this.#listeners) listener(change);
	}

	/** Replaces everything with a new state from the server. */
	load(state: ChatState): void {
		this.#clockAheadMs = state.now - Date.now();
		this.phoneNumbers = state.phoneNumbers;
		this.products = state.products;
		this.customers.clear();
		this.templates.clear();
		this.#conversations.clear();
		this.#byId.clear();
		this.#alterations.clear();
		this.#unread.clear();
		for (const timer of this.#typing.values()) clearTimeout(timer);
		this.#typing.clear();
		for (const customer of state.customers) this.customers.set(customer.waId, customer);
		for (const template of state.templates) this.templates.set(textAt(template, 'id'), template);
		for (const conversation of state.conversations) {
			this.#conversations.set(keyText(conversation), []);
			for (const message of conversation.messages) this.#insert(message);
		}
		this.#emit({ kind: 'all' });
	}

	/** Adds or updates a customer. */
	putCustomer(customer: ChatCustomer): void {
		this.customers.set(customer.waId, customer);
		this.#emit({ kind: 'customers' });
	}

	/** Adds, updates or removes a template. */
	putTemplate({ id, template }: ChatTemplate): void {
		if (template === null) this.templates.delete(id);
		else this.templates.set(id, template);
		this.#emit({ kind: 'templates' });
	}

	/** Adds or updates a message, by its ID. */
	putMessage(message: ChatMessage): void {
		const isNew = !this.#byId.has(message.id);
		// Tests move the simulator's clock forwards; no message may come from the future.
		this.#clockAheadMs = Math.max(this.#clockAheadMs, message.timestamp - Date.now());
		this.#insert(message);
		const key = { phoneNumberId: message.phoneNumberId, customer: message.customer };
		if (isNew && message.author === 'business') this.#setTyping(key, false);
		const altered = this.#byId.get(alteredId(message));
		if (altered !== undefined) {
			this.#emit({ kind: 'message', key, message: altered, isNew: false });
		}
		this.#emit({ kind: 'message', key, message, isNew });
	}

	#insert(message: ChatMessage): void {
		const text = keyText(message);
		const list = this.#conversations.get(text) ?? [];
		this.#conversations.set(text, list);
		const known = this.#byId.get(message.id);
		this.#byId.set(message.id, message);
		const wasUnread = known !== undefined && isUnread(known);
		const change = Number(isUnread(message)) - Number(wasUnread);
		this.#unread.set(text, (this.#unread.get(text) ?? 0) + change);
		const altered = alteredId(message);
		if (altered !== '') this.#alterations.set(altered, message);
		if (known !== undefined) {
			const index = list.findLastIndex(({ id }) => id === message.id);
			if (index >= 0) list[index] = message;
			return;
		}
		let index = list.length;
		while (index > 0 && (list[index - 1]?.timestamp ?? 0) > message.timestamp) index -= 1;
		list.splice(index, 0, message);
	}

	/** The business started or stopped typing. */
	putTyping({ phoneNumberId, customer, on }: ChatTyping): void {
		this.#setTyping({ phoneNumberId, customer }, on);
	}

	#setTyping(key: ConversationKey, on: boolean): void {
		const text = keyText(key);
		const running = this.#typing.get(text);
		if (running === undefined && !on) return;
		clearTimeout(running);
		this.#typing.delete(text);
		if (on) {
			this.#typing.set(
				text,
				setTimeout(() => this.#setTyping(key, false), typingLastsMs),
			);
		}
		this.#emit({ kind: 'typing', key, on });
	}

	isTyping(key: ConversationKey): boolean {
		return this.#typing.has(keyText(key));
	}

	message(id: string): ChatMessage | undefined {
		return this.#byId.get(id);
	}

	/** The edit or revocation of this message, if any. */
	alteration(id: string): ChatMessage | undefined {
		return this.#alterations.get(id);
	}

	/** Messages to draw, oldest first; edits and revocations only if their target is unknown. */
	messages(key: ConversationKey): ChatMessage[] {
		const list = this.#conversations.get(keyText(key)) ?? [];
		return list.filter((message) => this.isDrawn(message));
	}

	/** Whether a message is a bubble of its own. */
	isDrawn(message: ChatMessage): boolean {
		const altered = alteredId(message);
		return (altered === '' || !this.#byId.has(altered)) && message.type !== 'reaction';
	}

	unreadCount(key: ConversationKey): number {
		return this.#unread.get(keyText(key)) ?? 0;
	}

	/** Unread messages of a number, or of all numbers. */
	unreadTotal(phoneNumberId?: string): number {
		let total = 0;
		for (const [text, count] of this.#unread) {
			if (phoneNumberId === undefined || text.startsWith(`${phoneNumberId} `)) total += count;
		}
		return total;
	}

	/** All customers who can write to this number: those with messages first, newest first. */
	conversationsOf(phoneNumberId: string): ConversationKey[] {
		const customers = new Set(this.customers.keys());
		for (const text of this.#conversations.keys()) {
			const [number, customer] = text.split(' ');
			if (number === phoneNumberId && customer !== undefined) customers.add(customer);
		}
		return [...customers]
			.map((customer) => ({ phoneNumberId, customer }))
			.map((key) => ({ key, last: this.#conversations.get(keyText(key))?.at(-1)?.timestamp ?? 0 }))
			.sort(
				(a, b) =>
					b.last - a.last ||
					this.customerName(a.key.customer).localeCompare(this.customerName(b.key.customer)),
			)
			.map(({ key }) => key);
	}

	customerName(waId: string): string {
		const customer = this.customers.get(waId);
		if (customer !== undefined) return customer.name || `+${waId}`;
		return /^\d+$/.test(waId) ? `+${waId}` : `Group …${waId.slice(-6)}`;
	}

	phoneNumber(id: string): ChatPhoneNumber | undefined {
		return this.phoneNumbers.find((number) => number.id === id);
	}

	businessName(phoneNumberId: string): string {
		const number = this.phoneNumber(phoneNumberId);
		return number?.verifiedName || number?.displayPhoneNumber || phoneNumberId;
	}

	product(catalogId: string, retailerId: string): ChatProduct | undefined {
		return this.products.find(
			(product) =>
				product.retailerId === retailerId && (catalogId === '' || product.catalogId === catalogId),
		);
	}
}

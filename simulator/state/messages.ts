import type { ChatMessage, ChatStatus, JsonObject } from '../chat-contract.ts';
import { isObject } from '../json.ts';
import type { Job } from './clock.ts';
import { EntryPoints } from './entry-points.ts';
import type { EntryPoint } from './entry-points.ts';
import { randomId } from './ids.ts';

/** How a message is priced. */
export interface Pricing {
	category: string;
	type: 'regular' | 'free_customer_service' | 'free_entry_point';
	billable: boolean;
	/** The cost, which Meta only reports for messages with a maximum price. */
	cost?: { amount: number; currency: string };
	/** The free entry point that applies. */
	entry?: EntryPoint;
}

/** A message that the API has accepted, or one that a customer has sent. */
export interface StoredMessage {
	/** As the chat page shows it. */
	chat: ChatMessage;
	/** `biz_opaque_callback_data`. */
	operationId: string | null;
	/** As given in `to` or `recipient`. */
	input: string;
	endpoint: 'messages' | 'marketing_messages' | 'chat';
	/** `waId`s of the group's participants, null for a message to one person. */
	groupParticipants: string[] | null;
	pricing: Pricing | null;
	/** Of the template that Direct Send made; null for all other messages. */
	generatedTemplateId: string | null;
	/** Scheduled statuses. */
	jobs: Job[];
	/** How many statuses have had the price: `sent`, then the first of delivered and read. */
	priced: number;
	/** Statuses of one message never go backwards. */
	rank: number;
	/** A reaction is no bubble of its own. */
	hidden: boolean;
	/** What the answer says of a template message. */
	messageStatus: 'accepted' | 'held_for_quality_assessment';
}

/** Beyond this, the oldest messages are dropped; the counters still include them. */
const maxMessages = 250_000;

/** Rank of each status; a message's rank only rises. */
export const statusRank: Record<ChatStatus, number> = {
	accepted: 0,
	sent: 1,
	delivered: 2,
	read: 3,
	played: 4,
	failed: 5,
};

function conversationKey(phoneNumberId: string, customer: string): string {
	return `${phoneNumberId}/${customer}`;
}

/** All messages by ID and by conversation, oldest first. */
export class MessageLog {
	readonly #byId = new Map<string, StoredMessage>();
	readonly #conversations = new Map<string, Map<string, StoredMessage>>();
	/** Time of the customer's last message by conversation, for the 24-hour window. */
	readonly #lastInboundMs = new Map<string, number>();
	readonly #entryPoints = new EntryPoints();
	/** Orders by number and reference_id, which must be unique. */
	readonly #orders = new Set<string>();
	/** Customers' messages that the business has not marked as read, by conversation. */
	readonly #unread = new Map<string, StoredMessage[]>();

	get size(): number {
		return this.#byId.size;
	}

	get(id: string): StoredMessage | undefined {
		return this.#byId.get(id);
	}

	all(): IterableIterator<StoredMessage> {
		return this.#byId.values();
	}

	add(message: StoredMessage): void {
		const { chat } = message;
		this.#byId.set(chat.id, message);
		const key = conversationKey(chat.phoneNumberId, chat.customer);
		let conversation = this.#conversations.get(key);
		if (!conversation) {
			conversation = new Map<string, StoredMessage>();
			this.#conversations.set(key, conversation);
		}
		conversation.set(chat.id, message);
		if (chat.author === 'customer') {
			this.#lastInboundMs.set(key, chat.timestamp);
			if (isObject(chat.body['referral'])) this.#entryPoints.clicked(key, chat.timestamp);
			const unread = this.#unread.get(key);
			if (unread) unread.push(message);
			else this.#unread.set(key, [message]);
		}
		if (this.#byId.size > maxMessages) this.#forgetOldest();
	}

	conversations(): ReadonlyMap<string, ReadonlyMap<string, StoredMessage>> {
		return this.#conversations;
	}

	conversation(phoneNumberId: string, customer: string): Iterable<StoredMessage> {
		return this.#conversations.get(conversationKey(phoneNumberId, customer))?.values() ?? [];
	}

	/** When the customer last wrote, in ms since 1970. */
	lastInboundMs(phoneNumberId: string, customer: string): number | undefined {
		return this.#lastInboundMs.get(conversationKey(phoneNumberId, customer));
	}

	/** The free entry point that applies to a message sent now. */
	entryPoint(phoneNumberId: string, customer: string, nowMs: number): EntryPoint | null {
		return this.#entryPoints.ofMessage(conversationKey(phoneNumberId, customer), nowMs, randomId);
	}

	addOrder(phoneNumberId: string, referenceId: string): void {
		this.#orders.add(`${phoneNumberId}/${referenceId}`);
	}

	hasOrder(phoneNumberId: string, referenceId: string): boolean {
		return this.#orders.has(`${phoneNumberId}/${referenceId}`);
	}

	/** Removes and returns the customer's unread messages up to this one. */
	takeUnread(message: StoredMessage): StoredMessage[] {
		const key = conversationKey(message.chat.phoneNumberId, message.chat.customer);
		const unread = this.#unread.get(key) ?? [];
		return unread.splice(0, unread.indexOf(message) + 1);
	}

	clear(): void {
		for (const message of this.#byId.values()) for (const job of message.jobs) job.cancel();
		this.#byId.clear();
		this.#conversations.clear();
		this.#lastInboundMs.clear();
		this.#entryPoints.clear();
		this.#unread.clear();
		this.#orders.clear();
	}

	#forgetOldest(): void {
		for (const [id, message] of this.#byId) {
			this.#byId.delete(id);
			const key = conversationKey(message.chat.phoneNumberId, message.chat.customer);
			const conversation = this.#conversations.get(key);
			conversation?.delete(id);
			if (conversation?.size === 0) this.#conversations.delete(key);
			return;
		}
	}
}

/** A message from the business, as the chat page first sees it. */
export function businessMessage(parts: {
	id: string;
	phoneNumberId: string;
	customer: string;
	timestamp: number;
	type: string;
	body: JsonObject;
	contextId: string | null;
	template: JsonObject | null;
	directSend: string | null;
}): ChatMessage {
	return {
		...parts,
		author: 'business',
		status: 'accepted',
		errors: [],
		reactions: { business: null, customer: null },
	};
}

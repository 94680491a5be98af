import { setTimeout as sleep } from 'node:timers/promises';
import type {
	ChatCustomer,
	ChatMessage,
	ChatStatus,
	ChatTyping,
} from '../simulator/chat-contract.ts';
import { readableText, type ChatClient } from './host/chat-client.ts';

const REPLY_TIMEOUT_MS = 30_000;
/** The ticks turn blue shortly after the answer; nothing depends on them. */
const STATUS_TIMEOUT_MS = 5_000;
const POLL_MS = 50;

const STATUS_SIGNS: Record<ChatStatus, string> = {
	accepted: '… accepted',
	sent: '✓ sent',
	delivered: '✓✓ delivered',
	read: '✓✓ read',
	played: '✓✓ played',
	failed: '✘ failed',
};

/** The workflow did not answer, or Meta's side could not deliver its answer. */
class NoReplyError extends Error {
	override readonly name = 'NoReplyError';
}

interface Exchange {
	typed: boolean;
	reply: ChatMessage | null;
	statuses: ChatStatus[];
}

/**
 * Types as a customer and prints what comes back: the typing indicator, the answer, its statuses.
 *
 * @param lines what the customer types; each waits for the answer to the previous one
 * @throws NoReplyError
 */
export async function holdConversation(
	chat: ChatClient,
	options: {
		phoneNumberId: string;
		businessName: string;
		customer: ChatCustomer;
		lines: readonly string[];
		print: (line: string) => void;
	},
): Promise<void> {
	const { phoneNumberId, customer, print } = options;
	const width = Math.max(customer.name.length, options.businessName.length) + 2;
	const say = (who: string, text: string) => {
		text.split('\n').forEach((line, index) => {
			print(`  ${(index === 0 ? who : '').padEnd(width)}${line}`);
		});
	};
	for (const line of options.lines) {
		say(customer.name, line);
		const exchange = await exchangeOne(chat, phoneNumberId, customer.waId, line);
		if (exchange.reply === null) {
			throw new NoReplyError(`No answer to "${line}" within ${REPLY_TIMEOUT_MS / 1_000} s.`);
		}
		if (exchange.typed) say('', 'typing …');
		say(options.businessName, readableText(exchange.reply));
		say('', exchange.statuses.map((status) => STATUS_SIGNS[status]).join('  '));
		if (exchange.statuses.includes('failed')) {
			throw new NoReplyError(`The answer to "${line}" could not be delivered.`);
		}
		print('');
	}
}

async function exchangeOne(
	chat: ChatClient,
	phoneNumberId: string,
	customer: string,
	line: string,
): Promise<Exchange> {
	const exchange: Exchange = { typed: false, reply: null, statuses: [] };
	const concerns = (event: { phoneNumberId: string; customer: string }) =>
		event.phoneNumberId === phoneNumberId && event.customer === customer;
	const seenBefore = new Set(
		(await chat.state()).conversations
			.filter(concerns)
			.flatMap(({ messages }) => messages.map(({ id }) => id)),
	);
	const listening = new AbortController();
	const listener = {
		message: (message: ChatMessage) => {
			if (concerns(message) && !seenBefore.has(message.id)) note(exchange, message);
		},
		typing: (event: ChatTyping) => {
			if (concerns(event)) exchange.typed ||= event.on;
		},
	};
	await chat.listen(listener, listening.signal);
	try {
		await chat.type(phoneNumberId, customer, line);
		await until(() => exchange.reply !== null, REPLY_TIMEOUT_MS);
		await until(() => isSettled(exchange), STATUS_TIMEOUT_MS);
	} finally {
		listening.abort();
	}
	return exchange;
}

function note(exchange: Exchange, message: ChatMessage): void {
	if (message.author !== 'business') return;
	exchange.reply ??= message;
	if (message.id !== exchange.reply.id || message.status === null) return;
	if (message.status !== 'accepted' && !exchange.statuses.includes(message.status)) {
		exchange.statuses.push(message.status);
	}
}

function isSettled({ reply, statuses }: Exchange): boolean {
	return reply === null || statuses.includes('read') || statuses.includes('failed');
}

async function until(condition: () => boolean, timeoutMs: number): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!condition() && Date.now() < deadline) await sleep(POLL_MS);
}

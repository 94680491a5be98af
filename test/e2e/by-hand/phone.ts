import { ChatClient, readableText } from '../../../scripts/host/chat-client.ts';
import { testAccount } from '../../../scripts/host/test-account.ts';
import type { ChatMessage } from '../../../simulator/chat-contract.ts';
import { until } from '../../until.ts';

const { phoneNumberId } = testAccount;

/** The phones of the simulator's customers. */
export class Phone {
	readonly #chat: ChatClient;
	/** What was there before, and what was taken off. */
	readonly #seen: Set<string>;

	private constructor(chat: ChatClient, seen: Set<string>) {
		this.#chat = chat;
		this.#seen = seen;
	}

	/** @param simulatorUrl without a trailing slash */
	static async open(simulatorUrl: string): Promise<Phone> {
		const chat = new ChatClient(simulatorUrl);
		const { conversations } = await chat.state();
		const before = conversations.flatMap(({ messages }) => messages.map(({ id }) => id));
		return new Phone(chat, new Set(before));
	}

	/** @param customer by `waId`, as everywhere here */
	async write(customer: string, text: string): Promise<void> {
		await this.#chat.type(phoneNumberId, customer, text);
	}

	/** Taps a reply button of a message. */
	async tap(customer: string, message: ChatMessage, title: string): Promise<void> {
		const { action } = message.body['interactive'] as {
			action: { buttons: { reply: { id: string; title: string } }[] };
		};
		const button = action.buttons.find(({ reply }) => reply.title === title);
		if (button === undefined) throw new Error(`The message has no button "${title}".`);
		await this.#chat.send(phoneNumberId, customer, {
			type: 'interactive',
			context: { id: message.id },
			interactive: { type: 'button_reply', button_reply: button.reply },
		});
	}

	/**
	 * Waits for the next message of the business, and takes it off.
	 *
	 * @throws Error after a minute
	 */
	async next(customer: string, type: string, text?: string): Promise<ChatMessage> {
		const message = await until(`${customer} gets a message of the type ${type}`, async () => {
			const { conversations } = await this.#chat.state();
			return conversations
				.filter((one) => one.phoneNumberId === phoneNumberId && one.customer === customer)
				.flatMap(({ messages }) => messages)
				.find((one) => one.author === 'business' && one.type === type && !this.#seen.has(one.id));
		});
		this.#seen.add(message.id);
		if (text !== undefined && readableText(message) !== text) {
			throw new Error(`The message says "${readableText(message)}", not "${text}".`);
		}
		return message;
	}
}

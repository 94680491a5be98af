import type { ChatClient } from '../../scripts/host/chat-client.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import type { ChatMessage, JsonObject } from '../../simulator/chat-contract.ts';
import { until } from '../until';
import { sentTo } from './asking-workflow';
import { Typist } from './typist';

const { phoneNumberId } = testAccount;

/** A person in the simulator who writes to the business, and reads what it sends. */
export class Customer {
	/** Digits without `+`. */
	readonly waId: string;
	private readonly chat: ChatClient;
	private readonly heard = new Set<string>();
	private readonly typist = new Typist();

	constructor(chat: ChatClient, waId: string) {
		this.chat = chat;
		this.waId = waId;
	}

	/** As a recipient is written. */
	get phone(): string {
		return `+${this.waId}`;
	}

	/** @returns the message's ID */
	async writes(text: string): Promise<string> {
		await this.typist.types();
		return await this.chat.type(phoneNumberId, this.waId, text);
	}

	/** @param message as in Meta's webhook; @returns its ID */
	async sends(message: { type: string } & JsonObject): Promise<string> {
		await this.typist.types();
		return await this.chat.send(phoneNumberId, this.waId, message);
	}

	/**
	 * Sends a file, whose content is its name.
	 *
	 * @param kind as Meta calls it: `image`, `document`, `audio`
	 * @param about what Meta keeps beside the file: a caption, whether it is a voice note
	 */
	async sendsFile(
		kind: string,
		{ name, type }: { name: string; type: string },
		about: JsonObject = {},
	): Promise<string> {
		const id = await this.chat.upload(new File([name], name, { type }));
		return await this.sends({ type: kind, [kind]: { id, ...about } });
	}

	/** All that the business has sent to this person, oldest first. */
	async received(): Promise<ChatMessage[]> {
		return await sentTo(this.chat, this.waId);
	}

	/** The same as words: see `wordsOf`. */
	async read(): Promise<string[]> {
		return (await this.received()).map(wordsOf);
	}

	/** Waits for a message with these words that was not heard before. */
	async hears(words: string | RegExp): Promise<ChatMessage> {
		const message = await until(`${this.waId} hears ${String(words)}`, async () =>
			(await this.received()).find(
				(each) =>
					!this.heard.has(each.id) &&
					(typeof words === 'string' ? wordsOf(each).includes(words) : words.test(wordsOf(each))),
			),
		);
		this.heard.add(message.id);
		return message;
	}

	/**
	 * Taps a reply button, a row of a list or a quick reply of a template, of the latest message that
	 * has it. @returns the tap's ID
	 */
	async taps(title: string): Promise<string> {
		const answer = await until(`${this.waId} can tap "${title}"`, async () => {
			for (const message of (await this.received()).toReversed()) {
				const found = answersTo(message).find((each) => each.title === title);
				if (found !== undefined) return { ...found.message, context: { id: message.id } };
			}
			return null;
		});
		return await this.sends(answer);
	}
}

/** What somebody reads first in a message: its text, or the template's name; otherwise its type. */
export function wordsOf({ type, body }: ChatMessage): string {
	const { text, interactive, template } = body as {
		text?: { body: string };
		interactive?: { body?: { text: string } };
		template?: { name: string };
	};
	return text?.body ?? interactive?.body?.text ?? template?.name ?? `[${type}]`;
}

interface Answer {
	title: string;
	message: { type: string } & JsonObject;
}

interface Choice {
	id: string;
	title: string;
}

/** What can be tapped in a message. */
function answersTo({ body, template }: ChatMessage): Answer[] {
	const { interactive } = body as {
		interactive?: {
			action?: { buttons?: { reply: Choice }[]; sections?: { rows?: Choice[] }[] };
		};
	};
	const reply =
		(type: 'button_reply' | 'list_reply') =>
		(choice: Choice): Answer => ({
			title: choice.title,
			message: { type: 'interactive', interactive: { type, [type]: choice } },
		});
	const buttons = interactive?.action?.buttons ?? [];
	const rows = interactive?.action?.sections?.flatMap((section) => section.rows ?? []) ?? [];
	return [
		...buttons.map((button) => reply('button_reply')(button.reply)),
		...rows.map(reply('list_reply')),
		...quickReplies(template),
	];
}

/** The quick replies of a template; their payload is their text. */
function quickReplies(template: JsonObject | null): Answer[] {
	const { components = [] } = (template ?? {}) as {
		components?: { type: string; buttons?: { type: string; text: string }[] }[];
	};
	return components
		.flatMap(({ buttons = [] }) => buttons)
		.filter(({ type }) => type === 'QUICK_REPLY')
		.map(({ text }) => ({
			title: text,
			message: { type: 'button', button: { payload: text, text } },
		}));
}

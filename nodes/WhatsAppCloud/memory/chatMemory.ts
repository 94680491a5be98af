import type { RememberedMessage } from './conversation';

/**
 * A message in a form that n8n's AI nodes turn into one of their own, by its `type` and `content`.
 * With a method `_getType`, they would take it for such a one as it is, and models would miss the rest.
 */
export class ChatMessage {
	readonly type: 'human' | 'ai';
	readonly content: string;

	constructor(type: 'human' | 'ai', content: string) {
		this.type = type;
		this.content = content;
	}

	/** Called by Chat Memory Manager, and where an agent limits the tokens of its memory. */
	getType(): string {
		return this.type;
	}

	/** The form in which n8n's log of a run shows messages. */
	toJSON() {
		const name = this.type === 'human' ? 'HumanMessage' : 'AIMessage';
		return {
			lc: 1,
			type: 'constructor',
			id: ['langchain_core', 'messages', name],
			kwargs: { content: this.content, additional_kwargs: {}, response_metadata: {} },
		};
	}
}

/** The customer is the human, the business the model, whoever wrote for it. */
export const toChatMessage = ({ author, line }: RememberedMessage): ChatMessage =>
	new ChatMessage(author === 'contact' ? 'human' : 'ai', line);

/** What n8n's AI nodes call of a memory. */
export interface ChatMemory {
	readonly memoryKeys: readonly string[];
	loadMemoryVariables(values: unknown): Promise<{ chat_history: ChatMessage[] }>;
	saveContext(): Promise<void>;
	clear(): Promise<void>;
	readonly chatHistory: {
		getMessages(): Promise<ChatMessage[]>;
		addMessage(): Promise<void>;
		addMessages(): Promise<void>;
		clear(): Promise<void>;
	};
}

/**
 * A memory of what was really written. It saves nothing that an agent says: whatever reaches the
 * person is kept when it is sent.
 *
 * @param read reads the messages anew
 * @param refuseToClear throws
 */
export function createChatMemory(
	read: () => Promise<ChatMessage[]>,
	refuseToClear: () => never,
): ChatMemory {
	const nothing = async (): Promise<void> => await Promise.resolve();
	const clear = async (): Promise<void> => {
		await nothing();
		refuseToClear();
	};
	return {
		memoryKeys: ['chat_history'],
		loadMemoryVariables: async () => ({ chat_history: await read() }),
		saveContext: nothing,
		clear,
		chatHistory: { getMessages: read, addMessage: nothing, addMessages: nothing, clear },
	};
}

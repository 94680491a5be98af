import {
	ChatMessage,
	createChatMemory,
	toChatMessage,
} from '../../../nodes/WhatsAppCloud/memory/chatMemory';
import type { RememberedMessage } from '../../../nodes/WhatsAppCloud/memory/conversation';

const remembered = (author: RememberedMessage['author'], line: string): RememberedMessage => ({
	author,
	message: { id: 'wamid.1', type: 'text', text: line },
	line,
	at: 0,
});

test('the contact is the human, whoever writes for the business the model', () => {
	expect(
		(['contact', 'workflow', 'campaign', 'person', 'other'] as const).map(
			(author) => toChatMessage(remembered(author, author)).type,
		),
	).toEqual(['human', 'ai', 'ai', 'ai', 'ai']);
});

test('a message is its type and content, so that n8n makes one of its own of it', () => {
	const message = new ChatMessage('human', 'Hello');
	expect(Object.entries(message)).toEqual([
		['type', 'human'],
		['content', 'Hello'],
	]);
	expect('_getType' in message).toBe(false);
	expect(message.getType()).toBe('human');
	expect(message.toJSON()).toMatchObject({
		id: ['langchain_core', 'messages', 'HumanMessage'],
		kwargs: { content: 'Hello' },
	});
});

test('it reads anew each time, saves nothing and cannot be cleared', async () => {
	let reads = 0;
	const memory = createChatMemory(
		async () => await Promise.resolve([new ChatMessage('ai', String(++reads))]),
		() => {
			throw new Error('not here');
		},
	);
	expect(await memory.loadMemoryVariables({})).toMatchObject({ chat_history: [{ content: '1' }] });
	expect(await memory.chatHistory.getMessages()).toMatchObject([{ content: '2' }]);
	await memory.saveContext();
	await memory.chatHistory.addMessages();
	expect(reads).toBe(2);
	await expect(memory.clear()).rejects.toThrow('not here');
	await expect(memory.chatHistory.clear()).rejects.toThrow('not here');
});

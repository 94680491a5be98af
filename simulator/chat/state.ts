import type { ChatConversation, ChatState } from '../chat-contract.ts';
import type { Simulator } from '../simulator.ts';
import { formattedPrice, templateNode } from '../state/account.ts';

/** The page shows no more than this; after a bulk send there can be hundreds of thousands. */
const maxConversations = 300;
const maxMessagesPerConversation = 300;

/** Everything that the page shows when it opens. */
export function chatState(simulator: Simulator): ChatState {
	const { account, customers } = simulator;
	const conversations = newestConversations(simulator);
	const shown = new Set(conversations.map(({ customer }) => customer));
	const people = customers.list();
	return {
		phoneNumbers: [...account.phoneNumbers.values()].map((number) => ({
			id: number.id,
			displayPhoneNumber: number.displayPhoneNumber,
			verifiedName: number.verifiedName,
		})),
		customers: people.filter(
			(customer, index) => index < maxConversations || shown.has(customer.waId),
		),
		conversations,
		templates: [...account.templates.values()].map(templateNode),
		products: [...account.catalogs.values()].flatMap(({ products }) =>
			products.map((product) => ({
				catalogId: product.catalogId,
				retailerId: product.retailerId,
				name: product.name,
				description: product.description,
				price: formattedPrice(product),
				currency: product.currency,
				amount: product.amount,
				imageUrl: product.imageUrl,
			})),
		),
		now: simulator.clock.now(),
	};
}

function newestConversations(simulator: Simulator): ChatConversation[] {
	const result: ChatConversation[] = [];
	for (const messages of simulator.messages.conversations().values()) {
		const visible = [...messages.values()].filter((message) => !message.hidden);
		const [first] = visible;
		if (!first) continue;
		result.push({
			phoneNumberId: first.chat.phoneNumberId,
			customer: first.chat.customer,
			messages: visible.slice(-maxMessagesPerConversation).map(({ chat }) => chat),
		});
	}
	const newest = (conversation: ChatConversation): number =>
		conversation.messages.at(-1)?.timestamp ?? 0;
	return result.sort((a, b) => newest(b) - newest(a)).slice(0, maxConversations);
}

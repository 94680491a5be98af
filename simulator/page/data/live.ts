/** Keeps the store up to date: loads the state, then follows the server's events. */

import type { ChatEvents } from '../../chat-contract.ts';
import { eventsUrl, fetchState } from './api.ts';
import type { ChatStore } from './store.ts';

/**
 * Follows the server for the lifetime of the page. `onConnection` gets `false` when the stream
 * breaks and `true` when the page is up to date again.
 */
export function followServer(store: ChatStore, onConnection: (connected: boolean) => void): void {
	const source = new EventSource(eventsUrl);
	let loading = false;
	let early: (() => void)[] = [];

	// Events that arrive while the state loads wait: the state would overwrite them.
	const apply = (change: () => void): void => {
		if (loading) early.push(change);
		else change();
	};

	const reload = async (): Promise<void> => {
		if (loading) return;
		loading = true;
		try {
			store.load(await fetchState());
			onConnection(true);
		} catch {
			onConnection(false);
		} finally {
			loading = false;
			const waiting = early;
			early = [];
			for (const change of waiting) change();
		}
	};

	const on = <Name extends keyof ChatEvents>(
		name: Name,
		change: (data: ChatEvents[Name]) => void,
	): void => {
		source.addEventListener(name, (event: MessageEvent<string>) => {
			apply(() => change(JSON.parse(event.data) as ChatEvents[Name]));
		});
	};

	on('message', (message) => store.putMessage(message));
	on('typing', (typing) => store.putTyping(typing));
	on('customer', (customer) => store.putCustomer(customer));
	on('template', (template) => store.putTemplate(template));
	on('reset', () => void reload());
	source.addEventListener('open', () => void reload());
	source.addEventListener('error', () => onConnection(false));
}

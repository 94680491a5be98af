import type { FastifyInstance } from 'fastify';
import { asObject, asText } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { StoredMessage } from '../state/messages.ts';

const defaultLimit = 100;
const maxLimit = 10_000;

/** The logs: counters, accepted messages, requests and webhooks. */
export function registerLogs(app: FastifyInstance, simulator: Simulator): void {
	app.get('/_simulator/counters', () => countersOf(simulator));
	app.get('/_simulator/messages', (request) =>
		messagesOf(simulator, asObject(request.query) ?? {}),
	);
	app.get('/_simulator/requests', (request) => {
		const entries = simulator.requests.list();
		const { limit } = rangeOf(asObject(request.query) ?? {});
		return { total: simulator.requests.total, data: entries.slice(-limit) };
	});
	app.delete('/_simulator/requests', () => {
		simulator.requests.clear();
		return { success: true };
	});
	app.get('/_simulator/webhooks', (request) => {
		const { limit } = rangeOf(asObject(request.query) ?? {});
		return { totals: simulator.webhooks.totals, data: simulator.webhooks.list().slice(-limit) };
	});
	app.post('/_simulator/counters/reset', () => {
		simulator.counters.reset();
		return { success: true };
	});
}

function countersOf(simulator: Simulator): JsonObject {
	const { counters } = simulator;
	const perSecond = [...counters.perSecond.values()];
	return {
		acceptedMessages: counters.acceptedMessages,
		refusedMessages: counters.refusedMessages,
		readReceipts: counters.readReceipts,
		uploads: counters.uploads,
		uploadedBytes: counters.uploadedBytes,
		requests: counters.requests,
		connectionsOpened: counters.connectionsOpened,
		connectionsOpen: counters.connectionsOpen,
		graphConnections: counters.graphConnections,
		concurrency: counters.concurrency,
		peakConcurrency: counters.peakConcurrency,
		peakPerSecond: Math.max(0, ...perSecond),
		byRecipient: Object.fromEntries(counters.byRecipient),
		byOperationId: Object.fromEntries(counters.byOperationId),
		byPhoneNumberId: Object.fromEntries(counters.byPhoneNumberId),
		byType: Object.fromEntries(counters.byType),
		perSecond: Object.fromEntries(counters.perSecond),
		webhooks: simulator.webhooks.totals,
	};
}

function rangeOf(query: JsonObject): { offset: number; limit: number } {
	const number = (name: string, fallback: number): number => {
		const value = Number(asText(query[name]) ?? fallback);
		return Number.isInteger(value) && value >= 0 ? value : fallback;
	};
	return { offset: number('offset', 0), limit: Math.min(number('limit', defaultLimit), maxLimit) };
}

/** Messages that the API has accepted, oldest first, a page at a time. */
function messagesOf(simulator: Simulator, query: JsonObject): JsonObject {
	const { offset, limit } = rangeOf(query);
	const wanted = (name: string): string | undefined => asText(query[name]);
	const recipient = wanted('recipient');
	const operationId = wanted('operationId');
	const phoneNumberId = wanted('phoneNumberId');
	const type = wanted('type');
	const data: JsonObject[] = [];
	let total = 0;
	for (const message of simulator.messages.all()) {
		const { chat } = message;
		if (chat.author !== 'business') continue;
		if (recipient !== undefined && recipient.replace(/^\+/, '') !== chat.customer) continue;
		if (operationId !== undefined && operationId !== message.operationId) continue;
		if (phoneNumberId !== undefined && phoneNumberId !== chat.phoneNumberId) continue;
		if (type !== undefined && type !== chat.type) continue;
		if (total >= offset && data.length < limit) data.push(shown(message));
		total++;
	}
	const next = offset + data.length;
	return { total, data, nextOffset: next < total ? next : null };
}

function shown({ chat, operationId, endpoint, input, pricing }: StoredMessage): JsonObject {
	return {
		id: chat.id,
		phoneNumberId: chat.phoneNumberId,
		recipient: chat.customer,
		input,
		operationId,
		endpoint,
		type: chat.type,
		acceptedAt: chat.timestamp,
		status: chat.status,
		errors: chat.errors,
		pricing,
		body: chat.body,
	};
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { asList, asObject, asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';
import { bodyOf, idOf, reachPhoneNumber } from './call.ts';
import { GraphError, invalidParameter, webhookError } from '../errors/graph-error.ts';
import { page } from './paging.ts';
import { readPhone } from '../messages/recipient.ts';

/** A business can only block people who have written to it within this time. */
const blockableMs = 24 * 3_600_000;
const maxBlocked = 64_000;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/block-users */
export function registerBlockUsers(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/block_users', (request) => {
		const number = reach(simulator, request);
		return page(
			simulator,
			request,
			number.blocked,
			(waId) => waId,
			(waId) => ({
				messaging_product: 'whatsapp',
				wa_id: waId,
				...userId(simulator, waId),
			}),
		);
	});
	app.post('/:id/block_users', (request) => {
		const number = reach(simulator, request);
		return change(simulator, request, number, 'added_users', (waId) => {
			if (number.blocked.includes(waId)) return null;
			if (number.blocked.length >= maxBlocked) return 139101;
			const lastMs = simulator.messages.lastInboundMs(number.id, waId);
			if (lastMs === undefined || simulator.clock.now() - lastMs > blockableMs) return 131047;
			number.blocked.push(waId);
			return null;
		});
	});
	app.delete('/:id/block_users', (request) => {
		const number = reach(simulator, request);
		return change(simulator, request, number, 'removed_users', (waId) => {
			number.blocked = number.blocked.filter((blocked) => blocked !== waId);
			return null;
		});
	});
}

function reach(simulator: Simulator, request: FastifyRequest): PhoneNumber {
	return reachPhoneNumber(simulator, request, idOf(request), 'whatsapp_business_messaging');
}

function userId(simulator: Simulator, waId: string): JsonObject {
	const customer = simulator.customers.get(waId);
	return customer ? { user_id: customer.userId } : {};
}

/**
 * Changes one person at a time; `act` returns null or an error code.
 * @throws GraphError 139100 with both lists if somebody could not be changed
 */
function change(
	simulator: Simulator,
	request: FastifyRequest,
	number: PhoneNumber,
	listName: 'added_users' | 'removed_users',
	act: (waId: string) => number | null,
): JsonObject {
	const body = bodyOf(request);
	if (body['messaging_product'] !== 'whatsapp') {
		throw invalidParameter('The parameter messaging_product is required.');
	}
	const users = asList(body['block_users']);
	if (users.length === 0) throw invalidParameter('The parameter block_users is required.');
	const changed: JsonObject[] = [];
	const failed: JsonObject[] = [];
	for (const entry of users) {
		const input = asText(asObject(entry)?.['user']) ?? asText(asObject(entry)?.['user_id']);
		if (input === undefined)
			throw invalidParameter('The parameter block_users[].user is required.');
		const waId = simulator.customers.byUserId(input)?.waId ?? readPhone(simulator, number, input);
		const code = act(waId);
		const person = { input, wa_id: waId, ...userId(simulator, waId) };
		if (code === null) changed.push(person);
		else failed.push({ ...person, errors: [webhookError(code)] });
	}
	const lists = { [listName]: changed, ...(failed.length > 0 ? { failed_users: failed } : {}) };
	if (failed.length === 0) return { messaging_product: 'whatsapp', block_users: lists };
	throw new GraphError(139100, {
		details: 'Some users could not be changed',
		extra: { messaging_product: 'whatsapp', block_users: lists },
	});
}

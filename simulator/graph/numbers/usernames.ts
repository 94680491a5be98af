import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { PhoneNumber } from '../../state/account.ts';
import { GraphError, invalidParameter } from '../../errors/graph-error.ts';
import { bodyOf, idOf, reachPhoneNumber } from '../call.ts';

/**
 * The number's username.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export function registerUsernames(app: FastifyInstance, simulator: Simulator): void {
	const reach = (request: FastifyRequest): PhoneNumber =>
		reachPhoneNumber(simulator, request, idOf(request), 'whatsapp_business_management');
	app.get('/:id/username', (request) => {
		const { username, usernameStatus } = reach(request);
		return username === null ? {} : { username, status: usernameStatus };
	});
	app.get('/:id/username_suggestions', (request) => {
		const { verifiedName } = reach(request);
		const plain = verifiedName.toLowerCase().replace(/[^a-z0-9]+/g, '');
		return { data: [{ username_suggestions: [plain, `${plain}.official`, `hello.${plain}`] }] };
	});
	app.post('/:id/username', (request) => claim(simulator, reach(request), request));
	app.delete('/:id/username', (request) => {
		reach(request).username = null;
		return { success: true };
	});
}

/** @throws GraphError 100, 133010, 147001 or 147005 */
function claim(simulator: Simulator, number: PhoneNumber, request: FastifyRequest): JsonObject {
	const body = bodyOf(request);
	const username = (asText(body['username']) ?? '').toLowerCase();
	const action = asText(body['transfer_action']) ?? 'none';
	checkForm(username);
	if (action !== 'none' && action !== 'force_transfer') {
		throw invalidParameter('Param transfer_action must be one of {none, force_transfer}');
	}
	if (!number.isRegistered) throw new GraphError(133010);
	const holder = [...simulator.account.phoneNumbers.values()].find(
		(other) => other.username === username && other.id !== number.id,
	);
	if (holder) {
		// Accounts of the simulator are of one portfolio only if they are the same.
		if (holder.businessAccountId !== number.businessAccountId) throw new GraphError(147001);
		if (action === 'none') throw new GraphError(147005);
		holder.username = null;
	}
	number.username = username;
	return { status: number.usernameStatus };
}

function checkForm(username: string): void {
	const isRight =
		/^[a-z0-9._]{3,35}$/.test(username) &&
		/[a-z]/.test(username) &&
		!/^\.|\.$|\.\.|^www/.test(username) &&
		!/\.(com|org|net|int|edu|gov|mil|us|in|io|ai|html)$/.test(username);
	if (!isRight) throw invalidParameter('Param username is not in the right format');
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asList, asObject, asText } from '../../json.ts';
import { readPhone } from '../../messages/recipient.ts';
import type { Simulator } from '../../simulator.ts';
import type { Group } from '../../state/groups.ts';
import { maxParticipants } from '../../state/groups.ts';
import { newNumericId } from '../../state/ids.ts';
import { bodyOf } from '../call.ts';
import { GraphError, invalidParameter, webhookError } from '../../errors/graph-error.ts';
import { page } from '../paging.ts';
import { afterwards, personOf, publishGroup } from './group-notices.ts';
import { reachGroup, requireProduct } from './group-access.ts';

/** Who is in a group, and who asks to be. */
export function registerGroupPeople(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/join_requests', (request) => {
		const { joinRequests } = reachGroup(simulator, request);
		return page(
			simulator,
			request,
			joinRequests,
			({ id }) => id,
			({ id, waId, createdAt }) => ({
				join_request_id: id,
				...personOf(simulator, waId),
				creation_timestamp: createdAt,
			}),
		);
	});
	app.post('/:id/join_requests', (request) => answerRequests(simulator, request, 'approved'));
	app.delete('/:id/join_requests', (request) => answerRequests(simulator, request, 'rejected'));
	app.delete('/:id/participants', (request) => removeParticipants(simulator, request));
}

/** @throws GraphError 100; requests that fail are listed in the answer */
function answerRequests(
	simulator: Simulator,
	request: FastifyRequest,
	answer: 'approved' | 'rejected',
): JsonObject {
	const group = reachGroup(simulator, request);
	const ids = asList(requireProduct(bodyOf(request))['join_requests']).map(asText);
	if (ids.length === 0) throw invalidParameter('The parameter join_requests is required.');
	const done: string[] = [];
	const failed: JsonObject[] = [];
	const joined: string[] = [];
	for (const id of ids) {
		const found = group.joinRequests.find((each) => each.id === id);
		const isFull = answer === 'approved' && group.participants.length >= maxParticipants;
		if (!found || isFull) {
			const error = webhookError(found ? 131204 : 131213);
			failed.push({ join_request_id: id ?? '', errors: [error] });
			continue;
		}
		group.joinRequests = group.joinRequests.filter((each) => each !== found);
		done.push(found.id);
		if (answer === 'approved') {
			group.participants.push(found.waId);
			joined.push(found.waId);
		}
	}
	for (const waId of joined) publishJoin(simulator, group, waId, 'join_request_approved');
	return {
		messaging_product: 'whatsapp',
		[`${answer}_join_requests`]: done,
		...(failed.length === 0
			? {}
			: { failed_join_requests: failed, errors: [webhookError(131201)] }),
	};
}

function publishJoin(simulator: Simulator, group: Group, waId: string, reason: string): void {
	publishGroup(simulator, group, 'group_participants_update', {
		type: 'group_participants_add',
		reason,
		added_participants: [personOf(simulator, waId)],
	});
}

/** Answers at once; the webhook says who is gone. @throws GraphError 100 or 131202 */
function removeParticipants(simulator: Simulator, request: FastifyRequest): JsonObject {
	const group = reachGroup(simulator, request);
	const number = simulator.account.phoneNumbers.get(group.phoneNumberId);
	const users = asList(requireProduct(bodyOf(request))['participants']).map((each) =>
		asText(asObject(each)?.['user']),
	);
	if (users.length < 1 || users.length > maxParticipants || !number) {
		throw invalidParameter(`Param participants must name 1 to ${maxParticipants} people`);
	}
	const people = users.map((input) => {
		if (input === undefined)
			throw invalidParameter('The parameter participants[].user is required.');
		const waId = simulator.customers.byUserId(input)?.waId ?? readPhone(simulator, number, input);
		return { input, waId };
	});
	if (new Set(people.map(({ waId }) => waId)).size < people.length) throw new GraphError(131202);
	const isIn = ({ waId }: { waId: string }): boolean => group.participants.includes(waId);
	const gone = people.filter(isIn);
	const strangers = people.filter((person) => !isIn(person));
	group.participants = group.participants.filter(
		(waId) => !gone.some((each) => each.waId === waId),
	);
	group.removed.push(...gone.map(({ waId }) => waId));
	const requestId = newNumericId(15);
	afterwards(simulator, () => {
		publishGroup(simulator, group, 'group_participants_update', {
			type: 'group_participants_remove',
			request_id: requestId,
			initiated_by: 'business',
			removed_participants: gone.map(({ waId, input }) => personOf(simulator, waId, input)),
			...(strangers.length === 0
				? {}
				: {
						failed_participants: strangers.map(({ waId, input }) => ({
							...personOf(simulator, waId, input),
							errors: [webhookError(131212)],
						})),
					}),
		});
	});
	return { messaging_product: 'whatsapp', request_id: requestId };
}

/**
 * Somebody opens the invite link.
 * @throws SyntaxError with the reason why that does nothing
 */
export function openInvite(simulator: Simulator, group: Group, waId: string): void {
	if (group.linkId === null) throw new SyntaxError('The group has no invite link');
	if (group.removed.includes(waId)) throw new SyntaxError(`${waId} was removed from the group`);
	if (group.participants.includes(waId)) throw new SyntaxError(`${waId} is in the group already`);
	if (group.joinApprovalMode === 'auto_approve') {
		if (group.participants.length >= maxParticipants) throw new SyntaxError('The group is full');
		group.participants.push(waId);
		publishJoin(simulator, group, waId, 'invite_link');
		return;
	}
	const id = Buffer.from(`${waId}:${newNumericId(18)}`).toString('base64url');
	group.joinRequests.push({ id, waId, createdAt: simulator.clock.nowSeconds() });
	publishGroup(simulator, group, 'group_participants_update', {
		type: 'group_join_request_created',
		join_request_id: id,
		reason: 'invite_link',
		...personOf(simulator, waId),
	});
}

/** Somebody leaves, or takes back the request to join. @throws SyntaxError if they are not there */
export function leaveGroup(simulator: Simulator, group: Group, waId: string): void {
	const request = group.joinRequests.find((each) => each.waId === waId);
	if (request) {
		group.joinRequests = group.joinRequests.filter((each) => each !== request);
		publishGroup(simulator, group, 'group_participants_update', {
			type: 'group_join_request_revoked',
			join_request_id: request.id,
			...personOf(simulator, waId),
		});
		return;
	}
	if (!group.participants.includes(waId)) throw new SyntaxError(`${waId} is not in the group`);
	group.participants = group.participants.filter((each) => each !== waId);
	publishGroup(simulator, group, 'group_participants_update', {
		type: 'group_participants_remove',
		initiated_by: 'participant',
		removed_participants: [personOf(simulator, waId)],
	});
}

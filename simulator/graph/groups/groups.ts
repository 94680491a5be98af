import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { PhoneNumber } from '../../state/account.ts';
import type { Group, JoinApprovalMode } from '../../state/groups.ts';
import { newGroup, newLinkId } from '../../state/groups.ts';
import { newNumericId } from '../../state/ids.ts';
import { bodyOf, idOf, queryOf, reachPhoneNumber } from '../call.ts';
import { GraphError, invalidParameter } from '../../errors/graph-error.ts';
import { fieldsOf, selectFields } from '../fields.ts';
import type { NodeType } from '../node-type.ts';
import { page } from '../paging.ts';
import { afterwards, personOf, publishGroup } from './group-notices.ts';
import { groupScope, reachGroup, requireProduct } from './group-access.ts';
import { changeGroup, readDescription, readSubject } from './group-settings.ts';
import { registerGroupPeople } from './people.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference */
export function registerGroups(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/groups', (request) => {
		const number = reachPhoneNumber(simulator, request, idOf(request), groupScope);
		const { data: groups, ...paging } = page(
			simulator,
			request,
			groupsOf(simulator, number),
			({ id }) => id,
			({ id, subject, createdAt }) => ({ id, subject, created_at: String(createdAt) }),
		);
		return { data: { groups }, ...paging };
	});
	app.post('/:id/groups', (request) => {
		const number = reachPhoneNumber(simulator, request, idOf(request), groupScope);
		return create(simulator, number, requireProduct(bodyOf(request)));
	});
	app.get('/:id/invite_link', (request) => linkAnswer(reachGroup(simulator, request)));
	app.post('/:id/invite_link', (request) => {
		const group = reachGroup(simulator, request);
		requireProduct(bodyOf(request));
		group.linkId = newLinkId();
		return linkAnswer(group);
	});
	app.delete('/:id/invite_link', (request) => {
		reachGroup(simulator, request).linkId = null;
		return { messaging_product: 'whatsapp', success: true };
	});
	registerGroupPeople(app, simulator);
}

const groupsOf = ({ account }: Simulator, { id }: PhoneNumber): Group[] =>
	[...account.groups.values()].filter((group) => group.phoneNumberId === id);

function linkAnswer({ linkId }: Group): JsonObject {
	if (linkId === null) throw new GraphError(131009, { details: 'The group has no invite link' });
	return {
		messaging_product: 'whatsapp',
		invite_link: `https://chat.whatsapp.com/${linkId}`,
	};
}

/** @throws GraphError 100, 131211 for too many groups, 131215 for a number without groups */
function create(simulator: Simulator, number: PhoneNumber, body: JsonObject): JsonObject {
	if (!number.groupsAllowed) throw new GraphError(131215);
	const subject = readSubject(body['subject']);
	if (subject === undefined) throw invalidParameter('The parameter subject is required.');
	const description = readDescription(body['description']) ?? null;
	const joinApprovalMode = readMode(body['join_approval_mode']);
	if (groupsOf(simulator, number).length >= simulator.settings.limits.groupsPerNumber) {
		throw new GraphError(131211);
	}
	const requestId = newNumericId(15);
	const id = `${Buffer.from(`capi_group:${number.id}:${newNumericId(18)}`).toString('base64url')}ZD`;
	afterwards(simulator, () => {
		const group = newGroup({
			id,
			phoneNumberId: number.id,
			subject,
			description,
			joinApprovalMode,
			createdAt: simulator.clock.nowSeconds(),
		});
		simulator.account.groups.set(id, group);
		publishGroup(simulator, group, 'group_lifecycle_update', {
			type: 'group_create',
			request_id: requestId,
			subject,
			...(description === null ? {} : { description }),
			invite_link: `https://chat.whatsapp.com/${group.linkId ?? ''}`,
			join_approval_mode: joinApprovalMode,
		});
	});
	return { messaging_product: 'whatsapp', request_id: requestId };
}

function readMode(value: unknown): JoinApprovalMode {
	const mode = asText(value) ?? 'auto_approve';
	if (mode === 'auto_approve' || mode === 'approval_required') return mode;
	throw invalidParameter(
		'Param join_approval_mode must be one of {approval_required, auto_approve}',
	);
}

function groupNode(simulator: Simulator, group: Group): JsonObject {
	return {
		messaging_product: 'whatsapp',
		id: group.id,
		subject: group.subject,
		description: group.description ?? undefined,
		suspended: group.suspended,
		creation_timestamp: group.createdAt,
		join_approval_mode: group.joinApprovalMode,
		total_participant_count: group.participants.length,
		participants: group.participants.map((waId) => personOf(simulator, waId)),
	};
}

export const groupNodes: NodeType = {
	owns: (simulator, id) => simulator.account.groups.has(id),
	get(simulator, request) {
		const fields = fieldsOf(queryOf(request)['fields'], ['messaging_product']);
		return selectFields(
			groupNode(simulator, reachGroup(simulator, request)),
			fields,
			'WhatsAppGroup',
		);
	},
	async post(simulator, request) {
		return await changeGroup(simulator, request, reachGroup(simulator, request));
	},
	delete(simulator, request) {
		const group = reachGroup(simulator, request);
		simulator.account.groups.delete(group.id);
		const requestId = newNumericId(15);
		afterwards(simulator, () => {
			publishGroup(simulator, group, 'group_lifecycle_update', {
				type: 'group_delete',
				request_id: requestId,
			});
		});
		return { success: true };
	},
};

import type { FastifyRequest } from 'fastify';
import type { FaultRule } from '../faults/faults.ts';
import type { RequestEntry } from '../state/request-log.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { AccessToken, App, BusinessAccount, PhoneNumber } from '../state/account.ts';
import {
	GraphError,
	invalidParameter,
	nonexistingField,
	unknownObject,
} from '../errors/graph-error.ts';

/** What a request to the Graph API carries from hook to hook. */
export interface GraphCall {
	version: string;
	entry: RequestEntry;
	/** A fault to apply to the answer. */
	fault: FaultRule | null;
	/** The caller: a user's or system user's token, or an app with its ID and secret. */
	token: AccessToken | null;
	app: App | null;
}

declare module 'fastify' {
	interface FastifyRequest {
		graph: GraphCall | null;
	}
}

type Scope = 'whatsapp_business_messaging' | 'whatsapp_business_management' | 'business_management';

/** @throws Error outside the Graph routes */
export function callOf(request: FastifyRequest): GraphCall {
	if (!request.graph) throw new Error('not a Graph request');
	return request.graph;
}

export function idOf(request: FastifyRequest): string {
	return asText(asObject(request.params)?.['id']) ?? '';
}

export function queryOf(request: FastifyRequest): JsonObject {
	return asObject(request.query) ?? {};
}

/** The body as an object; a missing one is empty. */
export function bodyOf(request: FastifyRequest): JsonObject {
	if (request.body === undefined || request.body === null) return {};
	const body = asObject(request.body);
	if (!body) throw invalidParameter('The request body must be a JSON object');
	return body;
}

/** A parameter from the query or the body: Graph accepts it in either. */
export function parameter(request: FastifyRequest, name: string): unknown {
	return queryOf(request)[name] ?? asObject(request.body)?.[name];
}

/** The business account, if the caller has access to it. @throws GraphError 100, 200 or 10 */
export function reachBusinessAccount(
	simulator: Simulator,
	request: FastifyRequest,
	id: string,
	scope: Scope,
	objectId = id,
): BusinessAccount {
	const { token } = callOf(request);
	const account = simulator.account.businessAccounts.get(id);
	if (token && !token.scopes.includes(scope)) {
		if (scope === 'whatsapp_business_messaging') {
			throw new GraphError(10, {
				message: 'Application does not have permission for this action',
				details: `The access token lacks the permission ${scope}`,
			});
		}
		throw new GraphError(200, {
			message: "Your app doesn't have permission to access this WhatsApp Business Account",
			details: `The access token lacks the permission ${scope}`,
		});
	}
	if (!account || !token?.businessAccountIds.includes(id)) {
		const owner = simulator.account.phoneNumbers.get(id)?.businessAccountId ?? '';
		throw ofOtherType(request, objectId, owner, 'WhatsAppBusinessPhoneNumber');
	}
	return account;
}

/** Meta's answer for an edge of an object whose type has no such edge: reads name the edge. */
function ofOtherType(
	request: FastifyRequest,
	id: string,
	ownerId: string,
	nodeType: string,
): GraphError {
	const isReachable = callOf(request).token?.businessAccountIds.includes(ownerId) === true;
	const edge = request.routeOptions.url?.split('/').at(-1) ?? '';
	return request.method === 'GET' && isReachable
		? nonexistingField(edge, nodeType)
		: unknownObject(request.method, id);
}

/** The phone number, if the caller has access to its account. @throws GraphError 100, 200 or 10 */
export function reachPhoneNumber(
	simulator: Simulator,
	request: FastifyRequest,
	id: string,
	scope: Scope,
): PhoneNumber {
	const number = simulator.account.phoneNumbers.get(id);
	if (!number) throw ofOtherType(request, id, id, 'WhatsAppBusinessAccount');
	reachBusinessAccount(simulator, request, number.businessAccountId, scope, id);
	return number;
}

/** The address of this server, without a trailing slash. */
export function originOf(simulator: Simulator, request: FastifyRequest): string {
	return simulator.publicUrl || `${request.protocol}://${request.host}`;
}

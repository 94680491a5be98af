import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphError, subcodeMembers } from '../errors/graph-error.ts';
import type { GraphCall } from './call.ts';
import { tokenOf } from './authenticate.ts';
import { withoutVersion } from './version.ts';
import { asObject, asText } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { FaultRule, RequestTraits } from '../faults/faults.ts';

/** Number of pieces in which a slow body is sent. */
const slowPieces = 10;
const defaultSlowBodyMs = 5000;

const htmlPage =
	'<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>' +
	'<body><center><h1>502 Bad Gateway</h1></center></body></html>\n';

function traitsOf(request: FastifyRequest): RequestTraits {
	const path = withoutVersion(request.originalUrl).split('?')[0] ?? '';
	const body = asObject(request.body);
	const to = asText(body?.['to']);
	return {
		path,
		method: request.method,
		phoneNumberId: asText(asObject(request.params)?.['id']),
		recipient: to === undefined ? asText(body?.['recipient']) : to.replace(/[\s()+-]/g, ''),
		operationId: asText(body?.['biz_opaque_callback_data']),
		messageType: body ? (asText(body['type']) ?? 'text') : undefined,
	};
}

/** The error that the rule describes. */
function asGraphError(rule: FaultRule): GraphError {
	return new GraphError(rule.code ?? 131000, {
		message: rule.message,
		extra: subcodeOf(rule),
		details: rule.details,
		httpStatus: rule.httpStatus,
		isTransient: rule.isTransient,
		retryAfterSeconds: rule.retryAfterSeconds,
	});
}

function subcodeOf({ subcode, userTitle, userMessage }: FaultRule): JsonObject | undefined {
	return subcode === undefined ? undefined : subcodeMembers(subcode, userMessage, userTitle);
}

function expireToken(simulator: Simulator, request: FastifyRequest, rule: FaultRule): void {
	const token = simulator.account.tokens.get(rule.token ?? tokenOf(request) ?? '');
	if (token) token.expiresAt = simulator.clock.nowSeconds();
}

function breakConnection(reply: FastifyReply): void {
	reply.raw.socket?.resetAndDestroy();
}

/**
 * Waits, and applies faults that come before the request is processed. Faults in the answer are
 * kept in `call.fault` for {@link changeAnswer}.
 * @throws GraphError for errors instead of acceptance
 */
export async function faultBefore(
	simulator: Simulator,
	request: FastifyRequest,
	reply: FastifyReply,
	call: GraphCall,
): Promise<void> {
	if (simulator.faults.list().length === 0) return;
	const { latencyMs, fault } = simulator.faults.ofRequest(traitsOf(request));
	if (latencyMs > 0) await sleep(latencyMs);
	if (!fault) return;
	call.entry.fault = fault.kind;
	// Only an existing body can be broken or slow.
	const late = fault.kind === 'brokenJson' || fault.kind === 'slowBody';
	if (fault.when === 'after' || late) {
		call.fault = fault;
		return;
	}
	switch (fault.kind) {
		case 'error':
			throw asGraphError(fault);
		case 'tokenExpired':
			expireToken(simulator, request, fault);
			return;
		case 'reset':
			reply.hijack();
			breakConnection(reply);
			return;
		case 'noResponse':
			reply.hijack();
			return;
		case 'html':
			await reply
				.code(fault.httpStatus ?? 502)
				.type('text/html; charset=utf-8')
				.send(fault.message ?? htmlPage);
			return;
		default:
			return;
	}
}

/** The answer with the fault applied; by now the message is accepted. */
export async function changeAnswer(
	simulator: Simulator,
	request: FastifyRequest,
	reply: FastifyReply,
	fault: FaultRule,
	payload: unknown,
): Promise<unknown> {
	const text = typeof payload === 'string' ? payload : '{"success":true}';
	switch (fault.kind) {
		case 'error': {
			const error = asGraphError(fault);
			reply.code(error.httpStatus);
			if (error.retryAfterSeconds !== undefined) {
				reply.header('retry-after', String(error.retryAfterSeconds));
			}
			return JSON.stringify(error.envelope());
		}
		case 'tokenExpired':
			expireToken(simulator, request, fault);
			return payload;
		case 'reset':
			breakConnection(reply);
			return payload;
		case 'noResponse':
			return await new Promise<never>(() => undefined);
		case 'brokenJson':
			return text.slice(0, Math.max(1, Math.floor(text.length / 2)));
		case 'html':
			reply.code(fault.httpStatus ?? 502).type('text/html; charset=utf-8');
			return fault.message ?? htmlPage;
		case 'slowBody': {
			const bytes = Buffer.from(text);
			reply.header('content-length', String(bytes.length));
			return Readable.from(dribble(bytes, simulator.faults.waitMs(fault, defaultSlowBodyMs)));
		}
		default:
			return payload;
	}
}

async function* dribble(bytes: Buffer, totalMs: number): AsyncGenerator<Buffer> {
	const size = Math.max(1, Math.ceil(bytes.length / slowPieces));
	for (let offset = 0; offset < bytes.length; offset += size) {
		await sleep(totalMs / slowPieces);
		yield bytes.subarray(offset, offset + size);
	}
}

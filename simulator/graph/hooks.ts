import type { FastifyInstance, FastifyRequest } from 'fastify';
import { changeAnswer, faultBefore } from './fault-effects.ts';
import { maskUrl } from '../state/request-log.ts';
import type { Simulator } from '../simulator.ts';
import { newNumericId, newTraceId } from '../state/ids.ts';
import { authenticate } from './authenticate.ts';
import type { GraphCall } from './call.ts';
import { GraphError } from '../errors/graph-error.ts';
import { reasonOf, statusOf } from '../errors/thrown.ts';
import { graphVersionOf } from './version.ts';

/** Graph routes that need no token, or check it themselves. */
const publicPaths: ReadonlySet<string> = new Set(['/oauth/access_token']);

/** What every Graph request passes through: log, version, faults, token, Meta's headers. */
export function addGraphHooks(app: FastifyInstance, simulator: Simulator): void {
	app.decorateRequest('graph', null);

	app.addHook('onRequest', async (request, reply) => {
		const call = beginCall(simulator, request);
		reply.raw.once('close', () => {
			simulator.counters.requestEnded();
			call.entry.durationMs = Date.now() - call.entry.at;
			if (reply.raw.writableFinished) call.entry.httpStatus = reply.raw.statusCode;
		});
		// Whatever an answer contains, a browser must not execute any of it.
		reply.header('content-security-policy', 'sandbox');
		reply.header('x-fb-request-id', newTraceId());
		reply.header('x-fb-trace-id', newTraceId());
		call.version = graphVersionOf(request.originalUrl, simulator.clock.now());
		call.entry.graphVersion = call.version;
		reply.header('facebook-api-version', call.version);
	});

	app.addHook('preHandler', async (request, reply) => {
		const call = request.graph;
		if (!call) return;
		if (request.body !== undefined && !isStream(request.body)) call.entry.body = request.body;
		await faultBefore(simulator, request, reply, call);
		if (reply.sent) return reply;
		const path = request.url.split('?')[0] ?? '';
		if (!publicPaths.has(path)) authenticate(simulator, request, call);
		return undefined;
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const fault = request.graph?.fault;
		return fault ? await changeAnswer(simulator, request, reply, fault, payload) : payload;
	});

	app.setErrorHandler((error, request, reply) => {
		const graphError = asGraphError(error, request);
		if (graphError.retryAfterSeconds !== undefined) {
			reply.header('retry-after', String(graphError.retryAfterSeconds));
		}
		if (graphError.httpStatus === 401) {
			reply.header(
				'www-authenticate',
				`OAuth "Facebook Platform" "invalid_token" "${graphError.message}"`,
			);
		}
		return reply
			.code(graphError.httpStatus)
			.send(graphError.envelope(String(reply.getHeader('x-fb-trace-id') ?? newTraceId())));
	});
}

function isStream(body: unknown): boolean {
	return typeof body === 'object' && body !== null && 'pipe' in body;
}

function beginCall(simulator: Simulator, request: FastifyRequest): GraphCall {
	const { headers } = request;
	const call: GraphCall = {
		version: '',
		entry: {
			at: Date.now(),
			method: request.method,
			path: maskUrl(request.originalUrl),
			graphVersion: null,
			token: null,
			appSecretProof: false,
			userAgent: headers['user-agent'] ?? null,
			contentType: headers['content-type'] ?? null,
			body: null,
			httpStatus: null,
			fault: null,
			durationMs: null,
		},
		fault: null,
		token: null,
		app: null,
	};
	request.graph = call;
	simulator.counters.requestBegan(request.raw.socket);
	simulator.requests.add(call.entry);
	return call;
}

/** Turns the web framework's errors into Meta's; anything unexpected becomes Meta's code 1. */
function asGraphError(error: unknown, request: FastifyRequest): GraphError {
	if (error instanceof GraphError) return error;
	const status = statusOf(error);
	const message = reasonOf(error);
	if (status >= 400 && status < 500) {
		return new GraphError(100, { message, details: message, httpStatus: status });
	}
	process.stderr.write(`${request.method} ${maskUrl(request.originalUrl)}: ${String(error)}\n`);
	if (error instanceof Error && error.stack !== undefined) process.stderr.write(`${error.stack}\n`);
	return new GraphError(1, {
		message: 'An unknown error occurred',
		httpStatus: 500,
		details: `Trace ${newNumericId(8)}`,
	});
}

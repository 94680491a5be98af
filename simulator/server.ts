import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { registerAdmin } from './admin/routes.ts';
import { registerChat } from './chat/routes.ts';
import { registerPage } from './chat/page.ts';
import { registerGraph } from './graph/routes.ts';
import { registerSamples } from './graph/samples.ts';
import { unknownPath, withoutVersion } from './graph/version.ts';
import { addGuard } from './guard/guard.ts';
import type { Simulator } from './simulator.ts';

/** Clients keep connections open between sends; the server must not be the first to close them. */
const keepAliveTimeoutMs = 75_000;

/** The HTTP server of one simulator; it does not listen yet. */
export function createServer(simulator: Simulator): FastifyInstance {
	const app = Fastify({
		keepAliveTimeout: keepAliveTimeoutMs,
		forceCloseConnections: true,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
		rewriteUrl: (request) => rewrite(request.url ?? '/'),
		// A path that cannot be decoded reaches no route, nor any route's hooks.
		frameworkErrors: (_error, request, reply) => {
			answerBadPath(request.originalUrl, reply);
		},
	});
	app.server.headersTimeout = keepAliveTimeoutMs + 5000;
	const { counters } = simulator;
	app.server.on('connection', (socket) => {
		counters.connectionsOpened++;
		counters.connectionsOpen++;
		socket.setNoDelay(true);
		socket.once('close', () => counters.connectionsOpen--);
	});
	addGuard(app, simulator.addresses, simulator.publicUrl);
	void app.register((scope, _options, done) => {
		registerAdmin(scope, simulator);
		done();
	});
	void app.register(async (scope) => registerChat(scope, simulator));
	void app.register((scope, _options, done) => {
		registerPage(scope);
		done();
	});
	void app.register((scope, _options, done) => {
		registerSamples(scope, simulator);
		done();
	});
	void app.register(async (scope) => registerGraph(scope, simulator));
	app.addHook('onClose', (_instance, done) => {
		simulator.clock.stop();
		simulator.webhooks.close();
		simulator.media.removeFolder();
		done();
	});
	return app;
}

function answerBadPath(url: string, reply: FastifyReply): void {
	const graphError = unknownPath(url);
	void reply.code(graphError.httpStatus).send(graphError.envelope());
}

/** One route serves all versions; upload sessions contain a colon, which routes cannot match. */
function rewrite(url: string): string {
	const path = withoutVersion(url);
	return path.startsWith('/upload:') ? `/_upload/${path.slice('/upload:'.length)}` : path;
}

/** The port that the server listens on. */
export function portOf(app: FastifyInstance): number {
	const address = app.server.address();
	return (address as AddressInfo).port;
}

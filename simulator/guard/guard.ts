import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphError } from '../errors/graph-error.ts';
import type { Addresses } from './addresses.ts';

const adminPath = '/_simulator';
/** The one path of the admin and chat APIs that takes a file. */
const uploadPath = '/_simulator/chat/media';

/** Pages that another page may link to. */
const linkedPaths =
	/^\/(?:_simulator\/chat\/?|convert|_simulator\/chat\/convert\/index\.html)?(?:\?|$)/;

/**
 * Keeps other pages in the same browser from driving the simulator: its tokens are public, so only
 * the origin of a request shows who is asking.
 */
export function addGuard(app: FastifyInstance, addresses: Addresses, publicUrl: string): void {
	const publicOrigin = URL.canParse(publicUrl) ? new URL(publicUrl).origin : null;
	app.addHook('onRequest', (request, reply, done) => {
		reply.header('x-content-type-options', 'nosniff');
		const problem =
			hostProblem(request, addresses) ??
			originProblem(request, publicOrigin) ??
			contentTypeProblem(request);
		if (problem === null) done();
		else refuse(request, reply, problem);
	});
}

interface Problem {
	status: 403 | 415;
	words: string;
}

function hostProblem({ headers }: FastifyRequest, addresses: Addresses): Problem | null {
	const host = headers.host ?? '';
	if (addresses.isOwn(host)) return null;
	return {
		status: 403,
		words: `The simulator does not answer to the name ${host.slice(0, 100)}. Use 127.0.0.1 or localhost, or start it with --allow-host NAME.`,
	};
}

/**
 * Clients other than browsers send neither header.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
function originProblem(request: FastifyRequest, publicOrigin: string | null): Problem | null {
	const { headers } = request;
	const site = headers['sec-fetch-site'];
	const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
	if (isOwnSite && isOwnOrigin(headers, publicOrigin)) return null;
	if (isLink(request)) return null;
	return {
		status: 403,
		words:
			'Requests from other web pages are refused; the simulator answers only its own page and programs.',
	};
}

function isOwnOrigin({ origin, host }: IncomingHttpHeaders, publicOrigin: string | null): boolean {
	if (origin === undefined || origin === publicOrigin) return true;
	return URL.canParse(origin) && new URL(origin).host === host;
}

/** Someone follows a link to the chat page. */
function isLink({ method, headers, originalUrl }: FastifyRequest): boolean {
	return (
		method === 'GET' &&
		headers['sec-fetch-mode'] === 'navigate' &&
		headers['sec-fetch-dest'] === 'document' &&
		headers.origin === undefined &&
		linkedPaths.test(originalUrl)
	);
}

/** Refuses the content types that a form on any page could send: they are not JSON. */
function contentTypeProblem({ method, headers, routeOptions }: FastifyRequest): Problem | null {
	// The route's path: the request's own can be written in many ways.
	const path = routeOptions.url ?? '';
	if (method === 'GET' || !path.startsWith(adminPath)) return null;
	const hasBody =
		headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
	const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	const wanted = path === uploadPath ? 'multipart/form-data' : 'application/json';
	if (type === wanted || (type === '' && !hasBody)) return null;
	return { status: 415, words: `${path} takes ${wanted} only` };
}

function refuse(request: FastifyRequest, reply: FastifyReply, { status, words }: Problem): void {
	const isAdmin = request.url.startsWith(adminPath);
	const envelope = new GraphError(10, { message: words, details: words }).envelope();
	void reply.code(status).send(isAdmin ? { error: words } : envelope);
}

import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { isPublicHost } from './publicHost';
import { minuteMs } from '../../time/durations';

/** Maximum connections per process and host. A send holds one while it waits. */
const maxConnections = 200;

/** Time for the TCP and TLS handshake. */
const connectTimeoutMs = 10_000;

/** Where a request may go: anywhere, or only to addresses of the internet. */
export type Reach = 'anywhere' | 'public';

/** A name leads to an address that is not of the internet. */
export class PrivateAddressError extends Error {
	override name = 'PrivateAddressError';
}

/**
 * One pool for the whole process and reach, so that connections outlive an execution. It honours the
 * same proxy variables as n8n itself (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`). Where a proxy looks
 * names up, it alone decides which addresses are let through.
 */
const dispatchers = new Map<Reach, Dispatcher>();

function dispatcherFor(reach: Reach): Dispatcher {
	const known = dispatchers.get(reach);
	if (known !== undefined) return known;
	const lookUp = reach === 'public' ? { lookup: publicLookup } : {};
	const dispatcher = new EnvHttpProxyAgent({
		connections: maxConnections,
		// Over HTTP/2, undici repeats requests by itself if a server refuses a stream, and all wait
		// for the first connection. With HTTP/1.1, each request is made once, and we know which have
		// left.
		allowH2: false,
		connect: { timeout: connectTimeoutMs, ...lookUp },
		// A little shorter than in common load balancers, so that a request rarely meets a closing
		// connection.
		keepAliveTimeout: 20_000,
		keepAliveMaxTimeout: minuteMs,
	});
	dispatchers.set(reach, dispatcher);
	return dispatcher;
}

/** Looks a name up when connecting, so that it cannot lead elsewhere than what was checked. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
	lookup(hostname, { ...options, all: true }, (error, addresses) => {
		const found = error === null ? addresses.filter(({ address }) => isPublicHost(address)) : [];
		const [first] = found;
		if (first === undefined) {
			const problem = `${hostname} leads to an address that is not of the internet`;
			callback(error ?? new PrivateAddressError(problem), '', 0);
		} else if (options.all === true) callback(null, found);
		else callback(null, first.address, first.family);
	});
};

/** What undici's `request` takes, except for the pool. */
type HttpOptions = Omit<NonNullable<Parameters<typeof request>[1]>, 'dispatcher' | 'signal'> & {
	/** Ends the request, even while it waits for a connection. */
	signal: AbortSignal;
	/** Anywhere by default. */
	reach?: Reach;
};

/** The body of an answer. */
export type HttpBody = Dispatcher.ResponseData['body'];

/** A request on its way. */
interface StartedRequest {
	answer: Promise<Dispatcher.ResponseData<unknown>>;
	/**
	 * Whether any of it may have left. Nothing has while it waits for a connection: for DNS, TCP, a
	 * proxy tunnel, TLS, or its place in the pool.
	 */
	hasLeft(): boolean;
}

/** Starts a request in the pool. Never follows redirects: they would send the token elsewhere. */
export function startRequest(url: string | URL, options: HttpOptions): StartedRequest {
	let hasLeft = false;
	const onStart = notifyStart(() => {
		hasLeft = true;
	});
	const { signal, reach = 'anywhere', ...rest } = options;
	const answer = new Promise<Dispatcher.ResponseData<unknown>>((resolve, reject) => {
		request(url, { ...rest, signal, dispatcher: dispatcherFor(reach).compose(onStart) }).then(
			resolve,
			reject,
		);
		// undici checks the signal only once it has a connection, and then does not write the request.
		// The caller should not wait for that: a proxy may be silent for minutes.
		signal.addEventListener('abort', () => {
			if (!hasLeft) reject(signal.reason as Error);
		});
	});
	return { answer, hasLeft: () => hasLeft };
}

/**
 * Calls back when a request is about to be written. undici calls `onRequestStart` once the
 * connection is up, including TLS and any proxy tunnel, right before the request's first byte.
 */
function notifyStart(onStart: () => void): Dispatcher.DispatcherComposeInterceptor {
	return (dispatch) => (options, handler) =>
		dispatch(options, {
			onRequestStart(controller, context) {
				onStart();
				handler.onRequestStart?.(controller, context);
			},
			onRequestUpgrade: (...upgrade) => handler.onRequestUpgrade?.(...upgrade),
			onResponseStart: (...start) => handler.onResponseStart?.(...start),
			onResponseData: (...data) => handler.onResponseData?.(...data),
			onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
			onResponseError: (...error) => handler.onResponseError?.(...error),
		});
}

import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { minuteMs } from '../../time/durations';

/** Maximum connections per process and host. A send holds one while it waits. */
const maxConnections = 200;

/** Time for the TCP and TLS handshake. */
const connectTimeoutMs = 10_000;

/**
 * One pool for the whole process, so that connections outlive an execution. It honours the same
 * proxy variables as n8n itself (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
 */
let sharedDispatcher: Dispatcher | undefined;

function dispatcher(): Dispatcher {
	sharedDispatcher ??= new EnvHttpProxyAgent({
		connections: maxConnections,
		// Over HTTP/2, undici repeats requests by itself if a server refuses a stream, and all wait
		// for the first connection. With HTTP/1.1, each request is made once, and we know which have
		// left.
		allowH2: false,
		connect: { timeout: connectTimeoutMs },
		// A little shorter than in common load balancers, so that a request rarely meets a closing
		// connection.
		keepAliveTimeout: 20_000,
		keepAliveMaxTimeout: minuteMs,
	});
	return sharedDispatcher;
}

/** What undici's `request` takes, except for the pool. */
type HttpOptions = Omit<NonNullable<Parameters<typeof request>[1]>, 'dispatcher' | 'signal'> & {
	/** Ends the request, even while it waits for a connection. */
	signal: AbortSignal;
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
	const { signal } = options;
	const answer = new Promise<Dispatcher.ResponseData<unknown>>((resolve, reject) => {
		request(url, { ...options, dispatcher: dispatcher().compose(onStart) }).then(resolve, reject);
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

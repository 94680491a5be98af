import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici';

/** Most connections that one process opens to one host. A send holds one for as long as it waits. */
const maxConnections = 200;

/** Time for the TCP and TLS handshake. */
const connectTimeoutMs = 10_000;

/**
 * One pool for the whole process, so that connections outlive an execution. It follows the
 * proxy variables (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) that n8n itself follows.
 */
let sharedDispatcher: Dispatcher | undefined;

function dispatcher(): Dispatcher {
	sharedDispatcher ??= new EnvHttpProxyAgent({
		connections: maxConnections,
		// Over HTTP/2 undici makes requests again by itself where a server refuses a stream, and all wait
		// for the first connection. Here one request is one request, and it is known which have left.
		allowH2: false,
		connect: { timeout: connectTimeoutMs },
		// Closed a little before common load balancers do, so that a request seldom meets a dying connection.
		keepAliveTimeout: 20_000,
		keepAliveMaxTimeout: 60_000,
	});
	return sharedDispatcher;
}

/** What undici's `request` takes, but for the pool. */
type HttpOptions = Omit<NonNullable<Parameters<typeof request>[1]>, 'dispatcher' | 'signal'> & {
	/** Ends the request, also while it waits for a connection. */
	signal: AbortSignal;
};

/** The body of an answer. */
export type HttpBody = Dispatcher.ResponseData['body'];

/** A request on its way. */
interface StartedRequest {
	answer: Promise<Dispatcher.ResponseData<unknown>>;
	/**
	 * Whether any of it may have left. It has not as long as it waits for a connection: for the name,
	 * for TCP, for a proxy to open the way, for TLS, for its place in the pool.
	 */
	hasLeft(): boolean;
}

/** Starts a request in the pool. A redirect is never followed: a token would go along elsewhere. */
export function startRequest(url: string | URL, options: HttpOptions): StartedRequest {
	let hasLeft = false;
	const tells = telling(() => {
		hasLeft = true;
	});
	const { signal } = options;
	const answer = new Promise<Dispatcher.ResponseData<unknown>>((resolve, reject) => {
		request(url, { ...options, dispatcher: dispatcher().compose(tells) }).then(resolve, reject);
		// undici looks at the signal once it has a connection, and does not write the request then. Who
		// waits for it does not wait for the connection: a proxy may be silent for minutes.
		signal.addEventListener('abort', () => {
			if (!hasLeft) reject(signal.reason as Error);
		});
	});
	return { answer, hasLeft: () => hasLeft };
}

/**
 * Tells when a request is about to be written. undici calls `onRequestStart` once the connection
 * stands, TLS and the tunnel of a proxy included, and right before the first byte of the request.
 */
function telling(onStart: () => void): Dispatcher.DispatcherComposeInterceptor {
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

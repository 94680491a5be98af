import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { tokenIn, type Account, type TokenSlot } from './account';
import { filenameIn, measured, mediaUrl } from './download';
import { GraphApiError, NoAnswerError, readErrorEnvelope } from './errors';
import { describeFailure } from './failure';
import { headerText, retryAfterMs } from './headers';
import { toMultipart, type MultipartForm } from './multipart';
import { appSecretProof, hideSecrets, secretsOf } from './secrets';

/** Most connections that one process opens to one host. A send holds one for as long as it waits. */
const maxConnections = 200;

/** Time for the TCP and TLS handshake. */
const connectTimeoutMs = 10_000;

/** Longest answer that is read. Meta's largest lists stay far below. */
const maxAnswerBytes = 16 * 1024 * 1024;

/**
 * One pool for the whole process, so that connections outlive an execution. It follows the
 * proxy variables (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) that n8n itself follows.
 */
let sharedDispatcher: Dispatcher | undefined;

export function dispatcher(): Dispatcher {
	sharedDispatcher ??= new EnvHttpProxyAgent({
		connections: maxConnections,
		connect: { timeout: connectTimeoutMs },
		// Closed a little before common load balancers do, so that a request seldom meets a dying connection.
		keepAliveTimeout: 20_000,
		keepAliveMaxTimeout: 60_000,
	});
	return sharedDispatcher;
}

/** An open download. */
export interface DownloadedFile {
	content: Readable;
	/** From `Content-Disposition`; null where Meta names none. */
	filename: string | null;
	/** Checksum and size of what has passed so far. */
	received(): { sha256: string; sizeBytes: number };
}

/** How far a download may go. */
type DownloadLimits = Pick<GraphRequest, 'timeoutMs' | 'signal'> & {
	/** With more than that the content ends in a FileTooLargeError. */
	maxBytes?: number;
};

/** One call to the Graph API. */
export interface GraphRequest {
	method: 'GET' | 'POST' | 'DELETE';
	/** Below the version: `/106540352242922/messages`. */
	path: string;
	query?: Record<string, string | number | boolean | undefined>;
	json?: unknown;
	/** A form with one file, sent as a stream. */
	multipart?: MultipartForm;
	/** Time until the whole answer has to be there. */
	timeoutMs?: number;
	signal?: AbortSignal | undefined;
	/** Which of the credential's tokens to use; the active one where it is not given. */
	tokenSlot?: TokenSlot;
	/** A token that stands in no slot, for `debug_token` and app tokens. */
	token?: string;
}

/** Meta's answer to a call that succeeded. */
interface GraphResponse<Body = unknown> {
	status: number;
	body: Body;
	/** Meta's trace of the call, for its support; null where it sent none. */
	fbtraceId: string | null;
	latencyMs: number;
}

/** What came of one call. */
export type GraphAttempt<Body = unknown> =
	{ ok: true; response: GraphResponse<Body> } | { ok: false; error: GraphApiError | NoAnswerError };

/** How the node talks to Meta. An interface, so that pure code takes it as an argument. */
export interface GraphClient {
	/** Makes the call and gives what came of it, refusals and lost answers too, as a value. */
	attempt<Body = unknown>(graphRequest: GraphRequest): Promise<GraphAttempt<Body>>;
	/**
	 * @throws GraphApiError when Meta refuses the request.
	 * @throws NoAnswerError when no answer came that says what became of it.
	 */
	call<Body = unknown>(graphRequest: GraphRequest): Promise<GraphResponse<Body>>;
	/**
	 * Opens a media address for reading. The token goes along to Meta's own hosts only.
	 *
	 * @param url as the look-up of the media gave it
	 */
	download(
		url: string,
		limits: DownloadLimits,
	): Promise<{ ok: true; file: DownloadedFile } | { ok: false; error: NoAnswerError }>;
}

const defaultTimeoutMs = 30_000;

/** A client for one account. Connections are shared by all clients of the process. */
export function createGraphClient(account: Account): GraphClient {
	const versionUrl = `${account.graphBaseUrl}/${account.graphVersion}`;

	const attempt = async <Body>(graphRequest: GraphRequest): Promise<GraphAttempt<Body>> => {
		const token =
			graphRequest.token ?? tokenIn(account, graphRequest.tokenSlot ?? account.activeToken);
		const query: NonNullable<GraphRequest['query']> = {
			...graphRequest.query,
			...proofOf(account, graphRequest, token),
		};
		const startedAt = performance.now();
		const answer = await exchange(`${versionUrl}${graphRequest.path}`, query, graphRequest, token);
		if (answer instanceof NoAnswerError) return { ok: false, error: answer };
		const body = parseJson(answer);
		const envelope = readErrorEnvelope(body);
		const fbtraceId = headerText(answer.headers['x-fb-trace-id']);
		if (envelope) {
			const secrets = [...secretsOf(account), token, String(query['input_token'] ?? '')];
			const shown = {
				...envelope,
				message: hideSecrets(envelope.message, secrets),
				details: hideSecrets(envelope.details, secrets),
			};
			const retryAfter = retryAfterMs(headerText(answer.headers['retry-after']));
			const { path } = graphRequest;
			const hasProof = query['appsecret_proof'] !== undefined;
			const context = {
				httpStatus: answer.status,
				fbtraceId,
				retryAfterMs: retryAfter,
				request: { path, hasProof },
			};
			return { ok: false, error: new GraphApiError(shown, context) };
		}
		const isRead = graphRequest.method === 'GET';
		// All of Meta's answers are objects.
		const isMetas = typeof body === 'object' && body !== null;
		if (answer.status < 200 || answer.status > 299 || !isMetas) {
			const problem = describeUnreadable(answer, account);
			const context = { httpStatus: answer.status, isRead };
			return { ok: false, error: new NoAnswerError('unreadable', problem, context) };
		}
		const latencyMs = Math.round(performance.now() - startedAt);
		return {
			ok: true,
			response: { status: answer.status, body: body as Body, fbtraceId, latencyMs },
		};
	};

	return {
		attempt,
		async call<Body>(graphRequest: GraphRequest): Promise<GraphResponse<Body>> {
			const made = await attempt<Body>(graphRequest);
			if (made.ok) return made.response;
			throw made.error;
		},
		async download(url, limits) {
			return await openDownload(url, account, limits);
		},
	};
}

interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
}

async function exchange(
	url: string,
	query: NonNullable<GraphRequest['query']>,
	graphRequest: GraphRequest,
	token: string,
): Promise<Answer | NoAnswerError> {
	const timeoutMs = graphRequest.timeoutMs ?? defaultTimeoutMs;
	const timeout = AbortSignal.timeout(timeoutMs);
	const signal = graphRequest.signal ? AbortSignal.any([graphRequest.signal, timeout]) : timeout;
	const payload = payloadOf(graphRequest);
	const isRead = graphRequest.method === 'GET';
	try {
		// A redirect is never followed: the token would go along to another host.
		const { statusCode, headers, body } = await request(withQuery(url, query), {
			method: graphRequest.method,
			dispatcher: dispatcher(),
			headers: {
				authorization: `Bearer ${token}`,
				accept: 'application/json',
				...payload?.headers,
			},
			...(payload ? { body: payload.body } : {}),
			signal,
			headersTimeout: timeoutMs,
			bodyTimeout: timeoutMs,
		});
		const text = await readText(body);
		// The pool gets a connection back a moment after its answer has been read. A next request in
		// that moment would open another one, beyond what the run sends at once.
		await setImmediate();
		return { status: statusCode, headers, text };
	} catch (error) {
		if (graphRequest.signal?.aborted) {
			return new NoAnswerError('cancelled', 'The execution was cancelled', { isRead });
		}
		return describeFailure(error, new URL(url).host, timeoutMs, isRead);
	}
}

interface Payload {
	headers: Record<string, string>;
	body: string | Readable;
}

function payloadOf({ json, multipart }: GraphRequest): Payload | undefined {
	if (multipart !== undefined) {
		const { headers, body } = toMultipart(multipart);
		return { headers, body: Readable.from(body, { objectMode: false }) };
	}
	if (json === undefined) return undefined;
	return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
}

async function openDownload(
	address: string,
	account: Account,
	{ timeoutMs = defaultTimeoutMs, signal, maxBytes = Infinity }: DownloadLimits,
): ReturnType<GraphClient['download']> {
	const url = mediaUrl(address, account.graphBaseUrl);
	if (url instanceof NoAnswerError) return { ok: false, error: url };
	const explain = (error: unknown): NoAnswerError =>
		signal?.aborted
			? new NoAnswerError('cancelled', 'The execution was cancelled', { isRead: true })
			: describeFailure(error, url.hostname, timeoutMs, true);
	try {
		const { statusCode, headers, body } = await request(url, {
			dispatcher: dispatcher(),
			headers: { authorization: `Bearer ${tokenIn(account, account.activeToken)}` },
			headersTimeout: timeoutMs,
			bodyTimeout: timeoutMs,
			...(signal ? { signal } : {}),
		});
		if (statusCode === 200) {
			const filename = filenameIn(headerText(headers['content-disposition']));
			const passing = measured(body, explain, maxBytes);
			const content = Readable.from(passing.content, { objectMode: false });
			return { ok: true, file: { filename, content, received: () => passing.received() } };
		}
		await body.dump();
		const problem = `${url.hostname} answered with HTTP ${statusCode} instead of the file`;
		return {
			ok: false,
			error: new NoAnswerError('unreadable', problem, { httpStatus: statusCode, isRead: true }),
		};
	} catch (error) {
		return { ok: false, error: explain(error) };
	}
}

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
	const chunks: Buffer[] = [];
	let sizeBytes = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		sizeBytes += chunk.length;
		if (sizeBytes > maxAnswerBytes) {
			throw new NoAnswerError('unreadable', 'The answer is larger than 16 MB');
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function withQuery(url: string, query: NonNullable<GraphRequest['query']>): string {
	const pairs = Object.entries(query).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, String(value)] as [string, string]],
	);
	return pairs.length === 0 ? url : `${url}?${new URLSearchParams(pairs).toString()}`;
}

/** A token that stands in no slot may belong to another app, whose secret is not known. */
function proofOf(
	{ appSecret }: Account,
	{ token: foreign }: GraphRequest,
	token: string,
): Record<string, string> {
	if (appSecret === '' || foreign !== undefined) return {};
	return { appsecret_proof: appSecretProof(appSecret, token) };
}

function parseJson(answer: Answer): unknown {
	try {
		return JSON.parse(answer.text) as unknown;
	} catch {
		// Not JSON: the caller turns `undefined` into an error that shows what came instead.
		return undefined;
	}
}

function describeUnreadable(answer: Answer, account: Account): string {
	const contentType = headerText(answer.headers['content-type']) ?? 'no content type';
	return `${new URL(account.graphBaseUrl).host} answered with HTTP ${answer.status} and ${contentType} instead of Meta's JSON`;
}

import { tokenIn, type Account, type TokenSlot } from './account';
import {
	GraphApiError,
	NoAnswerError,
	readErrorEnvelope,
	type GraphFailure,
} from './errors/errors';
import { exchange, type Answer } from './http/exchange';
import { isRepeatable, kindOf, type GraphRequest } from './graphRequest';
import { headerText, retryAfterMs } from './http/headers';
import { openDownload, type DownloadedFile, type DownloadLimits } from './http/openDownload';
import { pathOf } from './path';
import { appSecretProof, hideSecrets, secretsOf } from './secrets';
import { parseExactJson } from '../values/json/exactJson';
import { objectOf } from '../values/unknown';

/** Meta's answer to a successful call. */
interface GraphResponse<Body = unknown> {
	status: number;
	body: Body;
	/** Meta's trace of the call, for its support; null if it sent none. */
	fbtraceId: string | null;
	latencyMs: number;
}

/** The outcome of one call. */
export type GraphAttempt<Body = unknown> =
	{ ok: true; response: GraphResponse<Body> } | { ok: false; error: GraphFailure };

/** The outcome of opening a file. */
export type OpenedDownload =
	{ ok: true; file: DownloadedFile } | { ok: false; error: GraphFailure };

/** How the node talks to Meta. An interface, so that pure code can take it as an argument. */
export interface GraphClient {
	/** Makes the call and returns its outcome as a value, even if refused or unanswered. */
	attempt<Body = unknown>(graphRequest: GraphRequest): Promise<GraphAttempt<Body>>;
	/**
	 * @throws GraphApiError if Meta refuses the request.
	 * @throws NoAnswerError if no answer says what became of it.
	 */
	call<Body = unknown>(graphRequest: GraphRequest): Promise<GraphResponse<Body>>;
	/**
	 * Opens a media address for reading. Only Meta's own hosts get the token.
	 *
	 * @param url the address from the media lookup
	 */
	download(
		url: string,
		limits: DownloadLimits & { tokenSlot?: TokenSlot },
	): Promise<OpenedDownload>;
}

/**
 * A client for one account that makes each call once, with the token the call names. All clients of
 * the process share connections.
 */
export function createGraphClient(account: Account): GraphClient {
	const attempt = async <Body>(graphRequest: GraphRequest): Promise<GraphAttempt<Body>> => {
		const path = pathOf(graphRequest);
		if (path instanceof NoAnswerError) return { ok: false, error: path };
		const token =
			graphRequest.token ?? tokenIn(account, graphRequest.tokenSlot ?? account.activeToken);
		const query: NonNullable<GraphRequest['query']> = {
			...graphRequest.query,
			...proofOf(account, graphRequest, token),
		};
		const startedAt = performance.now();
		const answer = await exchange(
			`${originOf(account, graphRequest)}${path}`,
			query,
			graphRequest,
			token,
		);
		if (answer instanceof NoAnswerError) return { ok: false, error: answer };
		const latencyMs = Math.round(performance.now() - startedAt);
		const hide = (text: string): string =>
			hideSecrets(text, [
				...secretsOf(account),
				token,
				...tokenParameters.map((name) => String(query[name] ?? '')),
				String(query['appsecret_proof'] ?? ''),
			]);
		return judgeAnswer<Body>(answer, { account, graphRequest, query, latencyMs, hide });
	};

	return {
		attempt,
		async call<Body>(graphRequest: GraphRequest): Promise<GraphResponse<Body>> {
			const made = await attempt<Body>(graphRequest);
			if (made.ok) return made.response;
			throw made.error;
		},
		async download(url, { tokenSlot = account.activeToken, ...limits }) {
			return await openDownload(url, account.graphBaseUrl, tokenIn(account, tokenSlot), limits);
		},
	};
}

/** Query parameters that hold a token, or what Meta gives one for. */
const tokenParameters = ['input_token', 'fb_exchange_token', 'code'] as const;

/** What comes before the path. A proxy or a simulator stands for both of Meta's hosts. */
function originOf(
	{ graphBaseUrl, graphVersion }: Account,
	{ host = 'graph' }: GraphRequest,
): string {
	if (host === 'graph') return `${graphBaseUrl}/${graphVersion}`;
	return graphBaseUrl.replace(/^https:\/\/graph\.facebook\.com$/, 'https://api.facebook.com');
}

/** What is known about a request, for reading its answer. */
interface Asked {
	account: Account;
	graphRequest: GraphRequest;
	query: NonNullable<GraphRequest['query']>;
	latencyMs: number;
	/** Hides secrets in a text, because any part of an answer may be shown. */
	hide: (text: string) => string;
}

function judgeAnswer<Body>(answer: Answer, asked: Asked): GraphAttempt<Body> {
	const { account, graphRequest, query, latencyMs, hide } = asked;
	const mayRepeat = isRepeatable(kindOf(graphRequest));
	const body = parseJson(answer);
	const envelope = readErrorEnvelope(body);
	const trace = headerText(answer.headers['x-fb-trace-id']);
	const fbtraceId = trace === null ? null : hide(trace).slice(0, 100);
	if (envelope) {
		const shown = {
			...envelope,
			message: hide(envelope.message),
			details: hide(envelope.details),
			fbtraceId: envelope.fbtraceId === null ? null : hide(envelope.fbtraceId),
		};
		const hasProof = query['appsecret_proof'] !== undefined;
		const error = new GraphApiError(shown, {
			httpStatus: answer.status,
			fbtraceId,
			retryAfterMs: retryAfterMs(headerText(answer.headers['retry-after'])),
			body,
			request: {
				node: graphRequest.node,
				edge: graphRequest.edge,
				hasProof,
				isRepeatable: mayRepeat,
				isDirectSend: 'category' in objectOf(graphRequest.json),
				permission: graphRequest.permission,
			},
		});
		return { ok: false, error };
	}
	const context = { httpStatus: answer.status, isRepeatable: mayRepeat };
	// All of Meta's answers are objects.
	const isMetas = typeof body === 'object' && body !== null;
	if (answer.status < 200 || answer.status > 299 || !isMetas) {
		const problem = hide(describeUnreadable(answer, account));
		return { ok: false, error: new NoAnswerError('unreadable', problem, context) };
	}
	// An answer with validation errors says why, and what was made all the same.
	if ('success' in body && body.success === false && !('validation_errors' in body)) {
		const { reason } = objectOf(body);
		const problem =
			typeof reason === 'string' && reason !== ''
				? `Meta did not do it: ${hide(reason).slice(0, shownLength)}`
				: 'Meta answered that it did not do it, without a reason ("success": false)';
		return { ok: false, error: new NoAnswerError('declined', problem, context) };
	}
	return {
		ok: true,
		response: { status: answer.status, body: body as Body, fbtraceId, latencyMs },
	};
}

/** A token from outside the slots may belong to another app, whose secret is unknown. */
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
		return parseExactJson(answer.text);
	} catch {
		// Not JSON: the caller turns `undefined` into an error that shows what came instead.
		return undefined;
	}
}

/** Longest content type or reason to show. */
const shownLength = 100;

function describeUnreadable(answer: Answer, account: Account): string {
	const contentType = headerText(answer.headers['content-type']) ?? 'no content type';
	return `${new URL(account.graphBaseUrl).host} answered with HTTP ${answer.status} and ${contentType.slice(0, shownLength)} instead of Meta's JSON`;
}

import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { NoAnswerError } from '../errors/errors';
import { describeFailure } from '../errors/failure';
import { defaultTimeoutMs, isRepeatable, kindOf, type GraphRequest } from '../graphRequest';
import { startRequest, type HttpBody } from './http';
import { toMultipart } from './multipart';
import { toRawBody } from './rawBody';

/** Longest answer to read. Meta's largest lists stay far below it. */
const maxAnswerBytes = 16 * 1024 * 1024;

/** An answer, read to the end. */
export interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
}

/** Makes one request and reads the whole answer, or returns why there is none. */
export async function exchange(
	url: string,
	query: NonNullable<GraphRequest['query']>,
	graphRequest: GraphRequest,
	token: string,
): Promise<Answer | NoAnswerError> {
	const timeoutMs = graphRequest.timeoutMs ?? defaultTimeoutMs;
	const timeout = AbortSignal.timeout(timeoutMs);
	const signal = graphRequest.signal ? AbortSignal.any([graphRequest.signal, timeout]) : timeout;
	const payload = payloadOf(graphRequest);
	const started = startRequest(withQuery(url, query), {
		method: graphRequest.method,
		headers: {
			// Meta's upload sessions know this scheme alone.
			authorization: `${graphRequest.raw === undefined ? 'Bearer' : 'OAuth'} ${token}`,
			accept: 'application/json',
			...payload?.headers,
		},
		...(payload ? { body: payload.body } : {}),
		signal,
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
	});
	try {
		const { statusCode, headers, body } = await started.answer;
		const text = await readText(body);
		// A connection returns to the pool shortly after its answer is read. A request before that
		// would open another connection and exceed the run's concurrency.
		await setImmediate();
		return { status: statusCode, headers, text };
	} catch (error) {
		const hasLeft = started.hasLeft();
		const mayRepeat = isRepeatable(kindOf(graphRequest));
		const unread = payload?.problem();
		if (unread !== undefined) return new NoAnswerError('unsendable', unread);
		if (graphRequest.signal?.aborted) {
			return new NoAnswerError('cancelled', 'The execution was cancelled', {
				isRepeatable: mayRepeat || !hasLeft,
			});
		}
		const { host } = new URL(url);
		return describeFailure(error, { host, timeoutMs, hasLeft, isRepeatable: mayRepeat });
	}
}

interface Payload {
	headers: Record<string, string>;
	body: string | Readable;
	/** Why the body could not be read from its source; undefined if it could. */
	problem: () => string | undefined;
}

function payloadOf({ json, multipart, raw }: GraphRequest): Payload | undefined {
	const stream = multipart === undefined ? raw && toRawBody(raw) : toMultipart(multipart);
	if (stream !== undefined) {
		const { headers, body, problem } = stream;
		return { headers, body: Readable.from(body, { objectMode: false }), problem };
	}
	if (json === undefined) return undefined;
	return {
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(json),
		problem: () => undefined,
	};
}

async function readText(body: HttpBody): Promise<string> {
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

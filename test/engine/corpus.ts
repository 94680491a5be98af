/**
 * Request bodies that others wrote, rebuilt from the node's fields: the body becomes parameters,
 * the node runs with them in n8n's engine, and the test compares what it sends with the body.
 */
import { createServer, type Server } from 'node:http';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { RunNodeRequest } from '../../scripts/engine/request.ts';
import type { RunNodeResult } from '../../scripts/engine/result.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { samplesFolder } from '../samples.ts';
import { fieldsFromBody, type Way } from './fieldsFromBody.ts';
import { fillPlaceholders, normalise } from './fieldsFromBody/normalise.ts';
import type { Wire } from './fieldsFromBody/wire.ts';

interface CorpusFile {
	/** `meta-openapi/text.json` */
	name: string;
	body: Wire;
}

/** The result for one body. */
export interface Rebuilt {
	name: string;
	/** Null if the node does not reproduce the body. */
	way: Way | null;
	/** Why not, or why not in fields; empty if there is nothing to say. */
	reason: string;
	/** Whether placeholders such as `<MEDIA_ID>` were replaced by values that Meta would accept. */
	hadPlaceholders: boolean;
}

/** Where the corpus is. */
export const corpusFolder = (root: string): string => join(samplesFolder(root), 'requests');

/** All bodies, by name; null without the corpus. */
export function readCorpus(root: string): CorpusFile[] | null {
	const folder = corpusFolder(root);
	if (!existsSync(folder)) return null;
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replaceAll('\\', '/'))
		.sort((a, b) => (a < b ? -1 : 1))
		.map((file) => ({
			name: file,
			body: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Wire,
		}));
}

/** A server in Meta's place that accepts everything and keeps the last body. */
export interface Recorder {
	url: string;
	/** The last request's body; null if there was none since the previous call. */
	take(): Wire | null;
	/** Answers the next request with this instead of the usual answer. */
	answerNext(answer: Wire): void;
	close(): void;
}

export async function startRecorder(): Promise<Recorder> {
	let last: Wire | null = null;
	let nextAnswer: Wire | null = null;
	const usualAnswer = { contacts: [{}], messages: [{ id: 'wamid.recorded' }] };
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			last = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Wire;
			response.setHeader('Content-Type', 'application/json');
			response.end(JSON.stringify(nextAnswer ?? usualAnswer));
			nextAnswer = null;
		});
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		take: () => {
			const taken = last;
			last = null;
			return taken;
		},
		answerNext: (answer) => (nextAnswer = answer),
		close: () => server.close(),
	};
}

/** Runs one node in n8n's engine. */
type RunNode = (request: RunNodeRequest) => Promise<RunNodeResult>;

/** Tries the ways to write a body until one reproduces it. */
export async function rebuild(
	file: CorpusFile,
	index: number,
	recorder: Recorder,
	runNode: RunNode,
): Promise<Rebuilt> {
	const { body, hadPlaceholders } = fillPlaceholders(file.body);
	const expected = normalise(body);
	const reasons: string[] = [];
	const credential = {
		...testCredentialData(recorder.url),
		stateStore: 'off',
		messagingAccountId: body['messaging_account_id'] ?? '',
	};
	for (const { way, parameters } of fieldsFromBody(body)) {
		recorder.take();
		const { error } = await runNode({
			node: 'whatsAppCloud',
			credentials: { whatsAppCloudApi: credential },
			// Each message goes to a different person, because Meta slows down sends to one person.
			parameters: { recipient: `+1555012${String(index).padStart(4, '0')}`, ...parameters },
		});
		const sent = recorder.take();
		const difference =
			sent === null
				? (error?.message ?? 'Nothing was sent')
				: firstDifference(expected, normalise(sent));
		if (difference === null) {
			return { name: file.name, way, reason: reasons[0] ?? '', hadPlaceholders };
		}
		reasons.push(difference);
	}
	const reason = reasons[0] ?? 'A kind of message that the node does not know';
	return { name: file.name, way: null, reason, hadPlaceholders };
}

/** Describes the first difference between two values; null if they are equal. */
export function firstDifference(expected: unknown, actual: unknown, path = 'body'): string | null {
	if (Object.is(expected, actual)) return null;
	if (!isObject(expected) || !isObject(actual)) {
		return `${path} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
	}
	for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
		const place = Array.isArray(expected) ? `${path}[${key}]` : `${path}.${key}`;
		if (!(key in actual)) return `${place} cannot be given`;
		if (!(key in expected)) return `${place} comes in addition`;
		const inside = firstDifference(expected[key], actual[key], place);
		if (inside !== null) return inside;
	}
	return null;
}

const isObject = (value: unknown): value is Wire => typeof value === 'object' && value !== null;

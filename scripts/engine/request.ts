import { z } from 'zod/v4';
import { RequestError } from './request-error.ts';

const jsonObject = z.record(z.string(), z.unknown(), 'must be a JSON object');

const binaryInput = z.object({
	/** File on this machine; paths are relative to the folder where the script was called. */
	path: z.string().min(1),
	/** By default derived from the file's name or content. */
	mimeType: z.string().min(1).optional(),
	fileName: z.string().min(1).optional(),
});

const itemInput = z.object({
	json: jsonObject.default({}),
	binary: z.record(z.string(), binaryInput).optional(),
});

const executionMode = z.enum([
	'manual',
	'trigger',
	'webhook',
	'retry',
	'error',
	'integrated',
	'internal',
	'cli',
	'evaluation',
	'chat',
]);

const runNodeSchema = z.object({
	node: z.string().min(1),
	typeVersion: z.number().positive().optional(),
	/** As stored in a workflow: an expression starts with `=`. */
	parameters: jsonObject.default({}),
	/** By credential type, in plain text. */
	credentials: z.record(z.string(), jsonObject).default({}),
	items: z.array(itemInput).default([{ json: {} }]),
	executionId: z.string().min(1).optional(),
	/** When it began, in ms since 1970; a retry from n8n's list keeps the original time. */
	executionBegan: z.int().optional(),
	mode: executionMode.default('manual'),
	workflowId: z.string().min(1).optional(),
	nodeName: z.string().min(1).optional(),
	runIndex: z.int().nonnegative().default(0),
	/** IANA name; by default n8n's own. */
	timezone: z.string().min(1).optional(),
	onError: z
		.enum(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'])
		.default('stopWorkflow'),
	/** n8n allows 2 to 5 tries and at most 5,000 ms between them. */
	retryOnFail: z
		.object({
			maxTries: z.int().positive().optional(),
			waitMs: z.number().nonnegative().optional(),
		})
		.optional(),
	/** Cancels the execution, as the Stop button does, this long after its start. */
	cancelAfterMs: z.number().nonnegative().optional(),
	/** Runs the node the way an AI agent calls it as a tool, with `toolInput`. */
	asTool: z.boolean().default(false),
	toolInput: jsonObject.default({}),
	/** Number of calls, which the agent makes one after another. */
	toolCalls: z.int().positive().default(1),
	/** The tool is called from a webhook, outside an execution, as the MCP Server Trigger does. */
	toolOfWebhook: z.boolean().default(false),
});

const replaySchema = z.object({
	node: z.string().min(1).default('whatsAppCloudTrigger'),
	typeVersion: z.number().positive().optional(),
	parameters: jsonObject.default({}),
	credentials: z.record(z.string(), jsonObject).default({}),
	method: z.string().min(1).default('POST'),
	/** Query string without the question mark. */
	query: z.string().default(''),
	headers: z.array(z.tuple([z.string(), z.string()])).default([]),
	/** Text, sent as UTF-8, or bytes in base64. */
	body: z.union([z.string(), z.object({ base64: z.string() })]).default(''),
	/** Signs the bytes of the body as Meta does, unless the headers have a signature. */
	secret: z.string().min(1).optional(),
	/** Compresses the body after signing it. */
	gzip: z.boolean().default(false),
	mode: executionMode.default('webhook'),
	workflowId: z.string().min(1).optional(),
	nodeName: z.string().min(1).optional(),
	timezone: z.string().min(1).optional(),
	/** How long the node may take to answer the request. */
	timeoutMs: z.number().positive().default(60_000),
});

const resumeSchema = z.object({
	executionId: z.string().min(1),
	method: z.enum(['GET', 'POST']).default('POST'),
	/** The signed address that the node made; without it, n8n's own time limit is over. */
	url: z.string().min(1).optional(),
});

const credentialTestSchema = z.object({
	/** Name of the credential type. */
	type: z.string().min(1),
	/** Parts of the credential, in plain text. */
	data: jsonObject,
});

const listSearchSchema = z.object({
	node: z.string().min(1),
	method: z.string().min(1),
	parameters: jsonObject.default({}),
	credentials: z.record(z.string(), jsonObject).default({}),
	/** What the user typed. */
	filter: z.string().optional(),
	paginationToken: z.string().optional(),
	/** The node as the tool of an AI agent. */
	asTool: z.boolean().default(false),
});

/** A click on "Retry" below a credential in the editor. */
export type CredentialTestRequest = z.input<typeof credentialTestSchema>;
export type ParsedCredentialTestRequest = z.output<typeof credentialTestSchema>;
/** What the editor requests when the list of a resource locator opens. */
export type ListSearchRequest = z.input<typeof listSearchSchema>;
export type ParsedListSearchRequest = z.output<typeof listSearchSchema>;

/** What `npm run node` takes; see docs for the meaning of each key. */
export type RunNodeRequest = z.input<typeof runNodeSchema>;
/** A call to an execution that waits, or the end of its time. */
export type ResumeRequest = z.input<typeof resumeSchema>;
export type ParsedResumeRequest = z.output<typeof resumeSchema>;
/** A request with its defaults filled in. */
export type ParsedRunNodeRequest = z.output<typeof runNodeSchema>;
/** A request to a trigger, with the trigger's configuration. */
export type ReplayRequest = z.input<typeof replaySchema>;
export type ParsedReplayRequest = z.output<typeof replaySchema>;

/**
 * Parses JSON. The engine's own message quotes the text around the error, which may be a token, so
 * only the position is reported.
 *
 * @throws RequestError if the text is not JSON
 */
export function parseJson(text: string, what: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const place = /\(line \d+ column \d+\)/.exec(error instanceof Error ? error.message : '');
		throw new RequestError(`${what} is not valid JSON${place === null ? '' : ` ${place[0]}`}.`);
	}
}

function describeIssues(error: z.ZodError, what: string): RequestError {
	const [issue] = error.issues;
	if (issue === undefined) return new RequestError(`${what} is not valid.`);
	if (issue.path.length === 0) return new RequestError(`${what} must be a JSON object.`);
	const path = issue.path
		.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
		.join('')
		.replace(/^\./, '');
	return new RequestError(`${what} is not valid: "${path}": ${issue.message}.`);
}

/** @throws RequestError naming the key that is wrong */
export function parseRunNodeRequest(value: unknown): ParsedRunNodeRequest {
	const parsed = runNodeSchema.safeParse(value);
	if (!parsed.success) throw describeIssues(parsed.error, 'The request');
	return parsed.data;
}

/** @throws RequestError naming the key that is wrong */
export function parseReplayRequest(value: unknown): ParsedReplayRequest {
	const parsed = replaySchema.safeParse(value);
	if (!parsed.success) throw describeIssues(parsed.error, 'The request');
	return parsed.data;
}

/** @throws RequestError naming the key that is wrong */
export function parseResumeRequest(value: unknown): ParsedResumeRequest {
	const parsed = resumeSchema.safeParse(value);
	if (!parsed.success) throw describeIssues(parsed.error, 'The request');
	return parsed.data;
}

/** @throws RequestError naming the key that is wrong */
export function parseCredentialTestRequest(value: unknown): ParsedCredentialTestRequest {
	const parsed = credentialTestSchema.safeParse(value);
	if (!parsed.success) throw describeIssues(parsed.error, 'The request');
	return parsed.data;
}

/** @throws RequestError naming the key that is wrong */
export function parseListSearchRequest(value: unknown): ParsedListSearchRequest {
	const parsed = listSearchSchema.safeParse(value);
	if (!parsed.success) throw describeIssues(parsed.error, 'The request');
	return parsed.data;
}

const environmentSchema = z.record(z.string(), z.string());

/** Variables of the environment, by name. */
export function parseEnvironment(value: unknown): Record<string, string> {
	const parsed = environmentSchema.safeParse(value);
	if (!parsed.success) throw describeIssues(parsed.error, 'The environment');
	return parsed.data;
}

const laterSchema = z.object({ ms: z.number().nonnegative() });

/** @throws RequestError */
export function parseLater(value: unknown): number {
	const parsed = laterSchema.safeParse(value);
	if (!parsed.success) throw describeIssues(parsed.error, 'The time');
	return parsed.data.ms;
}

const RUN_NODE_KEYS = new Set(Object.keys(runNodeSchema.shape));

/** Unknown top-level keys, most likely misspelt. */
export function unknownRequestKeys(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.keys(value).filter((key) => !RUN_NODE_KEYS.has(key));
}

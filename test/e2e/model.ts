import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool call that the model decides on. */
interface ToolCall {
	name: string;
	args: Record<string, unknown>;
}

/** A message as the model reads it. */
interface ModelMessage {
	role: string;
	content?: unknown;
}

/** A local language model that speaks OpenAI's protocol and does what it is told. */
export interface Model {
	/** The API's base URL, for the credential. */
	url: string;
	/** What the model has read from its tools, oldest first. */
	readonly toolAnswers: string[];
	/** The messages of each request, oldest first. */
	readonly requests: ModelMessage[][];
	close(): void;
}

interface CompletionRequest {
	messages: ModelMessage[];
	tools?: { function: { name: string } }[];
	stream?: boolean;
}

/**
 * Starts the model.
 *
 * @param decide the calls for what the user wrote; all run at once, each with its own ID. Without a
 *   name, they are of the first tool
 */
export async function startModel(
	decide: (text: string) => (Omit<ToolCall, 'name'> & Partial<ToolCall>)[],
): Promise<Model> {
	const toolAnswers: string[] = [];
	const requests: ModelMessage[][] = [];
	let calls = 0;
	const reply = ({ messages, tools = [] }: CompletionRequest): object => {
		requests.push(messages);
		const done = { role: 'assistant', content: 'Done.' };
		const answers = messages.filter(({ role }) => role === 'tool');
		const first = tools[0]?.function.name;
		if (answers.length > 0 || first === undefined) {
			toolAnswers.push(...answers.map(({ content }) => JSON.stringify(content)));
			return done;
		}
		const asked = messages.findLast(({ role }) => role === 'user');
		const decided = decide(JSON.stringify(asked?.content ?? ''));
		if (decided.length === 0) return done;
		const toolCalls = decided.map(({ name = first, args }) => ({
			id: `call_${String(++calls)}`,
			type: 'function',
			function: { name, arguments: JSON.stringify(args) },
		}));
		return { role: 'assistant', content: null, tool_calls: toolCalls };
	};
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			if (request.method !== 'POST') {
				answerJson(response, { object: 'list', data: [{ id: 'test', object: 'model' }] });
				return;
			}
			const asked = JSON.parse(Buffer.concat(chunks).toString()) as CompletionRequest;
			answer(response, reply(asked), asked.stream === true);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		toolAnswers,
		requests,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

function answerJson(response: ServerResponse, body: object): void {
	response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function answer(response: ServerResponse, message: object, isStream: boolean): void {
	const isCall = 'tool_calls' in message;
	const finish = isCall ? 'tool_calls' : 'stop';
	const about = { id: 'chat', created: 1, model: 'test' };
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	if (!isStream) {
		const choices = [{ index: 0, message, finish_reason: finish }];
		answerJson(response, { ...about, object: 'chat.completion', choices, usage });
		return;
	}
	const calls = isCall ? (message.tool_calls as object[]) : [];
	const delta = isCall
		? { ...message, tool_calls: calls.map((call, index) => ({ ...call, index })) }
		: message;
	const chunk = (part: object, finishReason: string | null): string =>
		`data: ${JSON.stringify({
			...about,
			object: 'chat.completion.chunk',
			choices: [{ index: 0, delta: part, finish_reason: finishReason }],
		})}\n\n`;
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	response.end(`${chunk(delta, null)}${chunk({}, finish)}data: [DONE]\n\n`);
}

/** A Model Context Protocol client over HTTP, just enough to call a tool. */
export class McpClient {
	private readonly url: string;
	private session: string | undefined;
	private calls = 0;

	/** @param url the server's single address ("streamable HTTP") */
	constructor(url: string) {
		this.url = url;
	}

	async connect(): Promise<void> {
		await this.request('initialize', {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo: { name: 'test', version: '1.0.0' },
		});
		await this.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
	}

	async toolNames(): Promise<string[]> {
		const { tools } = await this.request<{ tools: { name: string }[] }>('tools/list', {});
		return tools.map(({ name }) => name);
	}

	/** The tool's answer, as text. */
	async call(name: string, args: Record<string, unknown>): Promise<string> {
		const { content } = await this.request<{ content: { text?: string }[] }>('tools/call', {
			name,
			arguments: args,
		});
		return content.map(({ text }) => text ?? '').join('\n');
	}

	/** @throws Error with the server's answer if it is not a result */
	private async request<Result>(method: string, params: object): Promise<Result> {
		const id = ++this.calls;
		const text = await this.post({ jsonrpc: '2.0', id, method, params });
		// One JSON-RPC message, or a stream of events with one message each.
		const messages = text.startsWith('{')
			? [text]
			: text.split('\n').flatMap((line) => (line.startsWith('data:') ? [line.slice(5)] : []));
		for (const message of messages) {
			const answer = JSON.parse(message) as { id?: number; result?: Result };
			if (answer.id === id && answer.result !== undefined) return answer.result;
		}
		throw new Error(`${method}: ${text}`);
	}

	private async post(body: object): Promise<string> {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				connection: 'close',
				...(this.session === undefined ? {} : { 'mcp-session-id': this.session }),
			},
			body: JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${response.status} ${text}`);
		this.session ??= response.headers.get('mcp-session-id') ?? undefined;
		return text;
	}
}

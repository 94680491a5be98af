import { AsyncLocalStorage } from 'node:async_hooks';

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;
type LogLevel = (typeof LEVELS)[number];

export interface LogLine {
	level: LogLevel;
	message: string;
}

/** Below this, a value is too common a text to be taken for a secret. */
const MIN_SECRET_LENGTH = 6;

/** n8n logs an error as its message and then its stack, whose first line says the same again. */
function withoutStack(text: string): string {
	const [first = '', ...rest] = text.split('\n');
	return [first, ...rest.filter((line) => !/^\s+at\s/.test(line) && !line.endsWith(first))]
		.join('\n')
		.trim();
}

function plainMetadata(_key: string, value: unknown): unknown {
	if (value instanceof Error) return { name: value.name, message: value.message };
	return value;
}

/**
 * n8n's logger for one process: lines to standard error, without stack traces and without the
 * values of the credentials that were handed in.
 */
export class EngineLog {
	private readonly secrets = new Set<string>();
	private readonly captured = new AsyncLocalStorage<LogLine[]>();
	private readonly threshold: number;

	constructor() {
		const wanted = process.env['N8N_LOG_LEVEL'] ?? 'info';
		this.threshold = LEVELS.findIndex((level) => level === wanted);
	}

	/** Values that no line may show from now on. */
	hide(values: Iterable<string>): void {
		for (const value of values) {
			if (value.length >= MIN_SECRET_LENGTH) this.secrets.add(value);
		}
	}

	/** Runs the function and keeps the lines that were written meanwhile on its behalf. */
	async capture<T>(run: () => Promise<T>): Promise<{ value: T; lines: LogLine[] }> {
		const lines: LogLine[] = [];
		const value = await this.captured.run(lines, run);
		return { value, lines };
	}

	write(level: LogLevel, message: string, metadata?: object): void {
		if (LEVELS.indexOf(level) > this.threshold) return;
		const details =
			metadata === undefined || Object.keys(metadata).length === 0
				? ''
				: ` ${JSON.stringify(metadata, plainMetadata)}`;
		const line = this.redact(withoutStack(message) + details);
		this.captured.getStore()?.push({ level, message: line });
		process.stderr.write(`${level}: ${line}\n`);
	}

	readonly error = (message: string, metadata?: object): void =>
		this.write('error', message, metadata);
	readonly warn = (message: string, metadata?: object): void =>
		this.write('warn', message, metadata);
	readonly info = (message: string, metadata?: object): void =>
		this.write('info', message, metadata);
	readonly debug = (message: string, metadata?: object): void =>
		this.write('debug', message, metadata);

	/** n8n asks for a logger per area of its code. */
	scoped(): this {
		return this;
	}

	private redact(text: string): string {
		let redacted = text;
		for (const secret of this.secrets) redacted = redacted.replaceAll(secret, '[hidden]');
		return redacted;
	}
}

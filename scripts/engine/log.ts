import { AsyncLocalStorage } from 'node:async_hooks';

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;
type LogLevel = (typeof LEVELS)[number];

export interface LogLine {
	level: LogLevel;
	message: string;
}

/** Shorter values are too common to be treated as secrets. */
const MIN_SECRET_LENGTH = 6;

/** n8n logs an error's message and then its stack, whose first line repeats the message. */
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
 * n8n's logger for one process: writes lines to standard error, without stack traces or the values
 * of the given credentials.
 */
export class EngineLog {
	private readonly secrets = new Set<string>();
	private readonly captured = new AsyncLocalStorage<LogLine[]>();

	/** Values to mask in all lines from now on. */
	hide(values: Iterable<string>): void {
		for (const value of values) {
			if (value.length >= MIN_SECRET_LENGTH) this.secrets.add(value);
		}
	}

	/** Runs the function and collects the lines that are logged on its behalf. */
	async capture<T>(run: () => Promise<T>): Promise<{ value: T; lines: LogLine[] }> {
		const lines: LogLine[] = [];
		const value = await this.captured.run(lines, run);
		return { value, lines };
	}

	write(level: LogLevel, message: string, metadata?: object): void {
		const wanted = process.env['N8N_LOG_LEVEL'] ?? 'info';
		if (LEVELS.indexOf(level) > LEVELS.findIndex((known) => known === wanted)) return;
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

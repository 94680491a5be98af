import type { ErrorReport } from './result.ts';

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** Any thrown value as n8n shows it to the user: without the stack and without the request. */
export function reportError(thrown: unknown): ErrorReport {
	const error: object = typeof thrown === 'object' && thrown !== null ? thrown : {};
	const read = (key: string): unknown => (error as Record<string, unknown>)[key];
	const context = read('context');
	const itemIndex: unknown =
		typeof context === 'object' && context !== null && 'itemIndex' in context
			? context.itemIndex
			: undefined;
	const httpCode = read('httpCode');
	const messages: unknown = read('messages');
	return {
		message: textOrNull(read('message')) ?? String(thrown),
		description: textOrNull(read('description')),
		httpCode: typeof httpCode === 'number' ? String(httpCode) : textOrNull(httpCode),
		messages: Array.isArray(messages) ? messages.map(String) : [],
		itemIndex: typeof itemIndex === 'number' ? itemIndex : null,
	};
}

/** The message of whatever was thrown. */
export const reasonOf = (thrown: unknown): string =>
	thrown instanceof Error ? thrown.message : String(thrown);

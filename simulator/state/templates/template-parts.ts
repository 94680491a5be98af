import type { JsonObject } from '../../json.ts';

/** What differs between the templates of the default account. */
export interface TemplateSeed {
	name: string;
	language?: string;
	status?: string;
	category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
	parameterFormat?: 'POSITIONAL' | 'NAMED';
	components: JsonObject[];
	/** A maximum price, for marketing messages. */
	optimizationSpec?: JsonObject;
}

export const body = (text: string, ...examples: string[]): JsonObject => ({
	type: 'BODY',
	text,
	...(examples.length > 0 ? { example: { body_text: [examples] } } : {}),
});

export const namedBody = (text: string, examples: Record<string, string>): JsonObject => ({
	type: 'BODY',
	text,
	example: {
		body_text_named_params: Object.entries(examples).map(([param_name, example]) => ({
			param_name,
			example,
		})),
	},
});

export const header = (format: string, text?: string): JsonObject =>
	text === undefined
		? { type: 'HEADER', format, example: { header_handle: ['https://example.com/sample'] } }
		: { type: 'HEADER', format, text };

export const footer = (text: string): JsonObject => ({ type: 'FOOTER', text });

export const buttons = (...list: JsonObject[]): JsonObject => ({ type: 'BUTTONS', buttons: list });

export const quickReply = (text: string): JsonObject => ({ type: 'QUICK_REPLY', text });

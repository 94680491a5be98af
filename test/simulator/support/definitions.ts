import { textAt } from './json';
import { ids, type Answer, type RunningSimulator } from './simulator';

/** Members of a definition, of a component or of a button. */
export type Parts = Record<string, unknown>;

export const templatesPath = `/${ids.businessAccount}/message_templates`;

export const body = (text: string, ...examples: string[]): Parts => ({
	type: 'BODY',
	text,
	...(examples.length > 0 ? { example: { body_text: [examples] } } : {}),
});
export const namedBody = (text: string, examples: Record<string, string>): Parts => ({
	type: 'BODY',
	text,
	example: {
		body_text_named_params: Object.entries(examples).map(([param_name, example]) => ({
			param_name,
			example,
		})),
	},
});
export const header = (text: string, ...examples: string[]): Parts => ({
	type: 'HEADER',
	format: 'TEXT',
	text,
	...(examples.length > 0 ? { example: { header_text: examples } } : {}),
});
export const media = (format: string, ...handles: string[]): Parts => ({
	type: 'HEADER',
	format,
	example: { header_handle: handles },
});
export const footer = (text: string): Parts => ({ type: 'FOOTER', text });
export const buttons = (...list: Parts[]): Parts => ({ type: 'BUTTONS', buttons: list });
export const quickReply = (text: string): Parts => ({ type: 'QUICK_REPLY', text });
export const url = (address: string, ...example: string[]): Parts => ({
	type: 'URL',
	text: `Go to ${address.replace(/\W/g, '').slice(-10)}`,
	url: address,
	...(example.length > 0 ? { example } : {}),
});

/** A definition of these components; the parts replace its own. */
export const definition = (components: Parts[], parts: Parts = {}): Parts => ({
	name: 'greeting',
	language: 'en',
	category: 'UTILITY',
	components,
	...parts,
});

export async function create(
	simulator: RunningSimulator,
	components: Parts[],
	parts: Parts = {},
): Promise<Answer> {
	return await simulator.graph(templatesPath, { json: definition(components, parts) });
}

/** Uploads this many bytes as a sample, and returns the handle. */
export async function sampleHandle(
	simulator: RunningSimulator,
	type: string,
	bytes = 16,
): Promise<string> {
	const session = await simulator.graph(
		`/${ids.app}/uploads?file_name=sample&file_length=${bytes}&file_type=${encodeURIComponent(type)}`,
		{ method: 'POST' },
	);
	const answer = await simulator.graph(`/${textAt(session.body, 'id')}`, {
		method: 'POST',
		headers: { file_offset: '0' },
		body: Buffer.alloc(bytes),
	});
	return textAt(answer.body, 'h');
}

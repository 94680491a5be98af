import type { INodeProperties } from 'n8n-workflow';

const OUTPUT_FORMATS = {
	event: {
		name: 'One Item per Event',
		description: 'Readable, with from, text, replyId, media and more',
	},
	raw: { name: 'Raw Event', description: "Meta's own data of each event" },
	builtIn: {
		name: "As n8n's WhatsApp Trigger",
		description:
			'One item per change, with metadata, contacts, and messages or statuses: for workflows made for that trigger',
	},
} as const;

/** The values of the parameter "Output Format". */
export type OutputFormat = keyof typeof OUTPUT_FORMATS;

export const outputFormats = Object.keys(OUTPUT_FORMATS) as OutputFormat[];

export const DEFAULT_FORMAT: OutputFormat = 'event';

/** What the trigger's items look like. */
export const outputFormatField: INodeProperties = {
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	options: Object.entries(OUTPUT_FORMATS).map(([value, option]) => ({ ...option, value })),
	default: DEFAULT_FORMAT,
	description: 'What the items look like',
};

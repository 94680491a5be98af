import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { markdownToWhatsApp } from '../markdown/toWhatsApp';
import { readParameter } from '../values/schema/reading';
import { truth } from '../values/truth';
import { isObject } from '../values/unknown';
import type { MessageType } from './messageType';

const markdownOption: INodeProperties = {
	displayName: 'Markdown',
	name: 'markdown',
	type: 'boolean',
	default: true,
	description:
		'Whether to convert Markdown in the text to WhatsApp formatting. Headers, footers and buttons are sent as typed, because WhatsApp does not format them.',
};

/**
 * A message type whose texts may be Markdown. They are converted to WhatsApp's formatting before
 * the checks, so that limits apply to what is sent.
 *
 * @param texts parameters with a text that WhatsApp formats
 * @param show where the option shows, if not for all of the type's variants
 */
export function withMarkdown<Schema extends z.ZodType>(
	message: MessageType<Schema>,
	texts: readonly string[],
	show?: NonNullable<INodeProperties['displayOptions']>['show'],
): MessageType<z.ZodType<z.output<Schema>>> {
	const option =
		show === undefined ? markdownOption : { ...markdownOption, displayOptions: { show } };
	return {
		...message,
		options: [...(message.options ?? []), option],
		schema: z.preprocess((values, context) => {
			if (!isObject(values) || !isMarkdown(values, context)) return values;
			const written = { ...values };
			for (const name of texts) {
				if (name in values) written[name] = fromMarkdown(values[name]);
			}
			return written;
		}, message.schema),
	};
}

/** Whether the option is on. Problems are reported under its name. */
export function isMarkdown(
	values: Record<string, unknown>,
	problems: Pick<z.core.ParsePayload, 'issues'>,
): boolean {
	const { options } = values;
	if (!isObject(options)) return false;
	const issues: z.core.$ZodRawIssue[] = [];
	const isOn = readParameter(truth, options, 'markdown', { issues });
	problems.issues.push(
		...issues.map((issue) => ({ ...issue, path: ['options', ...(issue.path ?? [])] })),
	);
	return isOn === true;
}

/** Converts only texts; other values from an expression are left to the checks. */
export function fromMarkdown(value: unknown): unknown {
	return typeof value === 'string' ? markdownToWhatsApp(value) : value;
}

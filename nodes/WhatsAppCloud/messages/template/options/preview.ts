import type { INodeProperties } from 'n8n-workflow';
import { readAt } from '../../../values/schema/reading';
import type { Problems } from '../../../values/schema/singleStep';
import { truth } from '../../../values/truth';
import { objectOf } from '../../../values/unknown';

/** For a run that shows what would be sent. */
export const previewOption: INodeProperties = {
	displayName: 'Preview Only',
	name: 'previewOnly',
	type: 'boolean',
	default: true,
	description:
		"Whether to check the values against the template as Meta has it now and give the filled text, its category and the person's 24-hour window, without sending anything",
};

/** Reads the option. */
export const readPreview = (options: unknown, problems: Problems): boolean =>
	readAt(truth, objectOf(options)[previewOption.name], ['options', previewOption.name], problems) ??
	false;

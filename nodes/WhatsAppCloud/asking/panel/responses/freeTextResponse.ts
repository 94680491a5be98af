import { z } from 'zod/v4';

import { choiceOf } from '../../../values/choice';
import { readParameter } from '../../../values/schema/reading';
import { rowOf } from '../../../values/row';
import { defineResponse, onlyStep } from '../responseType';
import { formatFields, formatOptions, formats, readFormat } from '../textFormat';

/** A written answer, checked. */
export const freeText = defineResponse({
	name: 'Free Text',
	description: 'A written answer: any text, a number, a date, …',
	fields: [
		{
			displayName: 'Must Be',
			name: 'textFormat',
			type: 'options',
			options: formatOptions,
			default: 'any',
			description: 'What counts as an answer; other texts are wrong answers',
		},
		...formatFields('textFormat'),
	],
	schema: rowOf((values, problems) => {
		const { textFormat = 'any' } = values;
		const format = readParameter(choiceOf(formats), { textFormat }, 'textFormat', problems);
		return format === undefined ? z.NEVER : readFormat(format, values, problems);
	}),
	ask: (format, texts) => onlyStep(texts, { kind: 'text', ...format }),
});

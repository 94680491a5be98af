import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { formatNumber } from '../../values/limits';
import { optionalText } from '../../values/schema/reading';
import { report } from '../../values/schema/singleStep';

/** Longest title of a section. */
const maxSectionTitleCharacters = 24;

export const sectionTitleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	placeholder: 'e.g. Delivery',
	hint: 'Up to 24 characters',
};

export const sectionTitleSchema = optionalText(maxSectionTitleCharacters);

/** With several sections, each needs a title. */
export function checkSectionTitles(
	context: z.core.ParsePayload<{ title?: string | undefined }[]>,
): void {
	if (context.value.length < 2) return;
	for (const [index, { title }] of context.value.entries()) {
		if (title !== undefined) continue;
		report(context, [index, 'title'], 'is empty; with several sections each needs a title');
	}
}

/**
 * Checks how much all sections hold together.
 *
 * @param key of the list in each section; also the word for its entries
 */
export function checkTotal<Key extends string>(
	context: z.core.ParsePayload<Record<Key, unknown[]>[]>,
	key: Key,
	max: number,
): void {
	const total = context.value.reduce((sum, section) => sum + section[key].length, 0);
	if (total <= max) return;
	report(
		context,
		[],
		`can have at most ${formatNumber(max)} ${key} in all, but have ${formatNumber(total)}`,
		'tooMany',
	);
}

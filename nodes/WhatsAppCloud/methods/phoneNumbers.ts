import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { listSearch } from './accountList';

interface PhoneNumber {
	id: string;
	display_phone_number?: string;
	verified_name?: string;
}

/** The account's numbers for the editor's list. */
export const searchPhoneNumbers = listSearch<PhoneNumber>({
	edge: 'phone_numbers',
	fields: 'id,display_phone_number,verified_name',
	label: ({ id, display_phone_number: number = id, verified_name: name }) =>
		name === undefined ? number : `${name} (${number})`,
});

/** Nobody looks through more numbers than this; an expression can set others. */
const maxOptions = 5_000;

/** All of the account's numbers, for a field that takes several. */
export async function loadPhoneNumbers(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const options: INodePropertyOptions[] = [];
	const begun = new Set<string>();
	let after: string | undefined;
	do {
		if (after !== undefined) begun.add(after);
		const page = await searchPhoneNumbers.call(this, '', after);
		options.push(...page.results.map(({ name, value }) => ({ name, value })));
		after = typeof page.paginationToken === 'string' ? page.paginationToken : undefined;
		// Pages that point at each other would never end.
	} while (after !== undefined && !begun.has(after) && options.length < maxOptions);
	return options;
}

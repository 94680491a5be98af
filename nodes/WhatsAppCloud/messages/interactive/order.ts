import type { INodeProperties } from 'n8n-workflow';
import { idOfForm } from '../../values/id';

/** Longest ID of an order. */
const maxReferenceIdCharacters = 35;

export const referenceIdField: INodeProperties = {
	displayName: 'Reference ID',
	name: 'referenceId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. order-1042',
	hint: 'Up to 35 letters (A to Z), digits, dots, dashes and underscores',
	description: 'Your own ID for the order, unique among your orders',
};

/** The ID of an order. Meta accepts English letters, digits, `_`, `-` and `.`. */
export const referenceIdSchema = idOfForm(
	/^[\w.-]+$/,
	'can have only letters from A to Z, digits, dots, dashes and underscores',
	maxReferenceIdCharacters,
);

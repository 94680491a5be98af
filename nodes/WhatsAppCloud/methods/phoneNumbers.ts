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

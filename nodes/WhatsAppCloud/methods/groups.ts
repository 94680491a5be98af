import { emptyPart } from '../graph/account';
import { listSearch } from './accountList';

interface Group {
	id: string;
	subject?: string;
}

/** The groups of the credential's number for the editor's list. */
export const searchGroups = listSearch<Group>({
	node(_host, { phoneNumberId }) {
		if (phoneNumberId !== '') return phoneNumberId;
		throw emptyPart('Default Phone Number ID');
	},
	edge: 'groups',
	label: ({ id, subject = id }) => subject,
});

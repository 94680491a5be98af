import { listSearch } from './accountList';

/** The account's Flows for the editor's list. What is not published says so. */
export const searchFlows = listSearch({
	edge: 'flows',
	fields: 'id,name,status',
	label: ({ id, name = id, status }) =>
		status === undefined || status === 'PUBLISHED' ? name : `${name} (${status.toLowerCase()})`,
});

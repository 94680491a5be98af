import { listSearch } from './accountList';

interface Flow {
	id: string;
	name?: string;
	status?: string;
}

/** The account's Flows for the editor's list. Unpublished ones are labelled as such. */
export const searchFlows = listSearch<Flow>({
	edge: 'flows',
	fields: 'id,name,status',
	label: ({ id, name = id, status }) =>
		status === undefined || status === 'PUBLISHED' ? name : `${name} (${status.toLowerCase()})`,
});

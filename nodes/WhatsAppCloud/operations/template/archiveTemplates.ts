import { defineArchiving } from './archiving';

/** Puts templates away that are not used now. */
export const archiveTemplates = defineArchiving({
	name: 'Archive',
	action: 'Archive templates',
	description: 'Put templates away; Meta deletes them after 28 days unless they are brought back',
	entry: 'archive',
	done: 'archived_templates',
	member: 'archived',
});

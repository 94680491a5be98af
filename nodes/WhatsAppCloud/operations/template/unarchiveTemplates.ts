import { defineArchiving } from './archiving';

/** Brings archived templates back. */
export const unarchiveTemplates = defineArchiving({
	name: 'Unarchive',
	action: 'Unarchive templates',
	description: 'Bring archived templates back, within 28 days',
	entry: 'unarchive',
	done: 'unarchived_templates',
	member: 'unarchived',
});

import { defineBlockOperation } from './blockList';

/** Keeps people from writing to and calling the number; it can no longer write to them, either. */
export const block = defineBlockOperation(
	{
		name: 'Block',
		action: 'Block contact',
		description: 'Block people who wrote within 24 hours. They can no longer write or call.',
	},
	{ method: 'POST', verb: 'blocked' },
);

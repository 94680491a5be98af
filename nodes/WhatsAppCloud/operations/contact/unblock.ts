import { defineBlockOperation } from './blockList';

/** Lets blocked people write to and call the number again. */
export const unblock = defineBlockOperation(
	{
		name: 'Unblock',
		action: 'Unblock contact',
		description: 'Take people off the block list, so that they can write and call again',
	},
	{ method: 'DELETE', verb: 'unblocked' },
);

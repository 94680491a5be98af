import { z } from 'zod/v4';
import { isNothing } from './numbers';
import { report } from './row';
import { step } from './schema/singleStep';

/** A boolean, or its text as tables write it. Nothing means false. */
export const truth = step((value, context): boolean => {
	if (isNothing(value)) return false;
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (text === 'true' || text === 'false') return text === 'true';
	report(context, [], 'must be true or false', 'otherKind');
	return z.NEVER;
});

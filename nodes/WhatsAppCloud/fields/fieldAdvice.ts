import type { z } from 'zod/v4';
import { faultOf, type Fault } from '../values/words';

const adviceByFault: Record<Fault, string> = {
	missing: 'Fill it in. If an expression stands here, the item lacks that value.',
	otherKind:
		'Change the expression, or the value that it reads, so that it returns that kind of value.',
	otherForm: 'Enter it in that form.',
	noJson: 'Correct the JSON at this place; an expression in it has to return valid JSON.',
	noChoice: 'Pick one in the panel; an expression has to return one of the values in brackets.',
	unknownName: 'Remove it, or use one of the names above.',
	tooLong: 'Shorten it.',
	tooMany: 'Remove some, or send several messages.',
	tooFew: 'Add what is missing.',
	tooLarge: 'Enter a smaller value.',
	tooSmall: 'Enter a larger value.',
	bothGiven: 'Empty one of the two.',
};

/**
 * What to do about a value that cannot be used: the schema's own words for it (`advice` among the
 * issue's `params`), or what is usual for its fault.
 */
export function adviceOnValue(issue: z.core.$ZodIssue): string {
	const own: unknown = issue.code === 'custom' ? issue.params?.['advice'] : undefined;
	if (typeof own === 'string') return own;
	const fault = faultOf(issue);
	return fault === undefined
		? 'Change it as the message says, here or in the expression that returns it.'
		: adviceByFault[fault];
}

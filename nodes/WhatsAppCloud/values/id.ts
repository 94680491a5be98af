import { optionalText, requiredText } from './schema/reading';
import { report } from './schema/singleStep';
import { quoted } from './words';

/**
 * A required ID, the user's own or Meta's. Tables and models often add spaces around IDs, and Meta
 * rejects those, so every ID is trimmed.
 */
export const requiredId = (maxCharacters = Infinity) => requiredText(maxCharacters, trimmed);

/** The same, or nothing. */
export const optionalId = (maxCharacters = Infinity) => optionalText(maxCharacters, trimmed);

const trimmed = (id: string): string => id.trim();

/**
 * A required ID whose form is known.
 *
 * @param rule completes the sentence: `must consist of digits only`
 */
export const idOfForm = (pattern: RegExp, rule: string, maxCharacters = Infinity) =>
	requiredId(maxCharacters).check((context) => {
		const { value } = context;
		if (!pattern.test(value)) {
			report(context, [], `${rule}, but is ${quoted(value)}`, 'otherForm');
		}
	});

/** The name of a template. */
export const templateName = idOfForm(
	/^[a-z0-9_]+$/,
	'can have lower-case letters, digits and underscores only',
	512,
);

/** Meta's IDs contain no spaces: the user copied too much, or two IDs. */
const spaceInside = {
	error: 'has spaces or line breaks inside; enter the ID alone',
};

/** A message's ID, from the trigger or a send. */
export const requiredMessageId = requiredId(512).refine((id) => !/\s/.test(id), spaceInside);

/** The same, or nothing. */
export const optionalMessageId = optionalId(512).refine(
	(id) => id === undefined || !/\s/.test(id),
	spaceInside,
);

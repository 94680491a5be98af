import { optionalText, requiredText } from './limits';

/**
 * An ID that must be there, of the user or of Meta. Meta refuses spaces around one, which tables
 * and models bring along, and so they are taken off, wherever an ID stands.
 */
export const requiredId = (maxCharacters = Infinity) =>
	requiredText(maxCharacters).transform((id) => id.trim());

/** The same, or nothing. */
export const optionalId = (maxCharacters = Infinity) =>
	optionalText(maxCharacters).transform((id) => id?.trim());

/** No ID that Meta gave has them: more than the ID was copied, or two of them. */
const spaceInside = {
	error: 'has spaces or line breaks inside; give the ID alone',
};

/** The ID of a message, as the trigger or a send gave it. */
export const requiredMessageId = requiredId(512).refine((id) => !/\s/.test(id), spaceInside);

/** The same, or nothing. */
export const optionalMessageId = optionalId(512).refine(
	(id) => id === undefined || !/\s/.test(id),
	spaceInside,
);

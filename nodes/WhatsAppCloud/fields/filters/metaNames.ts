import { idOfForm } from '../../values/id';
import { choiceList } from '../../values/list';

/** `GROUP_UTILITY` → `Group Utility`, `AI_BOT` → `AI Bot` */
const titleOf = (name: string): string =>
	name
		.split('_')
		.map((word) => (word === 'AI' ? word : word.charAt(0) + word.slice(1).toLowerCase()))
		.join(' ');

/** Meta's names as choices of the panel. */
export const metaChoices = (names: readonly string[]) =>
	names.map((value) => ({ name: titleOf(value), value }));

/**
 * Several of Meta's names. Meta adds names, so an expression may return one that the panel does not
 * offer yet.
 *
 * @param example for errors
 */
export const metaNames = (example: string) =>
	choiceList(
		idOfForm(/^[a-z_]+$/i, `must be a name as Meta writes it, such as ${example}`).transform(
			(name) => name.toUpperCase(),
		),
	);

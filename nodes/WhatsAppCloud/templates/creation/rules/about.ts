import type { Category } from '../definition';

/** What the rules for one component depend on besides it. */
export interface About {
	category: Category;
	/** Whether the template's variables have names. */
	isNamed: boolean;
	/** Types of the template's components. */
	types: ReadonlySet<string>;
	/** Types of its buttons, those of cards excepted. */
	buttonTypes: readonly string[];
}

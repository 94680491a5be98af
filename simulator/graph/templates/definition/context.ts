import type { Simulator } from '../../../simulator.ts';

/** What the rules of a definition see. */
export interface DefinitionContext {
	simulator: Simulator;
	businessAccountId: string;
	/** Base of the addresses in answers. */
	origin: string;
	category: string;
	/** Variables have names instead of numbers. */
	isNamed: boolean;
}

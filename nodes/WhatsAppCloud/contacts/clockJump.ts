import type { Store } from '../store/store';
import type { Clock } from '../time/clock';

/**
 * Whether the clock has jumped, while this process ran or across a restart, so that nobody knows how
 * long ago a person has written.
 *
 * @throws StateProblem
 */
export const hasClockJumped = async (
	{ clockWasSetBack }: Pick<Store, 'clockWasSetBack'>,
	clock: Pick<Clock, 'now' | 'hasJumped'>,
): Promise<boolean> => clock.hasJumped?.() === true || (await clockWasSetBack(clock.now()));

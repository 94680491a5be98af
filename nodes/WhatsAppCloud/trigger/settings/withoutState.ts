import { FieldProblem } from '../../values/problem';
import type { TriggerOptions } from './triggerOptions';

/**
 * Refuses what a trigger could not do while the state is off.
 *
 * @throws FieldProblem for the first such option
 */
export function refuseWithoutState({
	collect,
	onePerContact,
	whenKilled,
	forwards,
	contacts: { whenTakenOver, confirmations },
}: Pick<
	TriggerOptions,
	'collect' | 'onePerContact' | 'whenKilled' | 'forwards' | 'contacts'
>): void {
	const needs: [isChosen: boolean, label: string][] = [
		[collect !== null, 'Collect Messages'],
		[onePerContact, 'One Execution per Contact'],
		[whenKilled !== null, 'When n8n Is Killed'],
		[forwards.length > 0, 'Forward Webhooks To'],
		[whenTakenOver !== 'start', 'When a Person Has Taken Over'],
		[confirmations.optIn !== null, 'Opt-In Confirmation'],
		[confirmations.optOut !== null, 'Opt-Out Confirmation'],
	];
	const label = needs.find(([isChosen]) => isChosen)?.[1];
	if (label === undefined) return;
	throw new FieldProblem(
		`Options › ${label}`,
		'needs the state, which is off',
		'Choose where to keep it under "Keep State In" of the credential, or remove the option.',
	);
}

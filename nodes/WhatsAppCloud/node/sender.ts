import type { Run } from './run';
import { FieldProblem } from '../values/problem';

/**
 * The phone number ID to use: the item's own, or else the credential's.
 *
 * @param label of the field, for errors
 * @throws FieldProblem if there is none, or it is not an ID
 */
export function senderOf(run: Run, phoneNumberId: string | undefined, label = 'Sender'): string {
	const id = phoneNumberId ?? run.account.phoneNumberId;
	if (/^\d+$/.test(id)) return id;
	throw new FieldProblem(
		label,
		id === '' ? 'is empty' : 'must be a phone number ID, which consists of digits only',
		'Pick a phone number from the list, or set Default Phone Number ID in the credential.',
	);
}

import type { Run } from './run';
import { FieldProblem } from '../values/problem';

/**
 * The phone number ID to use: the item's own, or else the credential's.
 *
 * @throws FieldProblem if there is none, or it is not an ID
 */
export function senderOf(run: Run, phoneNumberId: string | undefined): string {
	const id = phoneNumberId ?? run.account.phoneNumberId;
	if (/^\d+$/.test(id)) return id;
	throw new FieldProblem(
		'Sender',
		id === '' ? 'is empty' : 'must be a phone number ID, which consists of digits only',
		'Pick a sender from the list, or set Default Phone Number ID in the credential.',
	);
}

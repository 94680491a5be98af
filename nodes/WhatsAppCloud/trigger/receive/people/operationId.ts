import type { StatusEvent } from '../../../events/statuses/statusEvent';
import { readCallbackData } from '../../../graph/callbackData';
import { maxOperationIdLength } from '../../../store/store';

/**
 * The operation ID of the message that a status is about, if it has one. It may also be what another
 * sender gave Meta in its place.
 */
export function operationIdOf({ callbackData }: StatusEvent): string | null {
	if (callbackData === null) return null;
	const { operationId } = readCallbackData(callbackData);
	return operationId !== '' && operationId.length <= maxOperationIdLength ? operationId : null;
}

import type { Account } from '../../graph/account';
import type { GraphClient } from '../../graph/client';
import { tokenSlotOf } from '../../graph/tokenChoice';
import type { DeliveryContext, SendAnswer } from './deliver';

/**
 * Makes the request of a message once.
 *
 * @param timeoutSeconds longest that Meta may take for the whole answer
 */
export const attemptSend =
	(
		graph: Pick<GraphClient, 'attempt'>,
		account: Account,
		timeoutSeconds: number,
	): DeliveryContext['attempt'] =>
	async ({ phoneNumberId, endpoint, body }, token) =>
		await graph.attempt<SendAnswer>({
			method: 'POST',
			node: phoneNumberId,
			edge: endpoint,
			json: body,
			tokenSlot: tokenSlotOf(account, token),
			timeoutMs: timeoutSeconds * 1_000,
		});

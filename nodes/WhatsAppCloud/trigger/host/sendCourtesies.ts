import type { IWebhookFunctions } from 'n8n-workflow';

import type { WebhookEvent } from '../../events/webhookEvent';
import { parseAccount, type Account } from '../../graph/account';
import { createGraphClient } from '../../graph/client';
import { createSteadyClient } from '../../graph/steps/steadyClient';
import { tokenSlotOf } from '../../graph/tokenChoice';
import type { SendAnswer } from '../../sending/attempt/deliver';
import {
	createCourtesies,
	type Courtesies,
	type Courtesy,
	type Kept,
} from '../../sending/courtesies';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { reasonOf } from '../../values/unknown';
import { markAsRead } from '../execution/readReceipts';
import { log } from '../log';
import { phoneOf } from '../receive/address';
import type { Confirmation } from '../receive/wishes';

/** Longest that Meta may take for the answer to a confirmation, in milliseconds. */
const CONFIRM_MS = 20_000;

/**
 * The texts that triggers with a credential send by themselves.
 *
 * @param credential as n8n has it: that its token is missing is a problem only when something is sent
 */
export const courtesiesOf = (store: Store, account: Account, credential: unknown): Courtesies =>
	createCourtesies({
		account,
		store,
		attempt: async ({ phoneNumberId, endpoint, body }, token) => {
			const sender = parseAccount(credential);
			return await createGraphClient(sender).attempt<SendAnswer>({
				method: 'POST',
				node: phoneNumberId,
				edge: endpoint,
				json: body,
				tokenSlot: tokenSlotOf(sender, token),
				timeoutMs: CONFIRM_MS,
			});
		},
		clock: systemClock,
	});

/** A confirmation as a message; none to somebody who has no address. */
export function toCourtesies(
	confirmations: readonly Confirmation[],
	trigger: Pick<Courtesy, 'workflowId' | 'nodeId' | 'nodeName'>,
): Courtesy[] {
	return confirmations.flatMap(({ event: { phoneNumberId, contact }, text, key }) => {
		const to = phoneOf(contact.waId);
		const { userId } = contact;
		if (phoneNumberId === null || (to === null && userId === null)) return [];
		const recipient = to === null ? { recipient: userId ?? '' } : { to };
		return [{ ...trigger, key, phoneNumberId, recipient, text }];
	});
}

/**
 * What a webhook makes the trigger send by itself. Nobody awaits it, so it never fails: a typing
 * indicator or a confirmation that cannot be sent must not cost a message.
 */
export async function sendCourtesies(
	host: IWebhookFunctions,
	{ typing, kept }: { typing: WebhookEvent[]; kept: readonly Kept[] },
	{ courtesies, credential }: { courtesies: Courtesies; credential: unknown },
): Promise<void> {
	if (typing.length > 0) {
		try {
			const graph = createSteadyClient(parseAccount(credential), { clock: systemClock });
			for (const problem of await markAsRead(graph, typing, true)) {
				log(host, 'warn', `could not mark as read, ${problem}`);
			}
		} catch (error) {
			log(host, 'warn', `could not mark as read, ${reasonOf(error)}`);
		}
	}
	for (const problem of await courtesies.send(kept)) {
		log(host, 'warn', `could not confirm a choice: ${problem}`);
	}
}

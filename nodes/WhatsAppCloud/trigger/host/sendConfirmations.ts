import type { FunctionsBase, IWebhookFunctions } from 'n8n-workflow';

import type { WebhookEvent } from '../../events/webhookEvent';
import { parseAccount, type Account } from '../../graph/account';
import { createGraphClient } from '../../graph/client';
import { createSteadyClient } from '../../graph/steps/steadyClient';
import { createTokenChoice } from '../../graph/tokenChoice';
import { attemptSend } from '../../sending/attempt/attemptSend';
import {
	createConfirmations,
	type Confirmations,
	type ConfirmationMessage,
	type QueuedConfirmations,
} from '../../sending/confirmations';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { reasonOf } from '../../values/unknown';
import { markAsRead } from '../execution/readReceipts';
import { log } from '../log';
import { phoneOf } from '../receive/address';
import type { Naming } from '../receive/naming';
import type { Confirmation } from '../receive/people/wishes';
import { nodeOf } from './triggerProcess';

/**
 * The texts that triggers with a credential send by themselves.
 *
 * @param readCredential called whenever something is to be sent: the token may have been changed, and
 *   that it is missing is a problem only then
 */
export const confirmationsOf = (
	store: Store,
	account: Account,
	readCredential: () => Promise<unknown>,
): Confirmations =>
	createConfirmations({
		account,
		store,
		openSender: async (timeoutSeconds) => {
			const sender = parseAccount(await readCredential());
			return {
				tokens: createTokenChoice(sender),
				attempt: attemptSend(createGraphClient(sender), sender, timeoutSeconds),
			};
		},
		clock: systemClock,
	});

/** The trigger, as the outbox names what it sends. */
export function triggerOf(
	host: Pick<FunctionsBase, 'getNode' | 'getWorkflow'>,
): ConfirmationMessage['trigger'] {
	const { id: nodeId, name: nodeName } = nodeOf(host);
	return { workflowId: host.getWorkflow().id ?? '', nodeId, nodeName };
}

/** A confirmation as a message; none to somebody who has no address. */
export function toMessages(
	confirmations: readonly Confirmation[],
	trigger: ConfirmationMessage['trigger'],
	{ owner }: Pick<Naming, 'owner'>,
): ConfirmationMessage[] {
	return confirmations.flatMap(({ event, text, key }) => {
		const { phoneNumberId, contact } = event;
		const to = phoneOf(contact.waId);
		const { userId } = contact;
		if (phoneNumberId === null || (to === null && userId === null)) return [];
		const recipient = to === null ? { recipient: userId ?? '' } : { to };
		return [{ trigger, key, account: owner(event), phoneNumberId, recipient, text }];
	});
}

/**
 * What a webhook makes the trigger send by itself. Nobody awaits it, so it never fails: a typing
 * indicator or a confirmation that cannot be sent must not cost a message.
 */
export async function sendTypingAndConfirmations(
	host: IWebhookFunctions,
	{
		typing,
		confirmations,
	}: { typing: readonly WebhookEvent[]; confirmations: QueuedConfirmations },
	{ queue, credential }: { queue: Confirmations; credential: unknown },
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
	for (const problem of await queue.send(confirmations)) {
		log(host, 'warn', `could not confirm a choice: ${problem}`);
	}
}

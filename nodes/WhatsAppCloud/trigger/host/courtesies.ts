import type { IWebhookFunctions } from 'n8n-workflow';

import type { WebhookEvent } from '../../events/webhookEvent';
import { parseAccount } from '../../graph/account';
import type { GraphClient } from '../../graph/client';
import { createSteadyClient } from '../../graph/steps/steadyClient';
import type { Store } from '../../store/store';
import { systemClock } from '../../time/system/systemClock';
import { reasonOf } from '../../values/unknown';
import { markAsRead } from '../execution/readReceipts';
import { log } from '../log';
import { phoneOf } from '../receive/address';
import type { Confirmation } from '../receive/wishes';

/**
 * What a webhook makes the trigger send by itself. Nobody awaits it, so it never fails: a typing
 * indicator or a confirmation that cannot be sent must not cost a message.
 */
export async function sendCourtesies(
	host: IWebhookFunctions,
	{ typing, confirmations }: { typing: WebhookEvent[]; confirmations: Confirmation[] },
	{ store, credential }: { store: Pick<Store, 'inbox'>; credential: unknown },
): Promise<void> {
	if (typing.length + confirmations.length === 0) return;
	try {
		const graph = createSteadyClient(parseAccount(credential), { clock: systemClock });
		if (typing.length > 0) {
			for (const problem of await markAsRead(graph, typing, true)) {
				log(host, 'warn', `could not mark as read, ${problem}`);
			}
		}
		for (const confirmation of confirmations) {
			const problem = await confirm(confirmation, graph, store);
			if (problem !== null) log(host, 'warn', `could not confirm a choice: ${problem}`);
		}
	} catch (error) {
		log(host, 'warn', `could not write to Meta, ${reasonOf(error)}`);
	}
}

/**
 * Answers somebody who has opted out or in, the first time: Meta may deliver their message again,
 * and another process may have got it, too.
 *
 * @returns what went wrong
 */
async function confirm(
	{ event, text, key }: Confirmation,
	graph: GraphClient,
	{ inbox }: Pick<Store, 'inbox'>,
): Promise<string | null> {
	const { phoneNumberId, contact } = event;
	const to = phoneOf(contact.waId);
	if (phoneNumberId === null || !(await inbox.isFirst(key, systemClock.now()))) return null;
	const attempt = await graph.attempt({
		method: 'POST',
		node: phoneNumberId,
		edge: 'messages',
		json: {
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			...(to === null ? { recipient: contact.userId } : { to }),
			type: 'text',
			text: { body: text },
		},
	});
	return attempt.ok ? null : attempt.error.message;
}

import type { Account } from '../../graph/account';
import type { AppSubscription } from '../../graph/endpoints/subscriptions';
import { optionsOf, type KnownListener } from '../listeners/knownListeners';
import { comesToAppAlone, furtherFieldsFor } from '../registration/metaFields';
import { unknown, type Check } from './check';

/** What published triggers need beyond their events, for the rules for contacts and forwarding. */
export function furtherFieldsOf(
	listeners: readonly KnownListener[],
	account: Pick<Account, 'appSecret'>,
): string[] {
	const fields = listeners
		.filter(({ isTest }) => !isTest)
		.flatMap((listener) => {
			try {
				return furtherFieldsFor(optionsOf(listener, account));
			} catch {
				// Each webhook says that this trigger cannot be read.
				return [];
			}
		});
	return [...new Set(fields)].sort();
}

/** Whether what they need comes. Included only if something does not. */
export function checkFurtherFields({
	app,
	furtherFields,
	listeners,
}: {
	/** Null if Meta did not say. */
	app: AppSubscription | null;
	furtherFields: readonly string[];
	listeners: readonly Pick<KnownListener, 'address'>[];
}): Check[] {
	if (app === null) return [];
	const check = 'What the rules for contacts and forwarding need comes, too';
	const missing = furtherFields.filter((field) => !app.fields.includes(field));
	if (missing.length > 0) {
		return [
			unknown(
				check,
				`The app is not subscribed to ${missing.join(', ')}`,
				'Subscribe to them in the App Dashboard under WhatsApp → Configuration → Webhook fields, or publish the workflow again. Without user_preferences, opt-outs in WhatsApp itself stay unknown; without messaging_handovers, standby and smb_message_echoes, that somebody else answers; without calls, windows that a call has opened.',
			),
		];
	}
	const elsewhere = furtherFields.filter(comesToAppAlone);
	const isOurs = listeners.some(({ address }) => address === app.callbackUrl);
	if (elsewhere.length === 0 || isOurs) return [];
	return [
		unknown(
			check,
			`${elsewhere.join(', ')} come to the callback of the app alone: ${app.callbackUrl ?? 'none'}, which is no known trigger`,
			'Let a trigger be registered For the Whole App, or let that callback hand its webhooks on to a trigger, signature included.',
		),
	];
}

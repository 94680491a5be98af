import type { WebhookTraits } from '../faults/faults.ts';
import type { JsonObject } from '../json.ts';
import { own } from '../json.ts';
import type { Account, App } from '../state/account.ts';
import type { WebhookSender } from './sender.ts';

/** The account whose changes are published, and the sender. */
export interface Publisher {
	account: Account;
	webhooks: Pick<WebhookSender, 'send'>;
}

/** A change of an account, for every app that has subscribed to its field. */
interface Change {
	businessAccountId: string;
	/** Null for changes of the whole business account. */
	phoneNumberId: string | null;
	field: string;
	value: JsonObject;
	traits: WebhookTraits;
}

/**
 * Fields that an override redirects; all others go to the app's callback.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
 */
const overridable: ReadonlySet<string> = new Set([
	'account_settings_update',
	'calls',
	'consumer_profile',
	'group_lifecycle_update',
	'group_participants_update',
	'group_settings_update',
	'group_status_update',
	'history',
	'message_echoes',
	'messages',
	'messaging_handovers',
	'smb_app_state_sync',
	'smb_message_echoes',
]);

/**
 * Callback of an app for a change: the number's takes precedence over the business account's, and
 * that one over the app's.
 * https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks#overrides
 */
function callbackOf(
	account: Account,
	app: App,
	businessAccountId: string,
	phoneNumberId: string | null,
	field: string,
): string | null {
	const subscribed = account.businessAccounts
		.get(businessAccountId)
		?.subscribedApps.find((entry) => entry.appId === app.id);
	if (!subscribed) return null;
	// An app that never set its fields counts as subscribed to `messages`, so that overrides work.
	const fields = app.subscription?.fields ?? ['messages'];
	if (!fields.includes(field)) return null;
	if (overridable.has(field)) {
		const number = phoneNumberId === null ? undefined : account.phoneNumbers.get(phoneNumberId);
		const override = own(number?.overrideCallbacks ?? {}, app.id) ?? subscribed.overrideCallbackUri;
		if (override) return override;
	}
	return app.subscription?.callbackUrl ?? null;
}

/** Sends the change to every app that subscribes to it. @returns how many those are */
export function publishChange({ account, webhooks }: Publisher, change: Change): number {
	let deliveries = 0;
	const { businessAccountId, phoneNumberId, field, value, traits } = change;
	for (const app of account.apps.values()) {
		const url = callbackOf(account, app, businessAccountId, phoneNumberId, field);
		if (url === null) continue;
		webhooks.send({
			url,
			currentUrl: () => callbackOf(account, app, businessAccountId, phoneNumberId, field),
			appId: app.id,
			appSecret: app.secret,
			businessAccountId,
			field,
			value,
			traits,
		});
		deliveries++;
	}
	return deliveries;
}

/** Sends a change that concerns no message: of a group, a Flow, a template, settings. */
export function publishNotice(publisher: Publisher, notice: Omit<Change, 'traits'>): number {
	return publishChange(publisher, {
		...notice,
		traits: {
			event: 'other',
			status: undefined,
			phoneNumberId: notice.phoneNumberId ?? undefined,
			recipient: undefined,
			operationId: undefined,
			messageType: undefined,
		},
	});
}

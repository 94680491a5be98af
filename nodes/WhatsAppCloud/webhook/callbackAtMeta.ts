import type { Registration } from './registration';
import { registrationStep } from './registrationProblem';
import type { AppSubscription, Callback, SubscribedApp, Subscriptions } from './subscriptions';

/** The callback of a scope, and for the whole app its fields. */
export type CurrentCallback = { url: string | null; fields: string[] };

export async function readSubscribedApps(
	subscriptions: Subscriptions,
	{ businessAccountId }: Registration,
): Promise<SubscribedApp[]> {
	return await registrationStep('tell which apps the business account is subscribed to', () =>
		subscriptions.subscribedApps(businessAccountId),
	);
}

export async function readCallback(
	subscriptions: Subscriptions,
	registration: Registration,
	apps: readonly SubscribedApp[],
): Promise<CurrentCallback> {
	const { scope, appId, phoneNumberId } = registration;
	if (scope === 'businessAccount') {
		return { url: apps.find((app) => app.appId === appId)?.overrideUrl ?? null, fields: [] };
	}
	if (scope === 'phoneNumber') {
		const { phoneNumberUrl } = await registrationStep(
			`tell where the webhooks of phone number ${phoneNumberId} go`,
			() => subscriptions.phoneNumberCallbacks(phoneNumberId),
		);
		return { url: phoneNumberUrl, fields: [] };
	}
	const app = await readApp(subscriptions, registration);
	return { url: app?.callbackUrl ?? null, fields: app?.fields ?? [] };
}

export async function readApp(
	subscriptions: Subscriptions,
	registration: Registration,
): Promise<AppSubscription | null> {
	return await registrationStep(`tell what the app ${registration.appId} is subscribed to`, () =>
		subscriptions.appSubscription(registration),
	);
}

export async function writeCallback(
	subscriptions: Subscriptions,
	registration: Registration,
	callback: Callback | null,
	fields: readonly string[],
): Promise<void> {
	const { scope, appId, businessAccountId, phoneNumberId } = registration;
	const verb = callback === null ? 'stop leading' : 'lead';
	const target = callback === null ? 'here' : `to ${callback.url}`;
	const whose = {
		phoneNumber: `phone number ${phoneNumberId}`,
		businessAccount: `business account ${businessAccountId}`,
		app: `app ${appId}`,
	}[scope];
	await registrationStep(
		`${verb} the webhooks of ${whose} ${target}`,
		async () => {
			if (scope === 'phoneNumber') {
				await subscriptions.setPhoneNumberCallback(phoneNumberId, callback);
			} else if (scope === 'businessAccount') {
				await subscriptions.subscribeApp(businessAccountId, callback);
			} else if (callback === null) {
				await subscriptions.deleteAppSubscription(registration);
			} else {
				await subscriptions.setAppSubscription(registration, callback, fields);
			}
		},
		callback?.url,
	);
}

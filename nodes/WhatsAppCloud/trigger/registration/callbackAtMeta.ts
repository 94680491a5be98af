import { registrationStep } from './registrationProblem';
import type {
	AppSubscription,
	Callback,
	SubscribedApp,
	Subscriptions,
} from '../../graph/endpoints/subscriptions';
import type { RegistrationScope } from '../listeners/listenerScope';

/** Where a callback is registered at Meta, with what Meta requires there. */
export interface CallbackPlace {
	scope: RegistrationScope;
	appId: string;
	appSecret: string;
	businessAccountId: string;
	/** For the scope `phoneNumber`. */
	phoneNumberId: string;
}

/** The callback of a scope and, for the whole app, its fields. */
interface CurrentCallback {
	url: string | null;
	fields: string[];
}

export async function readSubscribedApps(
	subscriptions: Subscriptions,
	{ businessAccountId }: CallbackPlace,
): Promise<SubscribedApp[]> {
	return await registrationStep('list the apps that the business account is subscribed to', () =>
		subscriptions.subscribedApps(businessAccountId),
	);
}

export async function readCallback(
	subscriptions: Subscriptions,
	place: CallbackPlace,
	apps: readonly SubscribedApp[],
): Promise<CurrentCallback> {
	const { scope, appId, phoneNumberId } = place;
	if (scope === 'businessAccount') {
		return { url: apps.find((app) => app.appId === appId)?.overrideUrl ?? null, fields: [] };
	}
	if (scope === 'phoneNumber') {
		const { phoneNumberUrl } = await registrationStep(
			`show where the webhooks of phone number ${phoneNumberId} go`,
			() => subscriptions.phoneNumberCallbacks(phoneNumberId),
		);
		return { url: phoneNumberUrl, fields: [] };
	}
	const app = await readApp(subscriptions, place);
	return { url: app?.callbackUrl ?? null, fields: app?.fields ?? [] };
}

export async function readApp(
	subscriptions: Subscriptions,
	place: CallbackPlace,
): Promise<AppSubscription | null> {
	return await registrationStep(`show what the app ${place.appId} is subscribed to`, () =>
		subscriptions.appSubscription(place),
	);
}

export async function writeCallback(
	subscriptions: Subscriptions,
	place: CallbackPlace,
	callback: Callback | null,
	fields: readonly string[],
): Promise<void> {
	const { scope, appId, businessAccountId, phoneNumberId } = place;
	const verb = callback === null ? 'stop sending' : 'send';
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
				await subscriptions.deleteAppSubscription(place);
			} else {
				await subscriptions.setAppSubscription(place, callback, fields);
			}
		},
		callback?.url,
	);
}

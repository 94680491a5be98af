import type { GraphClient } from '../client';
import { nextCursor } from '../paging';
import { objectOf, textOrNull } from '../../values/unknown';

/** The only object in Meta's WhatsApp webhooks. */
const OBJECT = 'whatsapp_business_account';

/** Longest address that Meta accepts as an override, in characters. */
export const MAX_OVERRIDE_URL_CHARACTERS = 200;

/** Most pages to read of a list; a business account has a handful of apps, not thousands. */
const MAX_PAGES = 20;

/** Where Meta delivers, with the token it must present to verify the address. */
export interface Callback {
	url: string;
	verifyToken: string;
}

/** An app that gets the webhooks of a business account. */
export interface SubscribedApp {
	appId: string | null;
	name: string | null;
	/** This business account's own callback; `null` if the app's callback applies. */
	overrideUrl: string | null;
}

/** A phone number's callbacks, in order of precedence. */
export interface PhoneNumberCallbacks {
	phoneNumberUrl: string | null;
	businessAccountUrl: string | null;
	appUrl: string | null;
}

/** An app-wide callback and its fields. */
export interface AppSubscription {
	callbackUrl: string | null;
	fields: string[];
	active: boolean;
}

/** The app's own ID and secret, which Meta requires here instead of a user's token. */
interface AppSecrets {
	appId: string;
	appSecret: string;
}

type Json = Record<string, unknown>;

const recordsOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(objectOf) : []);

/**
 * The calls that register webhooks. All of them throw `GraphApiError` or `NoAnswerError`.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override/
 */
export class Subscriptions {
	private readonly graph: GraphClient;

	constructor(graph: GraphClient) {
		this.graph = graph;
	}

	async subscribedApps(businessAccountId: string): Promise<SubscribedApp[]> {
		const apps: SubscribedApp[] = [];
		let after: string | undefined;
		for (let page = 0; page < MAX_PAGES; page++) {
			const { body } = await this.graph.call({
				method: 'GET',
				node: businessAccountId,
				edge: 'subscribed_apps',
				query: { after },
			});
			apps.push(...recordsOf(objectOf(body)['data']).map(subscribedApp));
			after = nextCursor(body, after);
			if (after === undefined) break;
		}
		return apps;
	}

	/** Subscribes the token's app. Without a callback, removes any earlier override. */
	async subscribeApp(businessAccountId: string, callback: Callback | null): Promise<void> {
		await this.graph.call({
			method: 'POST',
			node: businessAccountId,
			edge: 'subscribed_apps',
			...(callback === null ? {} : { json: overrideOf(callback) }),
		});
	}

	/** Ends the subscription of the token's app. */
	async unsubscribeApp(businessAccountId: string): Promise<void> {
		await this.graph.call({ method: 'DELETE', node: businessAccountId, edge: 'subscribed_apps' });
	}

	async phoneNumberCallbacks(phoneNumberId: string): Promise<PhoneNumberCallbacks> {
		const { body } = await this.graph.call({
			method: 'GET',
			node: phoneNumberId,
			query: { fields: 'webhook_configuration' },
		});
		const configuration = objectOf(objectOf(body)['webhook_configuration']);
		return {
			phoneNumberUrl: textOrNull(configuration['phone_number']),
			businessAccountUrl: textOrNull(configuration['whatsapp_business_account']),
			appUrl: textOrNull(configuration['application']),
		};
	}

	/** Sets the callback of one phone number; `null` removes it. */
	async setPhoneNumberCallback(phoneNumberId: string, callback: Callback | null): Promise<void> {
		await this.graph.call({
			method: 'POST',
			node: phoneNumberId,
			json: {
				webhook_configuration:
					callback === null ? { override_callback_uri: '' } : overrideOf(callback),
			},
		});
	}

	/** The app-wide subscription; `null` if there never was one. */
	async appSubscription(app: AppSecrets): Promise<AppSubscription | null> {
		const { body } = await this.graph.call({
			method: 'GET',
			node: app.appId,
			edge: 'subscriptions',
			token: appToken(app),
		});
		const entry = recordsOf(objectOf(body)['data']).find(({ object }) => object === OBJECT);
		if (entry === undefined) return null;
		const fields: unknown[] = Array.isArray(entry['fields']) ? entry['fields'] : [];
		return {
			callbackUrl: textOrNull(entry['callback_url']),
			// Older versions of the API list bare names.
			fields: fields.flatMap(
				(field) => textOrNull(field) ?? textOrNull(objectOf(field)['name']) ?? [],
			),
			active: entry['active'] !== false,
		};
	}

	/** Replaces the app-wide callback and fields. */
	async setAppSubscription(
		app: AppSecrets,
		callback: Callback,
		fields: readonly string[],
	): Promise<void> {
		await this.graph.call({
			method: 'POST',
			node: app.appId,
			edge: 'subscriptions',
			token: appToken(app),
			json: {
				object: OBJECT,
				callback_url: callback.url,
				verify_token: callback.verifyToken,
				fields: fields.join(','),
			},
		});
	}

	async deleteAppSubscription(app: AppSecrets): Promise<void> {
		await this.graph.call({
			method: 'DELETE',
			node: app.appId,
			edge: 'subscriptions',
			token: appToken(app),
			query: { object: OBJECT },
		});
	}
}

function subscribedApp(entry: Json): SubscribedApp {
	const app = objectOf(entry['whatsapp_business_api_data']);
	return {
		appId: textOrNull(app['id']),
		name: textOrNull(app['name']),
		overrideUrl: textOrNull(entry['override_callback_uri']),
	};
}

function overrideOf({ url, verifyToken }: Callback): Json {
	return { override_callback_uri: url, verify_token: verifyToken };
}

function appToken({ appId, appSecret }: AppSecrets): string {
	return `${appId}|${appSecret}`;
}

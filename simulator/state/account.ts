import type { JsonObject } from '../json.ts';
import type { Flow } from './flows.ts';
import type { Group } from './groups.ts';
import type { NumberRecord } from './numbers.ts';

/** What an app has subscribed to with `POST /{app}/subscriptions`. */
interface AppSubscription {
	callbackUrl: string;
	verifyToken: string;
	fields: string[];
}

export interface App {
	id: string;
	name: string;
	secret: string;
	subscription: AppSubscription | null;
}

/** An app that gets the webhooks of a business account. */
interface SubscribedApp {
	appId: string;
	overrideCallbackUri: string | null;
}

export interface BusinessAccount {
	id: string;
	name: string;
	/** ISO 4217. */
	currency: string;
	timezoneId: string;
	/** ISO 3166. */
	country: string;
	subscribedApps: SubscribedApp[];
	/** A card or credit line is on file; without one, only free messages are delivered. */
	hasPaymentMethod: boolean;
	/** First day of the international authentication rate, e.g. 2026-10-01; null: not eligible. */
	authInternationalSince: string | null;
	/** ISO 3166; null: not confirmed. */
	primaryBusinessLocation: string | null;
	/** Service messages are priced as those of a general-purpose AI. */
	offersGeneralPurposeAi: boolean;
	/** Template analytics are on, which cannot be undone. */
	insightsEnabled: boolean;
	/** ONBOARDED: `/marketing_messages` is open. */
	marketingMessages: 'ONBOARDED' | 'ELIGIBLE' | 'INELIGIBLE';
}

export interface PhoneNumber extends NumberRecord {
	id: string;
	businessAccountId: string;
	/** As people read it, e.g. `+1 555-010-0001`. */
	displayPhoneNumber: string;
	/** Prepended to recipients without `+`. */
	countryCallingCode: string;
	verifiedName: string;
	qualityRating: string;
	/** Per app, as set with `webhook_configuration`. */
	overrideCallbacks: Record<string, string>;
	profile: JsonObject;
	/** `waId`s of blocked customers, in the order of blocking. */
	blocked: string[];
	username: string | null;
	/** Calls to and from this number are enabled. */
	callingEnabled: boolean;
	/** Members of `calling` in the number's settings, besides the status. */
	callSettings: JsonObject;
	/** Settings besides calling, by feature. */
	settings: JsonObject;
	/** The number may have groups. */
	groupsAllowed: boolean;
}

export interface AccessToken {
	token: string;
	appId: string;
	type: 'SYSTEM_USER' | 'USER';
	userId: string;
	userName: string;
	/** Seconds since 1970. */
	issuedAt: number;
	/** Seconds since 1970; 0: never. */
	expiresAt: number;
	scopes: string[];
	/** Business accounts that the token has access to. */
	businessAccountIds: string[];
}

export interface Template extends JsonObject {
	id: string;
	name: string;
	language: string;
	/** APPROVED, PENDING, REJECTED, PAUSED, DISABLED … */
	status: string;
	/** MARKETING, UTILITY or AUTHENTICATION. */
	category: string;
	/** POSITIONAL or NAMED. */
	parameter_format: string;
	components: JsonObject[];
	/** Not part of Graph's answers. */
	businessAccountId: string;
}

export interface Product {
	id: string;
	catalogId: string;
	retailerId: string;
	name: string;
	description: string;
	/** ISO 4217. */
	currency: string;
	/** Units of the currency. */
	amount: number;
	imageUrl: string | null;
	availability: string;
}

export interface Catalog {
	id: string;
	businessAccountId: string;
	name: string;
	vertical: string;
	products: Product[];
}

/** `source` of templates that Direct Send made. */
export const generatedSource = 'AUTO_GENERATED';

/** Meta's records of one business. Every ID can be set. */
export interface Account {
	apps: Map<string, App>;
	businessAccounts: Map<string, BusinessAccount>;
	phoneNumbers: Map<string, PhoneNumber>;
	tokens: Map<string, AccessToken>;
	templates: Map<string, Template>;
	catalogs: Map<string, Catalog>;
	flows: Map<string, Flow>;
	groups: Map<string, Group>;
}

export function digitsOf(phone: string): string {
	return phone.replace(/\D/g, '');
}

/** The business account's template of this name and language. */
export function findTemplate(
	account: Account,
	businessAccountId: string,
	name: string,
	language: string,
): Template | undefined {
	for (const template of account.templates.values()) {
		if (
			template.name === name &&
			template.language === language &&
			template.businessAccountId === businessAccountId
		) {
			return template;
		}
	}
	return undefined;
}

/** The template as Graph shows it. */
export function templateNode(template: Template): JsonObject {
	const node: JsonObject = { ...template };
	delete node['businessAccountId'];
	return node;
}

/** Price formatted as in Meta's catalogs. */
export function formattedPrice(product: Product): string {
	return new Intl.NumberFormat('en-US', { style: 'currency', currency: product.currency }).format(
		product.amount,
	);
}

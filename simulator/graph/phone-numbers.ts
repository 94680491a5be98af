import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { asObject, asText, own } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';
import { verifyCallback } from '../webhooks/handshake.ts';
import { bodyOf, callOf, idOf, queryOf, reachBusinessAccount, reachPhoneNumber } from './call.ts';
import { healthOf } from './account/health.ts';
import { invalidParameter } from '../errors/graph-error.ts';
import { fieldsOf, selectFields } from './fields.ts';
import type { NodeType } from './node-type.ts';
import { automationOf } from './numbers/automation.ts';
import { changeNumber } from './numbers/number-changes.ts';
import { page } from './paging.ts';

const nodeType = 'WhatsAppBusinessPhoneNumber';
/** Meta's limit for an override. */
const maxCallbackUrlLength = 200;

const defaultFields = [
	'verified_name',
	'code_verification_status',
	'display_phone_number',
	'quality_rating',
	'platform_type',
	'throughput',
	'webhook_configuration',
	'id',
];

/**
 * `GET /{waba}/phone_numbers`.
 * https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status/
 */
export function registerPhoneNumbers(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/phone_numbers', (request) => {
		const waba = reachBusinessAccount(
			simulator,
			request,
			idOf(request),
			'whatsapp_business_management',
		);
		const fields = fieldsOf(queryOf(request)['fields'], defaultFields);
		const numbers = numbersOf(simulator, waba.id);
		return page(
			simulator,
			request,
			numbers,
			(number) => number.id,
			(number) => selectFields(phoneNumberNode(simulator, request, number), fields, nodeType),
		);
	});
}

export function numbersOf(simulator: Simulator, businessAccountId: string): PhoneNumber[] {
	return [...simulator.account.phoneNumbers.values()].filter(
		(number) => number.businessAccountId === businessAccountId,
	);
}

/** All fields of a number. */
export function phoneNumberNode(
	simulator: Simulator,
	request: FastifyRequest,
	number: PhoneNumber,
): JsonObject {
	const waba = simulator.account.businessAccounts.get(number.businessAccountId);
	return {
		id: number.id,
		display_phone_number: number.displayPhoneNumber,
		verified_name: number.verifiedName,
		quality_rating: number.qualityRating,
		quality_score: { score: number.qualityRating },
		code_verification_status: number.isVerified ? 'VERIFIED' : 'NOT_VERIFIED',
		name_status: number.nameStatus,
		new_display_name: number.newDisplayName ?? undefined,
		new_name_status: number.newNameStatus,
		status: statusOf(number),
		account_mode: 'LIVE',
		platform_type: number.isRegistered ? 'CLOUD_API' : 'NOT_APPLICABLE',
		throughput: { level: number.isRegistered ? number.throughput : 'NOT_APPLICABLE' },
		is_official_business_account: false,
		official_business_account: { oba_status: 'NOT_STARTED' },
		is_pin_enabled: number.pin !== null,
		is_on_biz_app: false,
		host_platform: undefined,
		certificate: undefined,
		messaging_limit_tier: number.messagingLimit,
		whatsapp_business_manager_messaging_limit: number.messagingLimit,
		country_dial_code: number.countryCallingCode,
		last_onboarded_time: '2026-01-01T00:00:00+0000',
		health_status: waba && healthOf(simulator, callOf(request).token?.appId ?? '', waba, number),
		username: number.username ?? undefined,
		search_visibility: number.searchVisibility,
		conversational_automation: automationOf(number),
		webhook_configuration: webhookConfiguration(simulator, request, number),
	};
}

function statusOf({ isRegistered, isVerified, registrationsMs }: PhoneNumber): string {
	if (isRegistered) return 'CONNECTED';
	return isVerified && registrationsMs.length > 0 ? 'DISCONNECTED' : 'PENDING';
}

/** Callbacks in order of precedence: number, business account, app. */
function webhookConfiguration(
	simulator: Simulator,
	request: FastifyRequest,
	number: PhoneNumber,
): JsonObject | undefined {
	const appId = callOf(request).token?.appId ?? '';
	const subscribed = simulator.account.businessAccounts
		.get(number.businessAccountId)
		?.subscribedApps.find((entry) => entry.appId === appId);
	const configuration: JsonObject = {};
	const override = own(number.overrideCallbacks, appId);
	if (override !== undefined) configuration['phone_number'] = override;
	if (subscribed?.overrideCallbackUri) {
		configuration['whatsapp_business_account'] = subscribed.overrideCallbackUri;
	}
	const callbackUrl = simulator.account.apps.get(appId)?.subscription?.callbackUrl;
	if (callbackUrl !== undefined) configuration['application'] = callbackUrl;
	return Object.keys(configuration).length > 0 ? configuration : undefined;
}

export const phoneNumberNodes: NodeType = {
	owns: (simulator, id) => simulator.account.phoneNumbers.has(id),
	get(simulator, request) {
		const number = reachPhoneNumber(
			simulator,
			request,
			idOf(request),
			'whatsapp_business_management',
		);
		const fields = fieldsOf(queryOf(request)['fields'], defaultFields);
		return selectFields(phoneNumberNode(simulator, request, number), fields, nodeType);
	},
	async post(simulator, request) {
		const number = reachPhoneNumber(
			simulator,
			request,
			idOf(request),
			'whatsapp_business_management',
		);
		const configuration = asObject(bodyOf(request)['webhook_configuration']);
		if (configuration) await setOverride(simulator, request, number, configuration);
		else changeNumber(number, bodyOf(request));
		return { success: true };
	},
};

/**
 * Sets the number's own callback; an empty URL removes it.
 * @throws GraphError 2200 if the callback fails verification
 */
async function setOverride(
	simulator: Simulator,
	request: FastifyRequest,
	number: PhoneNumber,
	configuration: JsonObject,
): Promise<void> {
	const appId = callOf(request).token?.appId ?? '';
	const url = asText(configuration['override_callback_uri']);
	if (url === undefined) {
		Reflect.deleteProperty(number.overrideCallbacks, appId);
		return;
	}
	const verifyToken = checkOverride(url, configuration['verify_token']);
	const { client } = simulator.webhooks;
	await verifyCallback(client, url, verifyToken, simulator.settings.webhooks.timeoutMs);
	number.overrideCallbacks[appId] = url;
}

/** The verify token that belongs to an override. @throws GraphError 100 */
export function checkOverride(url: string, verifyToken: unknown): string {
	if (url.length > maxCallbackUrlLength) {
		throw invalidParameter(
			`Param override_callback_uri must be at most ${maxCallbackUrlLength} characters long.`,
		);
	}
	const token = asText(verifyToken);
	if (token === undefined) throw invalidParameter('The parameter verify_token is required.');
	return token;
}

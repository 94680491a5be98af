import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { asText, asTextList } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App } from '../state/account.ts';
import { verifyCallback } from '../webhooks/handshake.ts';
import { callOf, idOf, parameter, reachBusinessAccount } from './call.ts';
import { GraphError, invalidParameter, unknownObject } from '../errors/graph-error.ts';
import { checkOverride } from './phone-numbers.ts';

/** The shape of the payloads. */
const webhookVersion = 'v25.0';
const webhookObject = 'whatsapp_business_account';

/** Fields that an app can subscribe to. */
const knownFields: ReadonlySet<string> = new Set([
	'account_alerts',
	'account_review_update',
	'account_settings_update',
	'account_update',
	'automatic_events',
	'business_capability_update',
	'business_status_update',
	'business_username_updates',
	'calls',
	'consumer_profile',
	'flows',
	'group_lifecycle_update',
	'group_participants_update',
	'group_settings_update',
	'group_status_update',
	'history',
	'message_echoes',
	'message_template_components_update',
	'message_template_quality_update',
	'message_template_status_update',
	'messages',
	'messaging_handovers',
	'partner_solutions',
	'payment_configuration_update',
	'phone_number_name_update',
	'phone_number_quality_update',
	'phone_number_username_update',
	'security',
	'smb_app_state_sync',
	'smb_message_echoes',
	'standby',
	'template_category_update',
	'template_correct_category_detection',
	'tracking_events',
	'user_preferences',
]);

/**
 * The fields that an app subscribes to, and the business accounts that it listens to.
 * https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 * https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps/
 */
export function registerSubscriptions(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/subscriptions', (request) => ({ data: listOf(ownApp(simulator, request)) }));
	app.post('/:id/subscriptions', (request) => subscribe(simulator, request));
	app.delete('/:id/subscriptions', (request) => unsubscribe(simulator, request));
	app.get('/:id/subscribed_apps', (request) => ({ data: subscribedApps(simulator, request) }));
	app.post('/:id/subscribed_apps', (request) => subscribeAccount(simulator, request));
	app.delete('/:id/subscribed_apps', (request) => {
		const waba = reachAccount(simulator, request);
		const { appId } = callingApp(request);
		waba.subscribedApps = waba.subscribedApps.filter((entry) => entry.appId !== appId);
		return { success: true };
	});
}

/** The app that the app token belongs to. @throws GraphError 15 for a user's token */
function ownApp(simulator: Simulator, request: FastifyRequest): App {
	const { app } = callOf(request);
	if (!app) throw new GraphError(15);
	const id = idOf(request);
	if (app.id !== id || !simulator.account.apps.has(id)) throw unknownObject(request.method, id);
	return app;
}

function listOf(app: App): JsonObject[] {
	const { subscription } = app;
	if (!subscription) return [];
	return [
		{
			object: webhookObject,
			callback_url: subscription.callbackUrl,
			active: true,
			fields: subscription.fields.map((name) => ({ name, version: webhookVersion })),
		},
	];
}

async function subscribe(simulator: Simulator, request: FastifyRequest): Promise<JsonObject> {
	const app = ownApp(simulator, request);
	const object = asText(parameter(request, 'object'));
	if (object !== webhookObject) {
		throw invalidParameter(`Param object must be one of {${webhookObject.toUpperCase()}}`);
	}
	const fields = asTextList(parameter(request, 'fields'));
	const unknown = fields.find((field) => !knownFields.has(field));
	if (unknown !== undefined)
		throw invalidParameter(`Param fields has an unknown field: ${unknown}`);
	const callbackUrl = asText(parameter(request, 'callback_url')) ?? app.subscription?.callbackUrl;
	const verifyToken = asText(parameter(request, 'verify_token')) ?? app.subscription?.verifyToken;
	if (callbackUrl === undefined) throw invalidParameter('The parameter callback_url is required.');
	if (verifyToken === undefined) throw invalidParameter('The parameter verify_token is required.');
	const { client } = simulator.webhooks;
	await verifyCallback(client, callbackUrl, verifyToken, simulator.settings.webhooks.timeoutMs);
	// Meta replaces the list of fields with the one that is sent.
	const kept = fields.length > 0 ? fields : (app.subscription?.fields ?? []);
	app.subscription = { callbackUrl, verifyToken, fields: kept };
	return { success: true };
}

function unsubscribe(simulator: Simulator, request: FastifyRequest): JsonObject {
	const app = ownApp(simulator, request);
	const fields = asTextList(parameter(request, 'fields'));
	if (fields.length === 0) app.subscription = null;
	else if (app.subscription) {
		app.subscription.fields = app.subscription.fields.filter((field) => !fields.includes(field));
	}
	return { success: true };
}

function reachAccount(
	simulator: Simulator,
	request: FastifyRequest,
): ReturnType<typeof reachBusinessAccount> {
	return reachBusinessAccount(simulator, request, idOf(request), 'whatsapp_business_management');
}

function callingApp(request: FastifyRequest): { appId: string } {
	return { appId: callOf(request).token?.appId ?? '' };
}

function subscribedApps(simulator: Simulator, request: FastifyRequest): JsonObject[] {
	return reachAccount(simulator, request).subscribedApps.map(({ appId, overrideCallbackUri }) => ({
		whatsapp_business_api_data: {
			id: appId,
			name: simulator.account.apps.get(appId)?.name ?? '',
			link: `https://www.facebook.com/games/?app_id=${appId}`,
		},
		...(overrideCallbackUri === null ? {} : { override_callback_uri: overrideCallbackUri }),
	}));
}

async function subscribeAccount(
	simulator: Simulator,
	request: FastifyRequest,
): Promise<JsonObject> {
	const waba = reachAccount(simulator, request);
	const { appId } = callingApp(request);
	const url = asText(parameter(request, 'override_callback_uri'));
	if (url !== undefined) {
		const verifyToken = checkOverride(url, parameter(request, 'verify_token'));
		const { client } = simulator.webhooks;
		await verifyCallback(client, url, verifyToken, simulator.settings.webhooks.timeoutMs);
	}
	// A call without an override removes an earlier one.
	const others = waba.subscribedApps.filter((entry) => entry.appId !== appId);
	waba.subscribedApps = [...others, { appId, overrideCallbackUri: url ?? null }];
	return { success: true };
}

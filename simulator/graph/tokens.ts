import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { AccessToken, App } from '../state/account.ts';
import { newToken } from '../state/default-account.ts';
import { appByToken, expiredMessage, isExpired } from './authenticate.ts';
import { callOf, parameter } from './call.ts';
import { GraphError } from '../errors/graph-error.ts';

/** Lifetime of an exchanged token, as at Meta: 60 days. */
const exchangedLifeSeconds = 60 * 86_400;

/** `GET /debug_token`, `/oauth/access_token`, `/oauth/revoke` and `/me`. */
export function registerTokens(app: FastifyInstance, simulator: Simulator): void {
	app.get('/debug_token', (request) => debugToken(simulator, request));
	app.get('/oauth/access_token', (request) => exchange(simulator, request));
	app.post('/oauth/access_token', (request) => exchange(simulator, request));
	app.get('/oauth/revoke', (request) => revoke(simulator, request));
	app.get('/me', (request) => me(request));
}

function me(request: FastifyRequest): JsonObject {
	const { token, app } = callOf(request);
	if (app) return { id: app.id, name: app.name };
	return { id: token?.userId ?? '', name: token?.userName ?? '' };
}

/**
 * Describes a token.
 * https://developers.facebook.com/docs/graph-api/reference/debug_token/
 */
function debugToken(simulator: Simulator, request: FastifyRequest): JsonObject {
	const input = asText(parameter(request, 'input_token'));
	if (input === undefined)
		throw new GraphError(100, { message: 'The parameter input_token is required.' });
	const { token: caller, app: callingApp } = callOf(request);
	const callingAppId = callingApp?.id ?? caller?.appId;
	if (input.includes('|')) return { data: appTokenData(appByToken(simulator, input)) };
	const token = simulator.account.tokens.get(input);
	if (!token) {
		const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
		return { data: { error, is_valid: false, scopes: [] } };
	}
	if (token.appId !== callingAppId) {
		throw new GraphError(100, {
			message: 'The App_id in the input_token did not match the Viewing App',
		});
	}
	return { data: tokenData(simulator, token) };
}

function appTokenData(app: App): JsonObject {
	return { app_id: app.id, type: 'APP', application: app.name, is_valid: true, scopes: [] };
}

function tokenData(simulator: Simulator, token: AccessToken): JsonObject {
	const nowSeconds = simulator.clock.nowSeconds();
	const expired = isExpired(token, nowSeconds);
	const targets = token.businessAccountIds;
	return {
		app_id: token.appId,
		type: token.type,
		application: simulator.account.apps.get(token.appId)?.name ?? '',
		...(token.type === 'USER' ? { data_access_expires_at: token.expiresAt } : {}),
		expires_at: token.expiresAt,
		is_valid: !expired,
		issued_at: token.issuedAt,
		...(expired
			? { error: { code: 190, message: expiredMessage(token.expiresAt, nowSeconds) } }
			: {}),
		scopes: token.scopes,
		granular_scopes: token.scopes
			.filter((scope) => scope.startsWith('whatsapp_business'))
			.map((scope) => (targets.length > 0 ? { scope, target_ids: targets } : { scope })),
		user_id: token.userId,
	};
}

/** The app of `client_id`, if `client_secret` is its secret. @throws GraphError 101 or 1 */
function appOf(simulator: Simulator, request: FastifyRequest): App {
	const app = simulator.account.apps.get(asText(parameter(request, 'client_id')) ?? '');
	if (!app) throw new GraphError(101, { plainMessage: true });
	if (asText(parameter(request, 'client_secret')) === app.secret) return app;
	throw new GraphError(1, {
		plainMessage: true,
		message: 'Error validating client secret.',
		httpStatus: 400,
	});
}

/**
 * The app's own token, a token for a code, or a fresh one for a token that still works. That of a
 * system user stays one.
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 */
function exchange(simulator: Simulator, request: FastifyRequest): JsonObject {
	const text = (name: string): string | undefined => asText(parameter(request, name));
	const app = appOf(simulator, request);
	if (text('grant_type') === 'client_credentials') {
		return { access_token: `${app.id}|${app.secret}`, token_type: 'bearer' };
	}
	const source = text('fb_exchange_token') ?? text('code');
	if (source === undefined) {
		throw new GraphError(100, { message: 'The parameter fb_exchange_token or code is required.' });
	}
	const nowSeconds = simulator.clock.nowSeconds();
	const known = simulator.account.tokens.get(source);
	if (text('fb_exchange_token') !== undefined) {
		if (known?.appId !== app.id) {
			throw new GraphError(190, {
				plainMessage: true,
				message: 'Invalid OAuth access token - Cannot parse access token',
			});
		}
		if (isExpired(known, nowSeconds)) {
			throw new GraphError(190, {
				plainMessage: true,
				message: expiredMessage(known.expiresAt, nowSeconds),
			});
		}
	}
	const staysSystemUser =
		known?.type === 'SYSTEM_USER' && text('set_token_expires_in_60_days') === 'true';
	const name = `SIMULATOR_EXCHANGED_TOKEN_${simulator.account.tokens.size + 1}`;
	const token = newToken(name, {
		...known,
		token: name,
		appId: app.id,
		type: staysSystemUser ? 'SYSTEM_USER' : 'USER',
		issuedAt: nowSeconds,
		expiresAt: nowSeconds + exchangedLifeSeconds,
		businessAccountIds: known?.businessAccountIds ?? [...simulator.account.businessAccounts.keys()],
	});
	simulator.account.tokens.set(token.token, token);
	return { access_token: token.token, token_type: 'bearer', expires_in: exchangedLifeSeconds };
}

/** Ends a token of the app. https://developers.facebook.com/docs/facebook-login/guides/access-tokens */
function revoke(simulator: Simulator, request: FastifyRequest): JsonObject {
	const app = appOf(simulator, request);
	const text = asText(parameter(request, 'revoke_token')) ?? '';
	if (simulator.account.tokens.get(text)?.appId !== app.id) {
		throw new GraphError(100, { message: 'Invalid revoke_token' });
	}
	simulator.account.tokens.delete(text);
	return { success: true };
}

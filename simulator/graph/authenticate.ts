import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { maskToken } from '../state/request-log.ts';
import { asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { AccessToken, App } from '../state/account.ts';
import type { GraphCall } from './call.ts';
import { parameter } from './call.ts';
import { GraphError } from '../errors/graph-error.ts';

/** The token of a request: `Authorization: Bearer` (or `OAuth`) before the parameter. */
export function tokenOf(request: FastifyRequest): string | undefined {
	const header = request.headers.authorization;
	const bearer = header === undefined ? undefined : /^(?:Bearer|OAuth)\s+(.+)$/i.exec(header)?.[1];
	return bearer ?? asText(parameter(request, 'access_token'));
}

/** Meta's wording for an expired token. */
export function expiredMessage(expiresAtSeconds: number, nowSeconds: number): string {
	const words = (seconds: number): string => new Date(seconds * 1000).toUTCString();
	return (
		`Error validating access token: Session has expired on ${words(expiresAtSeconds)}. ` +
		`The current time is ${words(nowSeconds)}.`
	);
}

function invalidToken(message: string): GraphError {
	return new GraphError(190, { message, plainMessage: true });
}

/** The app of an app token (`APP_ID|APP_SECRET`). @throws GraphError 190 */
export function appByToken(simulator: Simulator, token: string): App {
	const [appId = '', secret = ''] = token.split('|');
	const app = simulator.account.apps.get(appId);
	if (!app) throw invalidToken('Invalid OAuth access token - Cannot get application info');
	if (app.secret !== secret) throw invalidToken('Invalid OAuth access token signature.');
	return app;
}

/**
 * Checks the caller's token and, if given, the proof that the caller knows the app's
 * secret. https://developers.facebook.com/docs/graph-api/guides/secure-requests
 * @throws GraphError 104 without token, 190 for a wrong or expired one, 100 for a wrong proof
 */
export function authenticate(simulator: Simulator, request: FastifyRequest, call: GraphCall): void {
	const token = tokenOf(request);
	if (token === undefined) {
		throw new GraphError(104, { plainMessage: true });
	}
	call.entry.token = maskToken(token);
	if (token.includes('|')) {
		call.app = appByToken(simulator, token);
	} else {
		const known = simulator.account.tokens.get(token);
		if (!known) throw invalidToken('Invalid OAuth access token - Cannot parse access token');
		const nowSeconds = simulator.clock.nowSeconds();
		if (isExpired(known, nowSeconds)) {
			throw invalidToken(expiredMessage(known.expiresAt, nowSeconds));
		}
		call.token = known;
	}
	checkProof(simulator, request, call, token);
}

export function isExpired(token: AccessToken, nowSeconds: number): boolean {
	return token.expiresAt !== 0 && token.expiresAt <= nowSeconds;
}

/** Proofs by secret and token: computing an HMAC for each of thousands of messages would be slow. */
const proofs = new Map<string, string>();

function proofOf(secret: string, token: string): string {
	const key = `${secret}\n${token}`;
	let proof = proofs.get(key);
	if (proof === undefined) {
		proof = createHmac('sha256', secret).update(token).digest('hex');
		if (proofs.size > 1000) proofs.clear();
		proofs.set(key, proof);
	}
	return proof;
}

function checkProof(
	simulator: Simulator,
	request: FastifyRequest,
	call: GraphCall,
	token: string,
): void {
	const given = asText(parameter(request, 'appsecret_proof'));
	call.entry.appSecretProof = given !== undefined;
	const wrong = (message: string): GraphError =>
		new GraphError(100, { message, plainMessage: true, type: 'GraphMethodException' });
	if (given === undefined) {
		if (!simulator.settings.requireAppSecretProof) return;
		throw wrong('API calls from the server require an appsecret_proof argument');
	}
	const app = call.app ?? simulator.account.apps.get(call.token?.appId ?? '');
	const wanted = Buffer.from(app ? proofOf(app.secret, token) : '');
	const found = Buffer.from(given);
	if (wanted.length !== found.length || !timingSafeEqual(wanted, found)) {
		throw wrong('Invalid appsecret_proof provided in the API argument');
	}
}

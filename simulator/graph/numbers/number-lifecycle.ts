import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { PhoneNumber } from '../../state/account.ts';
import { digitsOf } from '../../state/account.ts';
import { newPhoneNumber } from '../../state/default-account.ts';
import { newNumericId } from '../../state/ids.ts';
import { addedNumberRecord } from '../../state/numbers.ts';
import {
	GraphError,
	invalidParameter,
	subcodeMembers,
	templateError,
} from '../../errors/graph-error.ts';
import { bodyOf, idOf, reachBusinessAccount, reachPhoneNumber } from '../call.ts';
import { readPin } from './number-changes.ts';

/** How long a code works; Meta tells no exact time. */
const codeLifetimeMs = 10 * 60_000;

/** Registrations and deregistrations per number within `registrationWindowMs`. */
const maxRegistrations = 10;
const registrationWindowMs = 72 * 3_600_000;

/** Wrong PINs before the number is locked for a while. */
const maxWrongPins = 5;

const scope = 'whatsapp_business_management';

/**
 * From adding a number to registering it.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers
 */
export function registerNumberLifecycle(app: FastifyInstance, simulator: Simulator): void {
	const reach = (request: FastifyRequest): PhoneNumber =>
		reachPhoneNumber(simulator, request, idOf(request), scope);
	app.post('/:id/phone_numbers', (request) => ({ id: add(simulator, request) }));
	app.post('/:id/request_code', (request) => requestCode(simulator, reach(request), request));
	app.post('/:id/verify_code', (request) => verifyCode(simulator, reach(request), request));
	app.post('/:id/register', (request) => register(simulator, reach(request), request));
	app.post('/:id/deregister', (request) => {
		const number = reach(request);
		if (!number.isRegistered) throw new GraphError(133010);
		countRegistration(simulator, number);
		number.isRegistered = false;
		return { success: true };
	});
}

/** @throws GraphError 100, with the subcode 2388012 for a number that is there already */
function add(simulator: Simulator, request: FastifyRequest): string {
	const account = reachBusinessAccount(simulator, request, idOf(request), scope);
	const body = bodyOf(request);
	const callingCode = asText(body['cc']) ?? asText(body['country_code']) ?? '';
	const local = asText(body['phone_number']) ?? '';
	const name = asText(body['verified_name']) ?? '';
	if (!/^\d{1,3}$/.test(callingCode)) throw invalidParameter('The parameter cc is required.');
	if (!/^\d{4,14}$/.test(local)) {
		throw invalidParameter('Param phone_number must be a phone number without its country code');
	}
	if (name.length < 2 || name.length > 75) {
		throw invalidParameter('Param verified_name must have 2 to 75 characters');
	}
	const digits = callingCode + local;
	const { phoneNumbers } = simulator.account;
	const isTaken = [...phoneNumbers.values()].some(
		({ displayPhoneNumber }) => digitsOf(displayPhoneNumber) === digits,
	);
	if (isTaken) throw templateError(2388012);
	const id = newNumericId(15);
	phoneNumbers.set(id, {
		...newPhoneNumber({
			id,
			businessAccountId: account.id,
			displayPhoneNumber: `+${callingCode} ${local}`,
			countryCallingCode: callingCode,
			verifiedName: name,
		}),
		...addedNumberRecord(),
	});
	return id;
}

/** The code is shown among the numbers of `/_simulator/account`: no text message is sent. */
function requestCode(
	simulator: Simulator,
	number: PhoneNumber,
	request: FastifyRequest,
): JsonObject {
	const { code_method: method, language } = bodyOf(request);
	if (method !== 'SMS' && method !== 'VOICE') {
		throw invalidParameter('Param code_method must be one of {SMS, VOICE}');
	}
	if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(asText(language) ?? '')) {
		throw invalidParameter('The parameter language is required.');
	}
	if (number.isVerified && number.isRegistered) {
		throw new GraphError(136024, {
			details: 'The phone number is verified and registered already',
			extra: subcodeMembers(2388091),
		});
	}
	const expiresAtMs = simulator.clock.now() + codeLifetimeMs;
	number.verificationCode = { code: newNumericId(6), expiresAtMs };
	return { success: true };
}

function verifyCode(
	simulator: Simulator,
	number: PhoneNumber,
	request: FastifyRequest,
): JsonObject {
	const given = (asText(bodyOf(request)['code']) ?? '').replace(/\D/g, '');
	const { verificationCode } = number;
	if (number.isVerified && verificationCode === null) throw templateError(2388093);
	if (verificationCode === null) {
		throw new GraphError(136025, { details: 'Request a verification code first' });
	}
	if (simulator.clock.now() > verificationCode.expiresAtMs) {
		throw new GraphError(136024, { details: 'The verification code has expired' });
	}
	if (given !== verificationCode.code) {
		throw new GraphError(136024, { details: 'The verification code is not correct' });
	}
	number.isVerified = true;
	number.verificationCode = null;
	return { success: true };
}

function register(simulator: Simulator, number: PhoneNumber, request: FastifyRequest): JsonObject {
	const body = bodyOf(request);
	if (body['messaging_product'] !== 'whatsapp') {
		throw invalidParameter('The parameter messaging_product is required.');
	}
	const pin = readPin(body['pin']);
	if (!number.isVerified) throw new GraphError(133006);
	if (number.wrongPins >= maxWrongPins) throw new GraphError(133008);
	countRegistration(simulator, number);
	if (number.pin !== null && number.pin !== pin) {
		number.wrongPins++;
		throw new GraphError(133005);
	}
	number.pin = pin;
	number.wrongPins = 0;
	number.isRegistered = true;
	return { success: true };
}

/** @throws GraphError 133016 */
function countRegistration(simulator: Simulator, number: PhoneNumber): void {
	const now = simulator.clock.now();
	const recent = number.registrationsMs.filter((atMs) => now - atMs < registrationWindowMs);
	if (recent.length >= maxRegistrations) throw new GraphError(133016);
	number.registrationsMs = [...recent, now];
}

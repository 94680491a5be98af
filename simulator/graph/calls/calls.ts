import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asObject } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { PhoneNumber } from '../../state/account.ts';
import { settingsValue } from '../../webhooks/change-values.ts';
import { publishNotice } from '../../webhooks/publish.ts';
import { bodyOf, idOf, reachPhoneNumber } from '../call.ts';
import { invalidParameter } from '../../errors/graph-error.ts';
import { changeCalling, shownCalling } from './call-settings.ts';
import { callPermission } from './permissions.ts';

/** Features that a number's settings hold besides calling, each as it is at first. */
const otherFeatures: Readonly<Record<string, JsonObject>> = {
	user_identity_change: { enable_identity_key_check: false },
	payload_encryption: { status: 'DISABLED' },
	storage_configuration: { status: 'DEFAULT' },
};

/**
 * Settings of a number, and whom it may call.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/calling
 */
export function registerCalls(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/call_permissions', (request) => {
		const scope = 'whatsapp_business_messaging';
		const number = reachPhoneNumber(simulator, request, idOf(request), scope);
		return callPermission(simulator, request, number);
	});
	app.get('/:id/settings', (request) => {
		const number = reach(simulator, request);
		return {
			calling: shownCalling(number),
			...otherFeatures,
			...number.settings,
			id: number.id,
		};
	});
	app.post('/:id/settings', (request) => change(simulator, request));
}

const reach = (simulator: Simulator, request: FastifyRequest): PhoneNumber =>
	reachPhoneNumber(simulator, request, idOf(request), 'whatsapp_business_management');

/** One feature at a time, as at Meta. @throws GraphError 100 or 138018 */
function change(simulator: Simulator, request: FastifyRequest): JsonObject {
	const number = reach(simulator, request);
	const body = bodyOf(request);
	const names = ['calling', ...Object.keys(otherFeatures)].filter((name) => name in body);
	const [name = ''] = names;
	if (names.length !== 1) throw invalidParameter('A request must change exactly one setting');
	if (name === 'calling') {
		changeCalling(simulator, number, body['calling']);
	} else {
		const value = asObject(body[name]);
		if (!value) throw invalidParameter(`Param ${name} must be a JSON object.`);
		number.settings = { ...number.settings, [name]: { ...otherFeatures[name], ...value } };
	}
	if (name === 'calling') {
		const timestamp = String(simulator.clock.nowSeconds());
		publishNotice(simulator, {
			businessAccountId: number.businessAccountId,
			phoneNumberId: number.id,
			field: 'account_settings_update',
			value: settingsValue({ number, timestamp }, shownCalling(number)),
		});
	}
	return { success: true };
}

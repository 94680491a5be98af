import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../json.ts';
import { own } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { bodyOf, idOf, queryOf, reachPhoneNumber } from './call.ts';
import { invalidParameter } from '../errors/graph-error.ts';
import { fieldsOf, selectFields } from './fields.ts';

const fieldNames = [
	'messaging_product',
	'about',
	'address',
	'description',
	'email',
	'profile_picture_url',
	'vertical',
	'websites',
] as const;

/** Characters; https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles */
const maxLengths: Readonly<Record<string, number>> = {
	about: 139,
	address: 256,
	description: 512,
	email: 128,
};
const maxWebsites = 2;
const maxWebsiteLength = 256;

const verticals: ReadonlySet<unknown> = new Set([
	'',
	'ALCOHOL',
	'APPAREL',
	'AUTO',
	'BEAUTY',
	'EDU',
	'ENTERTAIN',
	'EVENT_PLAN',
	'FINANCE',
	'GOVT',
	'GROCERY',
	'HEALTH',
	'HOTEL',
	'MATRIMONY_SERVICE',
	'NONPROFIT',
	'NOT_A_BIZ',
	'ONLINE_GAMBLING',
	'OTC_DRUGS',
	'OTHER',
	'PHYSICAL_GAMBLING',
	'PROF_SERVICES',
	'RESTAURANT',
	'RETAIL',
	'TRAVEL',
	'UNDEFINED',
]);

/** `GET` and `POST /{phone}/whatsapp_business_profile`. */
export function registerBusinessProfile(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/whatsapp_business_profile', (request) => {
		const { profile } = reachPhoneNumber(
			simulator,
			request,
			idOf(request),
			'whatsapp_business_messaging',
		);
		const known: JsonObject = Object.fromEntries(fieldNames.map((name) => [name, profile[name]]));
		const fields = fieldsOf(queryOf(request)['fields'], ['messaging_product']);
		return { data: [selectFields(known, fields, 'WhatsAppBusinessProfile')] };
	});
	app.post('/:id/whatsapp_business_profile', (request) => {
		const number = reachPhoneNumber(
			simulator,
			request,
			idOf(request),
			'whatsapp_business_messaging',
		);
		const body = bodyOf(request);
		if (body['messaging_product'] !== 'whatsapp') {
			throw invalidParameter('The parameter messaging_product is required.');
		}
		const { profile_picture_handle: handle, ...changes } = body;
		for (const name of Object.keys(changes)) checkField(name, changes[name]);
		const picture = handle === undefined ? {} : pictureOf(simulator, handle);
		Object.assign(number.profile, changes, picture);
		return { success: true };
	});
}

/** @throws GraphError 100 if no picture was uploaded under this handle */
function pictureOf(simulator: Simulator, handle: unknown): JsonObject {
	const session = [...simulator.uploads.values()].find((upload) => upload.handle === handle);
	const isWhole = session !== undefined && session.fileOffset === session.fileLength;
	if (!isWhole || !session.fileType.startsWith('image/')) {
		throw invalidParameter('Param profile_picture_handle is not the handle of an uploaded picture');
	}
	const name = encodeURIComponent(session.handle);
	return { profile_picture_url: `https://pps.whatsapp.net/v/${name}` };
}

/** @throws GraphError 100 */
function checkField(name: string, value: unknown): void {
	if (name === 'access_token' || name === 'appsecret_proof' || name === 'messaging_product') return;
	if (!fieldNames.some((known) => known === name))
		throw invalidParameter(`Param ${name} is unknown`);
	if (name === 'websites') {
		const isList =
			Array.isArray(value) &&
			value.every(
				(url) =>
					typeof url === 'string' && /^https?:\/\//.test(url) && url.length <= maxWebsiteLength,
			);
		if (!isList || value.length > maxWebsites) {
			throw invalidParameter(`Param websites must be a list of up to ${maxWebsites} URLs`);
		}
		return;
	}
	if (name === 'about' && value === '') throw invalidParameter('Param about must not be empty');
	if (name === 'vertical' && !verticals.has(value))
		throw invalidParameter(`Param vertical has an unknown value`);
	if (typeof value !== 'string') throw invalidParameter(`Param ${name} must be a string`);
	const maxLength = own(maxLengths, name);
	if (maxLength !== undefined && value.length > maxLength) {
		throw invalidParameter(`Param ${name} must be at most ${maxLength} characters long.`);
	}
}

import { randomInt } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asObject, asText } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { PhoneNumber } from '../../state/account.ts';
import type { MessageLink } from '../../state/numbers.ts';
import { invalidParameter, unknownObject } from '../../errors/graph-error.ts';
import { bodyOf, idOf, queryOf, reachPhoneNumber } from '../call.ts';
import type { Field } from '../fields.ts';
import { fieldsOf, selectFields } from '../fields.ts';
import { page } from '../paging.ts';

const maxLinks = 2000;
const maxMessageLength = 140;
const codeLength = 14;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * QR codes with their links, which open a chat with a text.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/qr-codes
 */
export function registerMessageLinks(app: FastifyInstance, simulator: Simulator): void {
	const reach = (request: FastifyRequest): PhoneNumber =>
		reachPhoneNumber(simulator, request, idOf(request), 'whatsapp_business_management');
	app.get('/:id/message_qrdls', (request) => {
		const { links } = reach(request);
		const code = asText(queryOf(request)['code']);
		const chosen = code === undefined ? links : links.filter((link) => link.code === code);
		return page(
			simulator,
			request,
			chosen,
			(link) => link.code,
			(link) => shownLink(link, wantedOf(request)),
		);
	});
	app.get('/:id/message_qrdls/:code', (request) => {
		const link = linkOf(reach(request), request);
		return { data: [shownLink(link, wantedOf(request))] };
	});
	app.post('/:id/message_qrdls', (request) => save(simulator, reach(request), request));
	app.delete('/:id/message_qrdls/:code', (request) => {
		const number = reach(request);
		const { code } = linkOf(number, request);
		number.links = number.links.filter((link) => link.code !== code);
		return { success: true };
	});
}

function linkOf(number: PhoneNumber, request: FastifyRequest): MessageLink {
	const code = asText(asObject(request.params)?.['code']) ?? '';
	const link = number.links.find((each) => each.code === code);
	if (link) return link;
	throw unknownObject(request.method, code);
}

function save(simulator: Simulator, number: PhoneNumber, request: FastifyRequest): JsonObject {
	const body = bodyOf(request);
	const text = asText(body['prefilled_message']) ?? '';
	if (text === '' || text.length > maxMessageLength) {
		throw invalidParameter(`Param prefilled_message must have 1 to ${maxMessageLength} characters`);
	}
	const code = asText(body['code']);
	if (code !== undefined) {
		const link = number.links.find((each) => each.code === code);
		if (!link) throw unknownObject(request.method, code);
		link.prefilledMessage = text;
		return shownLink(link, fieldsOf(undefined, ['code', 'prefilled_message', 'deep_link_url']));
	}
	const format = asText(body['generate_qr_image']) ?? null;
	if (format !== null && format !== 'SVG' && format !== 'PNG') {
		throw invalidParameter('Param generate_qr_image must be one of {SVG, PNG}');
	}
	if (number.links.length >= maxLinks) {
		throw invalidParameter(`The phone number has ${maxLinks} QR codes already`);
	}
	const link: MessageLink = {
		code: Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join(''),
		prefilledMessage: text,
		imageFormat: format,
		createdAt: simulator.clock.nowSeconds(),
	};
	number.links.push(link);
	const names = ['code', 'prefilled_message', 'deep_link_url'];
	return shownLink(link, fieldsOf(undefined, format === null ? names : [...names, 'qr_image_url']));
}

const wantedOf = (request: FastifyRequest): Field[] =>
	fieldsOf(queryOf(request)['fields'], ['code', 'prefilled_message', 'deep_link_url']);

/** The picture comes only if it was asked for, in the format of the request. */
function shownLink(link: MessageLink, fields: readonly Field[]): JsonObject {
	const asked = fields.find(({ name }) => name === 'qr_image_url')?.modifiers.get('format');
	const format = asked ?? link.imageFormat ?? 'SVG';
	const node = {
		code: link.code,
		prefilled_message: link.prefilledMessage,
		deep_link_url: `https://wa.me/message/${link.code}`,
		creation_time: link.createdAt,
		qr_image_url: `https://scontent.xx.fbcdn.net/m1/v/${link.code}.${format.toLowerCase()}`,
	};
	return selectFields(node, fields, 'WhatsAppBusinessQRCode');
}

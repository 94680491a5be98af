import { codesIn, readItems } from '../expressions/readItems.ts';
import type { Converted } from '../nodes/conversion.ts';
import { isOfShape, type ResultShape } from '../expressions/paths.ts';
import { downloadOf, isSole } from '../nodes/convertMedia.ts';
import { mediaShape, sentShape } from '../nodes/resultShapes.ts';
import { SharedFields } from '../nodes/sharedFields.ts';
import {
	parametersOf,
	recordOf,
	textOf,
	type Parameters,
	type WorkflowNode,
} from '../workflow/workflow.ts';
import { placeOf } from './address.ts';
import { requestOf, type HttpRequest } from './request.ts';

/** The items that a node gives or gets, as `ItemShapes` says it. */
export type GivenBy = (base: { node: string } | 'input') => ResultShape | 'mixed' | null;

/** What an expression for the ID of a file is called, by Meta or by whoever kept it. */
const namesMedia =
	/\b(?:audio|document|image|media|picture|photo|sticker|video|voice|file)(?:\?\.|\.|_|\W{1,4})?id\b/i;

/**
 * A request to Meta that one operation of the package makes: sending a message, marking one as
 * read, looking up a file.
 *
 * @param isAbout whether the workflow has to do with WhatsApp; other products of Meta have files, too
 * @returns `null` for any other request
 */
export function convertRequest(node: WorkflowNode, isAbout: boolean): Converted | null {
	const request = requestOf(node);
	if (request === null || !request.isPlain || isOfOthers(node)) return null;
	const { method, url, fileField } = request;
	const place = placeOf(url);
	if (place === null) return null;
	if (method === 'POST' && place.edge === 'messages') return messageOf(place.id, request);
	if (method !== 'GET' || place.edge !== '' || fileField !== null) return null;
	const { id } = place;
	if (!isAbout || !id.startsWith('{{') || !namesMedia.test(id)) return null;
	const own = { resource: 'media', operation: 'get', mediaId: `=${id}` };
	return operation(own, 'Media › Get', mediaShape, request);
}

/**
 * The request behind Media › Get, which fetches the file from the address that it gave.
 *
 * @param givenBy how the items of a node have changed, by its name, or of the node before
 * @returns `null` for any other request
 */
export function convertFetch(node: WorkflowNode, givenBy: GivenBy): Converted | null {
	const request = requestOf(node);
	if (request === null || !request.isPlain || request.method !== 'GET') return null;
	const { url } = request;
	if (!isSole(url)) return null;
	const [reading, ...others] = codesIn(url, false).flatMap(readItems);
	if (reading === undefined || others.length > 0) return null;
	const isAddress = reading.path.length === 1 && reading.path[0] === 'url';
	const shape = givenBy(reading.base);
	if (!isAddress || !isOfShape(shape, mediaShape) || isOverwritten(shape)) return null;
	const mediaId = url.replace(/url(["'\]\s]*\}\}\s*)$/, 'mediaId$1');
	return { ...downloadOf(mediaId, request.fileField ?? 'data'), toDo: notesOn(request) };
}

function operation(
	parameters: Parameters,
	as: string,
	shape: ResultShape | null,
	request: HttpRequest,
	toDo: string[] = [],
): Converted {
	return { type: 'whatsAppCloud', parameters, as, shape, toDo: [...notesOn(request), ...toDo] };
}

/** Whether the request has the credential of another product of Meta. */
function isOfOthers(node: WorkflowNode): boolean {
	const { authentication, nodeCredentialType } = parametersOf(node);
	const isOurs = ['whatsAppApi', 'whatsAppCloudApi'].includes(textOf(nodeCredentialType));
	return authentication === 'predefinedCredentialType' && !isOurs;
}

/** Whether a node on the way has written what the download reads. */
const isOverwritten = (shape: ReturnType<GivenBy>): boolean =>
	shape !== null &&
	shape !== 'mixed' &&
	['url', 'mediaId'].some((name) => shape.written?.has(name) === true);

function notesOn({ holdsToken, goesOn }: HttpRequest): string[] {
	return [
		...(holdsToken
			? [
					'The request held an access token. It is not in this workflow any more; make a new one, since it stands in the old file.',
				]
			: []),
		...(goesOn
			? [
					'The execution went on after errors (Never Error). For that, choose Settings › On Error › Continue.',
				]
			: []),
	];
}

function messageOf(id: string, request: HttpRequest): Converted | null {
	const { body } = request;
	if (body?.includes('messaging_product') !== true) return null;
	const fields = new SharedFields({ phoneNumberId: id.startsWith('{{') ? `=${id}` : id });
	const sender = fields.sender();
	const receipt = readReceipt(body);
	if (receipt !== null) {
		const own = { resource: 'message', operation: 'markAsRead', ...sender, ...receipt };
		return operation(own, 'Mark as Read', null, request, fields.toDo);
	}
	if (/["']?status["']?\s*:\s*["']read["']/.test(body)) return null;
	const own = { resource: 'message', operation: 'sendCustom', ...sender, customBody: body };
	return operation(own, 'Send Custom Message', sentShape, request, fields.toDo);
}

/** The fields of Mark as Read, if that is what the body says. */
function readReceipt(body: string): Parameters | null {
	const codes: string[] = [];
	const json = body
		.replace(/^=/, '')
		.replace(/\{\{[\s\S]*?\}\}/g, (code) => `@@${codes.push(code)}@@`);
	try {
		const {
			status,
			message_id: id,
			typing_indicator: typing,
			...others
		} = recordOf(JSON.parse(json));
		if (status !== 'read' || typeof id !== 'string') return null;
		if (Object.keys(others).some((name) => name !== 'messaging_product')) return null;
		const text = id.replace(/@@(\d+)@@/g, (_, index: string) => codes[Number(index) - 1] ?? '');
		return {
			messageId: text === id ? id : `=${text}`,
			...(typing === undefined ? {} : { options: { typingIndicator: true } }),
		};
	} catch {
		return null;
	}
}

import type { ResultShape } from '../expressions/paths.ts';
import { codesIn, readItems } from '../expressions/readItems.ts';
import {
	isExpression,
	parametersOf,
	recordOf,
	recordsOf,
	textOf,
	type Parameters,
	type WorkflowNode,
} from '../workflow/workflow.ts';
import type { Converted } from './conversion.ts';
import { downloadOf, isSole } from './convertMedia.ts';
import { mediaShape, sentShape } from './resultShapes.ts';

const httpType = 'n8n-nodes-base.httpRequest';
const toolType = 'n8n-nodes-base.httpRequestTool';

/** The last versions of the node that the converter knows: 3 and 4, whose panels are the same. */
const isKnownVersion = ({ typeVersion }: WorkflowNode): boolean =>
	Number(typeVersion) >= 3 && Number(typeVersion) < 5;

export const isHttp = ({ type }: WorkflowNode): boolean => type === httpType || type === toolType;

const messagesUrl =
	/^=?https:\/\/graph\.facebook\.com\/v\d+\.\d+\/(\d+|\{\{[^{}]*\}\})\/messages\/?$/;
const mediaUrl = /^=?https:\/\/graph\.facebook\.com\/v\d+\.\d+\/(\{\{[^{}]*\}\})\/?$/;
const namesMedia = /\b(?:audio|document|image|sticker|video|voice)(?:\?\.|\.)id\b/;

/**
 * A request to Meta that one operation of the package makes: sending a message, marking one as
 * read, looking up or fetching a file.
 *
 * @param givenBy how the items of a node have changed, by its name, or of the node before
 * @returns `null` for any other request
 */
export function convertHttp(
	node: WorkflowNode,
	givenBy: (base: { node: string } | 'input') => ResultShape | 'mixed' | null,
): Converted | null {
	if (node.type !== httpType || !isKnownVersion(node)) return null;
	const parameters = parametersOf(node);
	if (!isPlain(parameters)) return null;
	const url = textOf(parameters['url']).trim();
	const method = textOf(parameters['method']) || 'GET';
	if (method === 'POST') return messageOf(url, parameters);
	if (method !== 'GET') return null;
	const id = mediaUrl.exec(url)?.[1];
	if (id !== undefined && namesMedia.test(id) && !isFile(parameters)) {
		const own = { resource: 'media', operation: 'get', mediaId: `=${id}` };
		return operation(own, 'Media › Get', mediaShape, parameters);
	}
	return fileOf(url, parameters, givenBy);
}

/** Whether the request has nothing that an operation would lose. */
function isPlain({ options, sendQuery, headerParameters, sendHeaders }: Parameters): boolean {
	const others = Object.keys(recordOf(options)).filter(
		(name) => !['response', 'redirect', 'timeout'].includes(name),
	);
	const names = recordsOf(recordOf(headerParameters)['parameters']).map(({ name }) =>
		textOf(name).toLowerCase(),
	);
	const isUsual = names.every((name) => ['authorization', 'content-type', 'accept'].includes(name));
	return others.length === 0 && sendQuery !== true && (sendHeaders !== true || isUsual);
}

const responseOf = ({ options }: Parameters): Parameters =>
	recordOf(recordOf(recordOf(options)['response'])['response']);

const isFile = (parameters: Parameters): boolean =>
	responseOf(parameters)['responseFormat'] === 'file';

function operation(
	parameters: Parameters,
	as: string,
	shape: ResultShape | null,
	before: Parameters,
): Converted {
	const token = recordsOf(recordOf(before['headerParameters'])['parameters']).find(
		({ name }) => textOf(name).toLowerCase() === 'authorization',
	);
	const isBare = token !== undefined && !isExpression(token['value']);
	return {
		type: 'whatsAppCloud',
		parameters,
		as,
		shape,
		toDo: isBare
			? [
					'The request held an access token. It is not in this workflow any more; make a new one, since it stands in the old file.',
				]
			: [],
	};
}

function messageOf(url: string, parameters: Parameters): Converted | null {
	const id = messagesUrl.exec(url)?.[1];
	const body = textOf(parameters['jsonBody']);
	const isJson = parameters['sendBody'] === true && parameters['specifyBody'] === 'json';
	if (id === undefined || !isJson || responseOf(parameters)['fullResponse'] === true) return null;
	if (!body.includes('messaging_product')) return null;
	const sender = { __rl: true, mode: 'id', value: id.startsWith('{{') ? `=${id}` : id };
	const receipt = readReceipt(body);
	if (receipt !== null) {
		const own = { resource: 'message', operation: 'markAsRead', phoneNumberId: sender, ...receipt };
		return operation(own, 'Mark as Read', null, parameters);
	}
	if (/"status"\s*:\s*"read"/.test(body)) return null;
	const own = {
		resource: 'message',
		operation: 'sendCustom',
		phoneNumberId: sender,
		customBody: body,
	};
	return operation(own, 'Send Custom Message', sentShape, parameters);
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

/** The request behind Media › Get, which fetches the file from the address that it gave. */
function fileOf(
	url: string,
	parameters: Parameters,
	givenBy: (base: { node: string } | 'input') => ResultShape | 'mixed' | null,
): Converted | null {
	if (!isSole(url)) return null;
	const [reading, ...others] = codesIn(url, false).flatMap(readItems);
	if (reading === undefined || others.length > 0) return null;
	const isAddress = reading.path.length === 1 && reading.path[0] === 'url';
	if (!isAddress || givenBy(reading.base) !== mediaShape) return null;
	const name = textOf(responseOf(parameters)['outputPropertyName']) || 'data';
	const mediaId = url.replace(/url(["'\]\s]*\}\}\s*)$/, 'mediaId$1');
	return { ...downloadOf(mediaId, name), toDo: operation({}, '', null, parameters).toDo };
}

/** A request that sends a message by WhatsApp and stays a request. */
export function sendsByItself(node: WorkflowNode): boolean {
	if (!isHttp(node)) return false;
	const { url, ...body } = parametersOf(node);
	return (
		/graph\.facebook\.com\/.*\/messages/.test(textOf(url)) &&
		JSON.stringify(body).includes('messaging_product')
	);
}

/** Another request that used the credential of n8n's node. */
export function usesOldCredential(node: WorkflowNode): boolean {
	return isHttp(node) && parametersOf(node)['nodeCredentialType'] === 'whatsAppApi';
}

/**
 * The way back from a request's body to the parameters with which the node sends it. One rule per
 * kind of message, none for a single body.
 */
import { interactiveParameters } from './fieldsFromBody/interactive.ts';
import {
	contactsParameters,
	mediaParameters,
	pinParameters,
	plain,
} from './fieldsFromBody/plain.ts';
import { templateAsJson, templateInFields } from './fieldsFromBody/template.ts';
import { filled, list, object, type Parameters, type Wire } from './fieldsFromBody/wire.ts';

/** How the node writes a body: in fields of its own, or partly as JSON. */
export type Way = 'fields' | 'json';

/** Parameters that should reproduce the body. */
interface Candidate {
	way: Way;
	/** With resource and operation, without sender and recipient. */
	parameters: Parameters;
}

const mediaKinds = ['audio', 'document', 'image', 'sticker', 'video'];

/** The ways to write a body, best first; none for a kind that the node does not know. */
export function fieldsFromBody(body: Wire): Candidate[] {
	return ownCandidates(body).map(({ way, parameters }) => ({
		way,
		parameters: {
			resource: 'message',
			...parameters,
			...filled({ replyToMessageId: object(body['context'])['message_id'] }),
			options: { ...object(parameters['options']), ...envelopeOptions(body) },
		},
	}));
}

function ownCandidates(body: Wire): Candidate[] {
	if (body['status'] === 'read') {
		const parameters = {
			operation: 'markAsRead',
			messageId: body['message_id'],
			options: body['typing_indicator'] === undefined ? {} : { typingIndicator: true },
		};
		return [{ way: 'fields', parameters }];
	}
	// Meta treats a body without a type as a text.
	const { type = 'text' } = body;
	const name = String(type);
	const content = object(body[name]);
	const inFields = (operation: string, parameters: Parameters): Candidate[] => [
		{ way: 'fields', parameters: { operation, ...parameters } },
	];
	if (name === 'contacts') return inFields('sendContacts', contactsParameters(body[name]));
	if (name === 'template') {
		return [
			{ way: 'fields', parameters: { operation: 'sendTemplate', ...templateInFields(body) } },
			{ way: 'json', parameters: { operation: 'sendTemplate', ...templateAsJson(body) } },
		];
	}
	if (name === 'interactive') {
		const target = interactiveParameters(content);
		return target === null ? [] : inFields(target.operation, target.parameters);
	}
	if (mediaKinds.includes(name)) return inFields('sendMedia', mediaParameters(name, content));
	if (name === 'pin') return inFields('pinMessage', pinParameters(content));
	const read = plain[name];
	return read === undefined
		? []
		: inFields(`send${name.charAt(0).toUpperCase()}${name.slice(1)}`, read(content));
}

/** Options that stand for members of the envelope. */
function envelopeOptions(body: Wire): Parameters {
	return filled({
		trackingText: body['biz_opaque_callback_data'],
		identityKeyHash: body['recipient_identity_key_hash'],
		recipientType: body['recipient_type'] === 'group' ? 'group' : undefined,
		outsideWindow: outsideWindow(body),
	});
}

/** Sends a message outside the window. A fixture has only the content, not the envelope. */
function outsideWindow(body: Wire): Parameters | undefined {
	const { category = impliedCategory(body), ttl_seconds, direct_send_config } = body;
	// Without a category, a message counts as "service".
	if (category === undefined || category === 'service') return undefined;
	const { template_name } = object(direct_send_config);
	return {
		settings: filled({ category, ttlSeconds: ttl_seconds, templateName: template_name }),
	};
}

/** Meta accepts some parts of a message outside the window only. */
function impliedCategory(body: Wire): string | undefined {
	const { type, header, action } = object(body['interactive']);
	const { buttons } = object(action);
	const isMixed = list(buttons).some((each) => each['type'] === 'cta_url');
	return isMixed || (type === 'voice_call' && header !== undefined) ? 'utility' : undefined;
}

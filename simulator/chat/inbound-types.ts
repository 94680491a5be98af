import { webhookError } from '../errors/graph-error.ts';
import type { JsonObject } from '../json.ts';
import { asList, asObject, asText, isObject, own } from '../json.ts';
import type { Simulator } from '../simulator.ts';

/** What completing a customer's message may depend on. */
interface InboundContext {
	simulator: Simulator;
	/** Base of the media URLs. */
	origin: string;
	/** The message that the customer answers. */
	target: JsonObject | undefined;
}

type Shape = (content: JsonObject, context: InboundContext) => JsonObject;

/** A call permission lasts a week unless it says otherwise. */
const permissionSeconds = 7 * 86_400;

/** What the server adds to each type of message that the page or a test sends. */
const shapes: Readonly<Record<string, Shape>> = {
	image: media,
	video: media,
	audio: (content, context) => ({ voice: false, ...media(content, context) }),
	document: media,
	sticker: (content, context) => ({ animated: false, ...media(content, context) }),
	interactive,
	order,
};

/**
 * Completes a message with what Meta adds to its type. The caller fills in sender, ID and time.
 * @throws SyntaxError when the object named after the type is missing
 */
export function shapeInbound(
	context: InboundContext,
	message: { type: string } & JsonObject,
): JsonObject {
	const rest: JsonObject = { ...message };
	for (const name of ['id', 'from', 'timestamp', 'context']) Reflect.deleteProperty(rest, name);
	const { type } = message;
	if (type === 'unsupported') {
		const errors = [webhookError(131051, 'Message type is currently not supported.')];
		return { errors, ...rest };
	}
	const content = own(rest, type);
	if (content === undefined || content === null)
		throw new SyntaxError(`message.${type} is missing`);
	const shape = own(shapes, type);
	return shape && isObject(content) ? { ...rest, [type]: shape(content, context) } : rest;
}

/** Type, hash and a download URL of an uploaded file. */
function media(content: JsonObject, { simulator, origin }: InboundContext): JsonObject {
	const file = simulator.media.get(asText(content['id']) ?? '');
	if (!file) return content;
	return {
		...content,
		mime_type: asText(content['mime_type']) ?? file.mimeType,
		sha256: asText(content['sha256']) ?? file.sha256Base64,
		id: file.id,
		url: `${origin}${simulator.media.newUrlPath(file)}`,
	};
}

/** The title of what was tapped, form answers as text, and how long calls are allowed. */
function interactive(content: JsonObject, context: InboundContext): JsonObject {
	const type = asText(content['type']) ?? '';
	const reply = asObject(own(content, type));
	if (!reply) return content;
	const filled: Readonly<Record<string, () => JsonObject>> = {
		button_reply: () => ({ ...titled(reply, context.target) }),
		list_reply: () => ({ ...titled(reply, context.target) }),
		nfm_reply: () => formReply(reply, context.target),
		call_permission_reply: () => ({
			response: 'accept',
			...(reply['response'] === 'reject'
				? {}
				: { expiration_timestamp: context.simulator.clock.nowSeconds() + permissionSeconds }),
			response_source: 'user_action',
			...reply,
		}),
	};
	const fill = own(filled, type);
	return fill ? { ...content, [type]: fill() } : content;
}

/** Title (and description) of the button or row with this ID, unless the caller gives them. */
function titled(reply: JsonObject, target: JsonObject | undefined): JsonObject {
	const id = asText(reply['id']);
	if (id === undefined || reply['title'] !== undefined) return reply;
	const action = asObject(asObject(target?.['interactive'])?.['action']);
	const buttons = asList(action?.['buttons']).map((button) =>
		asObject(asObject(button)?.['reply']),
	);
	const rows = asList(action?.['sections']).flatMap((section) =>
		asList(asObject(section)?.['rows']),
	);
	const found = [...buttons, ...rows.map(asObject)].find((choice) => asText(choice?.['id']) === id);
	return found ? { ...found, ...reply } : reply;
}

/** `response_json` is a string; it returns the flow's token. */
function formReply(reply: JsonObject, target: JsonObject | undefined): JsonObject {
	const action = asObject(asObject(target?.['interactive'])?.['action']);
	const isAddress = asText(action?.['name']) === 'address_message';
	const token = asText(asObject(action?.['parameters'])?.['flow_token']);
	const answer = reply['response_json'];
	const withToken =
		isObject(answer) && token !== undefined && answer['flow_token'] === undefined
			? { flow_token: token, ...answer }
			: answer;
	return {
		body: 'Sent',
		name: isAddress ? 'address_message' : 'flow',
		...reply,
		response_json: typeof answer === 'string' ? answer : JSON.stringify(withToken ?? {}),
	};
}

/** Fills in the items' prices and the catalog where the caller leaves them out. */
function order(content: JsonObject, { simulator }: InboundContext): JsonObject {
	const products = [...simulator.account.catalogs.values()].flatMap((catalog) => catalog.products);
	const items = asList(content['product_items']).map((entry) => {
		const item = asObject(entry) ?? {};
		const product = products.find(({ retailerId }) => retailerId === item['product_retailer_id']);
		const known = product ? { item_price: product.amount, currency: product.currency } : {};
		return { quantity: 1, ...known, ...item };
	});
	const [first] = items;
	const source = products.find(
		({ retailerId }) => retailerId === asObject(first)?.['product_retailer_id'],
	);
	return {
		...(source ? { catalog_id: source.catalogId } : {}),
		text: '',
		...content,
		product_items: items,
	};
}

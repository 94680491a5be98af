import { webhookError } from '../errors/graph-error.ts';
import type { JsonObject } from '../json.ts';
import { asList, asObject, asText, isObject, own } from '../json.ts';
import type { Simulator } from '../simulator.ts';

/** What the shaping of a customer's message may look at. */
interface InboundContext {
	simulator: Simulator;
	/** Where media URLs point to. */
	origin: string;
	/** The message that the customer answers. */
	target: JsonObject | undefined;
}

type Shape = (content: JsonObject, context: InboundContext) => JsonObject;

/** A call permission that does not say otherwise holds for a week. */
const permissionSeconds = 7 * 86_400;

/** What the server adds to a type that the page or a test sends. */
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
 * The message with what Meta adds to its type. The caller fills in sender, ID and time.
 * @throws SyntaxError when the object of the type is missing
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

/** Type, hash and a download URL of a file that was uploaded before. */
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

/** Titles of what was tapped, answers of forms as text, and the time until which one may call. */
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

/** Title (and description) of the button or row with this ID, unless the caller says it. */
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

/** `response_json` is a text; the flow's token comes back in it. */
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

/** Prices of the items, and the catalogue, where the caller leaves them out. */
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

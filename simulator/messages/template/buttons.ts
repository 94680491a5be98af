import { GraphError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asList, asObject, asText } from '../../json.ts';
import { checkOrderParameters } from '../interactive/order-details.ts';
import { requireProduct } from '../interactive/products.ts';
import {
	badValue,
	objectAt,
	optionalInteger,
	optionalObject,
	optionalText,
	requireList,
	requireObject,
	requirePart,
	requireText,
} from '../rules.ts';
import type { ComponentContext } from './context.ts';
import { checkFlowState } from './flow-state.ts';
import { checkPaymentRequest } from './payment-request.ts';
import { parametersOf, placeholdersOf } from './parameters.ts';

/** Longest codes to copy, in characters: a coupon's, and an offer's or one-time password. */
const couponLength = 20;
const shortCodeLength = 15;
const payloadLength = 512;
const maxCardsOfProducts = 30;

/** Checks the parameters that a button of this type is sent with. */
type ButtonRules = (button: ButtonUnderTest) => void;

interface ButtonUnderTest {
	context: ComponentContext;
	parameters: JsonObject[];
	/** Null if the template is not stored. */
	defined: JsonObject | null;
	/** The code in the body of an authentication template. */
	code: string | undefined;
	path: string;
}

/** By `sub_type`. Types without an entry have no parameters. */
const rulesBySubType: ReadonlyMap<string, ButtonRules> = new Map(
	Object.entries<ButtonRules>({
		url: checkUrl,
		quick_reply: checkQuickReply,
		copy_code: checkCopyCode,
		flow: checkFlow,
		catalog: checkCatalog,
		mpm: checkMultiProduct,
		spm: () => undefined,
		order_details: checkOrder,
		payment_request: checkPayment,
		voice_call: checkVoiceCall,
		request_contact_info: () => undefined,
		reminder: () => undefined,
	}),
);

/** The `sub_type` by the type of the definition's button. */
const subTypeByDefinition: ReadonlyMap<string, string> = new Map(
	Object.entries({
		URL: 'url',
		OTP: 'url',
		QUICK_REPLY: 'quick_reply',
		COPY_CODE: 'copy_code',
		FLOW: 'flow',
		CATALOG: 'catalog',
		MPM: 'mpm',
		SPM: 'spm',
		ORDER_DETAILS: 'order_details',
		PAYMENT_REQUEST: 'payment_request',
		VOICE_CALL: 'voice_call',
		REQUEST_CONTACT_INFO: 'request_contact_info',
	}),
);

/** Types of the definition whose buttons always need a value. */
const typesWithValue: ReadonlySet<string> = new Set([
	'OTP',
	'COPY_CODE',
	'MPM',
	'ORDER_DETAILS',
	'PAYMENT_REQUEST',
]);

/** @throws GraphError 131008, 131009, 132000, 132012 or 100 */
export function checkTemplateButtons(
	context: ComponentContext,
	buttons: readonly JsonObject[],
	code: string | undefined,
): void {
	const definition = context.definition;
	const defined = asList(definition?.get('BUTTONS')?.['buttons']).map(
		(entry) => asObject(entry) ?? {},
	);
	for (const button of defined) checkFlowState(context.message, button);
	const sent = new Set<number>();
	for (const button of buttons) {
		const index = indexOf(context, button, definition ? defined : null);
		if (sent.has(index)) throw badValue(`The button with the index ${index} occurs twice`);
		sent.add(index);
		checkButton(context, button, index, definition ? (defined[index] ?? null) : undefined, code);
	}
	for (const [index, button] of defined.entries()) {
		if (!sent.has(index) && needsParameter(button)) {
			throw new GraphError(131008, {
				details: `${context.path}buttons: Button at index ${index} of type ${asText(button['type']) ?? ''} requires a parameter`,
			});
		}
	}
}

/**
 * A button's index. A call button may omit it, since a template has at most one.
 * @throws GraphError 131008, 131009, or 132000 if the template has no such button
 */
function indexOf(
	{ path }: ComponentContext,
	button: JsonObject,
	defined: readonly JsonObject[] | null,
): number {
	const index = optionalInteger(button, 'index', `${path}button.index`, { min: 0, max: 9 });
	if (index !== undefined) return index;
	if (asText(button['sub_type'])?.toLowerCase() !== 'voice_call') {
		throw new GraphError(131008, { details: `Parameter ${path}button.index is missing` });
	}
	if (defined === null) return 0;
	const found = defined.findIndex((entry) => typeOf(entry) === 'VOICE_CALL');
	if (found >= 0) return found;
	throw new GraphError(132000, { details: `${path}buttons: The template has no call button` });
}

/** @param defined the definition's button; null if it has none there, undefined if not stored */
function checkButton(
	context: ComponentContext,
	button: JsonObject,
	index: number,
	defined: JsonObject | null | undefined,
	code: string | undefined,
): void {
	const path = `${context.path}buttons[${index}]`;
	const subType = asText(requirePart(button, 'sub_type', `${path}.sub_type`))?.toLowerCase() ?? '';
	const rules = rulesBySubType.get(subType);
	if (!rules)
		throw badValue(`${path}.sub_type must be one of {${[...rulesBySubType.keys()].join(', ')}}`);
	if (defined === null) {
		throw new GraphError(132000, { details: `${path}: The template has no button at this index` });
	}
	const wanted = defined && subTypeByDefinition.get(typeOf(defined));
	if (defined && wanted !== subType) {
		throw new GraphError(132012, {
			details: `${path}: The template's button is of type ${asText(defined['type']) ?? ''}, not ${subType}`,
		});
	}
	const parameters = parametersOf(button, path);
	rules({ context, parameters, defined: defined ?? null, code, path });
}

function needsParameter(button: JsonObject): boolean {
	const type = typeOf(button);
	if (type === 'URL') return placeholdersOf(asText(button['url']) ?? '').length > 0;
	return typesWithValue.has(type);
}

/** Type of a definition's button, in upper case. */
function typeOf(button: JsonObject): string {
	return asText(button['type'])?.toUpperCase() ?? '';
}

/** The button's single parameter, which must be of this type. */
function onlyParameter({ parameters, path }: ButtonUnderTest, type: string): JsonObject {
	const [parameter] = parameters;
	if (!parameter) throw new GraphError(131008, { details: `${path}: a parameter is missing` });
	if (parameters.length > 1) {
		throw new GraphError(132000, {
			details: `${path}: one parameter is expected, got ${parameters.length}`,
		});
	}
	const received = asText(requirePart(parameter, 'type', `${path}.type`))?.toLowerCase();
	if (received !== type) {
		throw new GraphError(132012, {
			details: `${path}: Format mismatch, expected ${type.toUpperCase()}, received ${(received ?? '').toUpperCase()}`,
		});
	}
	return parameter;
}

function checkUrl(button: ButtonUnderTest): void {
	const { context, defined, code, path } = button;
	if (defined && !needsParameter(defined)) {
		if (button.parameters.length === 0) return;
		throw new GraphError(132000, {
			details: `${path}: The URL of this button does not accept a parameter`,
		});
	}
	const parameter = onlyParameter(button, 'text');
	const isCode = context.category === 'AUTHENTICATION';
	const value = requireText(parameter, 'text', `${path}.text`, {
		max: isCode ? shortCodeLength : 2000,
	});
	// The code is in the text and in the button that copies it.
	if (isCode && value !== code) {
		throw new GraphError(132012, { details: `${path}: The code must be the same as in the body` });
	}
}

function checkQuickReply(button: ButtonUnderTest): void {
	if (button.parameters.length === 0) return;
	const parameter = onlyParameter(button, 'payload');
	requireText(parameter, 'payload', `${button.path}.payload`, { max: payloadLength });
}

function checkCopyCode(button: ButtonUnderTest): void {
	const parameter = onlyParameter(button, 'coupon_code');
	const isOffer = button.context.definition?.has('LIMITED_TIME_OFFER') ?? false;
	const max = isOffer ? shortCodeLength : couponLength;
	requireText(parameter, 'coupon_code', `${button.path}.coupon_code`, { max });
}

function checkFlow(button: ButtonUnderTest): void {
	if (button.parameters.length === 0) return;
	const parameter = onlyParameter(button, 'action');
	const action = requireObject(parameter, 'action', `${button.path}.action`);
	optionalText(action, 'flow_token', `${button.path}.action.flow_token`, { min: 0, max: 1024 });
	optionalObject(action, 'flow_action_data', `${button.path}.action.flow_action_data`);
}

function checkCatalog(button: ButtonUnderTest): void {
	if (button.parameters.length === 0) return;
	const parameter = onlyParameter(button, 'action');
	const action = requireObject(parameter, 'action', `${button.path}.action`);
	const name = 'thumbnail_product_retailer_id';
	if (action[name] === undefined) return;
	requireProduct(button.context.message, action, name, `${button.path}.action`, null);
}

function checkMultiProduct(button: ButtonUnderTest): void {
	const path = `${button.path}.action`;
	const action = requireObject(onlyParameter(button, 'action'), 'action', path);
	const name = 'thumbnail_product_retailer_id';
	const { message } = button.context;
	requireProduct(message, action, name, path, null);
	const sections = requireList(action, 'sections', `${path}.sections`, { min: 1, max: 10 });
	let count = 0;
	for (const [index, entry] of sections.entries()) {
		const sectionPath = `${path}.sections[${index}]`;
		const section = objectAt(entry, sectionPath);
		optionalText(section, 'title', `${sectionPath}.title`, { max: 24 });
		const limits = { min: 1, max: maxCardsOfProducts };
		const items = requireList(section, 'product_items', `${sectionPath}.product_items`, limits);
		for (const [position, item] of items.entries()) {
			const itemPath = `${sectionPath}.product_items[${position}]`;
			requireProduct(message, objectAt(item, itemPath), 'product_retailer_id', itemPath, null);
		}
		count += items.length;
	}
	if (count > maxCardsOfProducts) {
		throw badValue(`Total product count exceeds the maximum of ${maxCardsOfProducts}`);
	}
}

function checkOrder(button: ButtonUnderTest): void {
	const path = `${button.path}.action`;
	const action = requireObject(onlyParameter(button, 'action'), 'action', path);
	const order = requireObject(action, 'order_details', `${path}.order_details`);
	const { clock } = button.context.message.simulator;
	checkOrderParameters(order, `${path}.order_details`, clock.nowSeconds());
}

function checkPayment(button: ButtonUnderTest): void {
	const path = `${button.path}.action`;
	const action = requireObject(onlyParameter(button, 'action'), 'action', path);
	checkPaymentRequest(action, button.defined, path);
}

/** Lifetime of the call button in minutes, and the payload that comes back with the call. */
function checkVoiceCall(button: ButtonUnderTest): void {
	for (const parameter of button.parameters) {
		const limits = { min: 1, max: 43_200 };
		optionalInteger(parameter, 'ttl_minutes', `${button.path}.ttl_minutes`, limits);
		optionalText(parameter, 'payload', `${button.path}.payload`, { min: 0, max: payloadLength });
	}
}

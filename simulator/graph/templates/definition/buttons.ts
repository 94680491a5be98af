import { GraphError, invalidParameter, templateError } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asText } from '../../../json.ts';
import { placeholdersOf } from '../../../messages/template/parameters.ts';
import { checkPaymentSetting } from '../../../messages/template/payment-request.ts';
import type { DefinitionContext } from './context.ts';
import { limitText, missingField, requireText, typeOf } from './fields.ts';
import { checkFlowButton } from './flow-button.ts';

const maxButtons = 10;
/** By type; only `maxButtons` limits the others. */
const maxPerType: Readonly<Record<string, number>> = {
	URL: 2,
	PHONE_NUMBER: 1,
	COPY_CODE: 1,
	FLOW: 1,
	VOICE_CALL: 1,
	REQUEST_CONTACT_INFO: 1,
	PAYMENT_REQUEST: 3,
};
/** Buttons that stand alone. */
const alone: ReadonlySet<string> = new Set(['CATALOG', 'MPM', 'SPM', 'ORDER_DETAILS']);
/** Characters. */
const maxTextLength = 25;
const maxUrlLength = 2000;
const maxPhoneLength = 20;
const maxCodeLength = 20;

type CheckButton = (button: JsonObject, index: number, context: DefinitionContext) => void;

/** What each type needs beside its text. */
const rules: ReadonlyMap<string, CheckButton> = new Map(
	Object.entries<CheckButton>({
		QUICK_REPLY: requireLabel,
		URL: (button, index) => {
			requireLabel(button);
			checkUrl(button, index);
		},
		PHONE_NUMBER: (button, index) => {
			requireLabel(button);
			checkPhoneNumber(button, index);
		},
		COPY_CODE: checkCopyCode,
		FLOW: checkFlowButton,
		CATALOG: noRule,
		MPM: noRule,
		SPM: noRule,
		ORDER_DETAILS: noRule,
		PAYMENT_REQUEST: (button) => checkPaymentSetting(button, 'button'),
		VOICE_CALL: checkVoiceCall,
		REQUEST_CONTACT_INFO: noRule,
	}),
);

/** The labels that Meta gives to buttons without a text. */
const fixedLabels: Readonly<Record<string, string>> = {
	COPY_CODE: 'Copy offer code',
	CATALOG: 'View catalog',
	MPM: 'View items',
	SPM: 'View',
	ORDER_DETAILS: 'Review and Pay',
	REQUEST_CONTACT_INFO: 'Share contact info',
};

/**
 * Checks the buttons of a template or of a card.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components#buttons
 * @throws GraphError 100, 192 for a phone number, 2388040, 2388043 or 2388060
 */
export function checkButtons(context: DefinitionContext, buttons: readonly JsonObject[]): void {
	if (buttons.length > maxButtons) {
		throw invalidParameter(`A template has up to ${maxButtons} buttons, not ${buttons.length}`);
	}
	const types = buttons.map(typeOf);
	for (const [index, button] of buttons.entries()) checkButton(button, index, context);
	for (const [type, max] of Object.entries(maxPerType)) {
		if (types.filter((other) => other === type).length > max) {
			throw invalidParameter(`A template has up to ${max} buttons of the type ${type}`);
		}
	}
	const single = types.find((type) => alone.has(type));
	if (single !== undefined && types.length > 1) {
		throw invalidParameter(`A button of the type ${single} stands alone`);
	}
	checkGrouping(types);
	const labels = buttons.map(({ text }) => asText(text)).filter((text) => text !== undefined);
	if (new Set(labels).size < labels.length) {
		throw invalidParameter("You can't enter the same text for multiple buttons.");
	}
}

function checkButton(button: JsonObject, index: number, context: DefinitionContext): void {
	const type = typeOf(button);
	const check = rules.get(type);
	if (!check) {
		throw invalidParameter(
			`Param buttons[${index}]['type'] must be one of {${[...rules.keys()].join(', ')}}`,
		);
	}
	const text = asText(button['text']) ?? '';
	limitText(text, maxTextLength, 'The text of a button');
	if (/\{\{|\}\}|[\n\r*_~`]|\p{Emoji_Presentation}/u.test(text)) {
		throw templateError(
			2388060,
			"Buttons can't have any variables, newlines, emojis or formatting characters.",
		);
	}
	check(button, index, context);
}

function noRule(): void {
	// Meta gives these their texts.
}

function requireLabel(button: JsonObject): void {
	requireText(button, 'text', 'BUTTONS');
}

/** One variable is allowed, at the very end, with an example. */
function checkUrl(button: JsonObject, index: number): void {
	const url = requireText(button, 'url', 'BUTTONS');
	limitText(url, maxUrlLength, 'The URL of a button');
	const names = placeholdersOf(url);
	const plain = url.replace(/\{\{\w+\}\}/g, 'x');
	if (!/^https?:\/\//i.test(url) || !URL.canParse(plain)) {
		throw invalidParameter(`buttons[${index}]['url'] is not a valid URI.`);
	}
	if (names.length > 1 || (names.length === 1 && !/\{\{\w+\}\}$/.test(url))) {
		throw invalidParameter(`buttons[${index}]['url'] can have one variable, at its end.`);
	}
	if (names.length > 0) {
		const example = exampleOf(button);
		if (example === undefined) throw missingField('BUTTONS', 'example');
		if (/\{\{|\}\}|\s/.test(example)) {
			throw invalidParameter(`buttons[${index}]['example'] is not a valid URI.`);
		}
	}
}

/** Given as a text or as the only entry of a list. */
function exampleOf(button: JsonObject): string | undefined {
	const example = button['example'];
	return asText(Array.isArray(example) ? example[0] : example);
}

function checkPhoneNumber(button: JsonObject, index: number): void {
	const number = requireText(button, 'phone_number', 'BUTTONS');
	if (number.length <= maxPhoneLength && /^\+?\d[\d\s-]{5,}$/.test(number)) return;
	throw new GraphError(192, {
		message: `Param buttons[${index}]['phone_number'] is not a valid phone number.`,
	});
}

function checkCopyCode(button: JsonObject): void {
	const example = exampleOf(button);
	if (example === undefined) throw missingField('BUTTONS', 'example');
	limitText(example, maxCodeLength, 'The example of a code');
}

/** Minutes: a day to 30 days. */
function checkVoiceCall(button: JsonObject): void {
	requireLabel(button);
	const minutes = button['ttl_minutes'];
	if (minutes === undefined) return;
	const isAllowed =
		Number.isInteger(minutes) && Number(minutes) >= 1440 && Number(minutes) <= 43_200;
	if (!isAllowed) throw invalidParameter('Param ttl_minutes must be from 1440 to 43200');
}

/** Quick replies stand together, before or after the other buttons. */
function checkGrouping(types: readonly string[]): void {
	let changes = 0;
	for (const [index, type] of types.entries()) {
		const before = types[index - 1];
		if (before !== undefined && (before === 'QUICK_REPLY') !== (type === 'QUICK_REPLY')) changes++;
	}
	if (changes > 1) {
		throw invalidParameter(
			'This is an invalid combination of buttons: quick replies stand together',
		);
	}
}

/** A button as Graph shows it: type in capitals, the fixed label, the example in a list. */
export function shownButton(button: JsonObject): JsonObject {
	const type = typeOf(button);
	const example = exampleOf(button);
	const label = asText(button['text']) ?? fixedLabels[type];
	return {
		...button,
		type,
		...(label === undefined ? {} : { text: label }),
		...(example === undefined ? {} : { example: [example] }),
	};
}

import { asObject, asText } from '../json.ts';
import { characterCount } from '../messages/rules.ts';
import { checkPaymentSetting } from '../messages/template/payment-request.ts';
import { placeholdersOf } from '../messages/template/parameters.ts';
import { invalidParameter, templateError } from '../errors/graph-error.ts';

const maxButtons = 10;
/** By type; only `maxButtons` limits the others. */
const maxPerType: Readonly<Record<string, number>> = {
	URL: 2,
	PHONE_NUMBER: 1,
	COPY_CODE: 1,
	PAYMENT_REQUEST: 3,
};
/** Characters. */
const maxTextLength = 25;
const maxUrlLength = 2000;
const maxPhoneLength = 20;

const types: ReadonlySet<string> = new Set([
	'QUICK_REPLY',
	'URL',
	'PHONE_NUMBER',
	'COPY_CODE',
	'OTP',
	'FLOW',
	'CATALOG',
	'MPM',
	'SPM',
	'ORDER_DETAILS',
	'PAYMENT_REQUEST',
	'VOICE_CALL',
	'REQUEST_CONTACT_INFO',
]);

/**
 * Buttons of a definition.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components#buttons
 * @throws GraphError 100, or 2388040 for a text that is too long
 */
export function checkDefinedButtons(buttons: readonly unknown[]): void {
	if (buttons.length > maxButtons) {
		throw invalidParameter(`A template has up to ${maxButtons} buttons, not ${buttons.length}`);
	}
	const kinds = buttons.map(checkDefinedButton);
	for (const [type, max] of Object.entries(maxPerType)) {
		const count = kinds.filter((kind) => kind === type).length;
		if (count > max)
			throw invalidParameter(`A template has up to ${max} buttons of the type ${type}`);
	}
	checkGrouping(kinds);
}

/** @returns the type in capitals */
function checkDefinedButton(entry: unknown): string {
	const button = asObject(entry);
	const type = asText(button?.['type'])?.toUpperCase() ?? '';
	if (!button || !types.has(type)) {
		throw invalidParameter(`Every button needs a type of {${[...types].join(', ')}}`);
	}
	limit(asText(button['text']) ?? '', maxTextLength, 'button text');
	if (type === 'URL') checkUrl(asText(button['url']) ?? '');
	if (type === 'PAYMENT_REQUEST') checkPaymentSetting(button, 'button');
	if (type === 'PHONE_NUMBER')
		limit(asText(button['phone_number']) ?? '', maxPhoneLength, 'phone_number');
	return type;
}

function limit(text: string, max: number, what: string): void {
	const length = characterCount(text);
	if (length > max) {
		throw templateError(2388040, `${what} has ${length} characters, ${max} are allowed`);
	}
}

/** One variable is allowed, at the very end. */
function checkUrl(url: string): void {
	limit(url, maxUrlLength, 'url');
	if (!/^https?:\/\//.test(url))
		throw invalidParameter(`The URL of a button is not valid: ${url.slice(0, 100)}`);
	const names = placeholdersOf(url);
	if (names.length > 1 || (names.length === 1 && !/\{\{\w+\}\}$/.test(url))) {
		throw invalidParameter('The URL of a button may have one variable, at its end');
	}
}

/** Quick replies must be grouped, before or after the other buttons. */
function checkGrouping(kinds: readonly string[]): void {
	let changes = 0;
	for (const [index, kind] of kinds.entries()) {
		const before = kinds[index - 1];
		if (before !== undefined && (before === 'QUICK_REPLY') !== (kind === 'QUICK_REPLY')) changes++;
	}
	if (changes > 1) throw invalidParameter('Quick replies must be grouped together');
}

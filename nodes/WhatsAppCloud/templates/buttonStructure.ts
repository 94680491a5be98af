import { objectOf } from '../values/unknown';
import { textOf, type TextStructure } from './textStructure';
import { variablesIn } from './variables';

/** A button of a template. */
export interface ButtonStructure {
	/** Meta's name in lower case: `url`, `quick_reply`, `copy_code`, … */
	type: string;
	/** What it shows. */
	text: string;
	/** The address that it opens; null unless it is a URL button. */
	url: TextStructure | null;
	/** The coupon code that Meta reviewed the template with. */
	example: string | null;
	/** Whether it copies or fills in a one-time password. */
	isOtp: boolean;
	/** How a payment request is paid: `pix_dynamic_code`, `boleto` or `payment_link`. */
	paidBy: string | null;
}

/** The buttons of a template as Meta gives them. */
export function buttonsOf(buttons: readonly unknown[], category: string): ButtonStructure[] {
	return buttons.map(objectOf).map((button) => {
		const type = textOf(button['type']).toLowerCase();
		const address = textOf(button['url']);
		const example = firstOf(button['example']);
		const isOtp = type === 'otp' || (type === 'url' && opensCode(address, category));
		const paidBy = objectOf(button['payment_setting'])['type'];
		return {
			type,
			text: textOf(button['text']),
			url: type === 'url' && !isOtp ? urlOf(address, example) : null,
			example: type === 'url' ? null : example,
			isOtp,
			paidBy: typeof paidBy === 'string' ? paidBy.toLowerCase() : null,
		};
	});
}

/** Meta gives the button of a one-time password back as one that opens an address of its own. */
const opensCode = (address: string, category: string): boolean =>
	category === 'AUTHENTICATION' || address.startsWith('https://www.whatsapp.com/otp/');

function urlOf(text: string, example: string | null): TextStructure {
	const [name] = variablesIn(text);
	if (name === undefined) return { text, variables: [] };
	// Meta's example is the whole address or only what the variable adds to it.
	const fixed = text.slice(0, text.indexOf('{{'));
	const added = example?.startsWith(fixed) === true ? example.slice(fixed.length) : example;
	return { text, variables: [{ name, example: added }] };
}

/** Meta writes an example as a text or as a list of one. */
function firstOf(example: unknown): string | null {
	const text = textOf(Array.isArray(example) ? example[0] : example);
	return text === '' ? null : text;
}

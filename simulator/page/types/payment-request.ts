/** Buttons that request a payment, in templates and interactive messages. */

import { textAt } from '../data/json.ts';
import { copyText } from '../dom/toast.ts';
import { bubbleButton, bubbleLink } from './buttons.ts';

/** Button that copies the code or opens the link of a `payment_setting`. */
export function paymentButton(setting: unknown, label: string): HTMLElement {
	const type = textAt(setting, 'type');
	if (type === 'payment_link') {
		return bubbleLink('external', label || 'Open payment link', textAt(setting, type, 'uri'));
	}
	const code = textAt(setting, type, type === 'boleto' ? 'digitable_line' : 'code');
	const words = type === 'boleto' ? 'Copy Boleto code' : 'Copy Pix code';
	return bubbleButton('copy', label || words, () => copyText(code, 'Payment code copied'), {
		'data-code': code,
	});
}

import type { ButtonStructure } from './buttonStructure';
import { inputOf, type TemplateInput } from './templateInput';
import { isNumbered } from './variables';

/**
 * What the buttons of a template take. Buttons without a value (a fixed link, a phone number) have
 * no input, but count for the places of the others.
 */
export const buttonInputs = (buttons: readonly ButtonStructure[]): TemplateInput[] =>
	buttons.flatMap((button, place) => inputsOfButton(button, `button.${place}`, place));

function inputsOfButton(button: ButtonStructure, id: string, place: number): TemplateInput[] {
	const name = button.text === '' ? `Button ${place + 1}` : button.text;
	if (button.isOtp) {
		// A template has one code, so its input needs no place.
		return [inputOf(place === 0 ? 'otp' : `${id}.otp`, 'One-Time Password', { example: '123456' })];
	}
	switch (button.type) {
		case 'url':
			return (button.url?.variables ?? []).map((variable) =>
				inputOf(
					isNumbered(variable.name) ? `${id}.url` : `${id}.url.${variable.name}`,
					`${name} URL`,
					{ example: variable.example },
				),
			);
		case 'quick_reply':
			return [inputOf(`${id}.payload`, `${name} Payload`)];
		case 'copy_code':
			return [inputOf(`${id}.code`, name, { example: button.example })];
		case 'flow':
			return [
				inputOf(`${id}.token`, `${name} Flow Token`),
				inputOf(`${id}.data`, `${name} Flow Data`, { kind: 'json' }),
			];
		case 'catalog':
			return [inputOf(`${id}.catalog`, `${name} Thumbnail`, { example: 'SKU-1042' })];
		case 'mpm':
			return [
				inputOf(`${id}.products`, `${name} Products`, { example: 'SKU-1042, SKU-1043' }),
				inputOf(`${id}.thumbnail`, `${name} Thumbnail`, { example: 'SKU-1042' }),
			];
		case 'order_details':
			return [inputOf(`${id}.order`, `${name} Order`, { kind: 'json' })];
		case 'payment_request':
			return button.paidBy === null ? [] : [inputOf(`${id}.${button.paidBy}`, name)];
		case 'voice_call':
			return [
				inputOf(`${id}.minutes`, `${name} Minutes`, { example: '1440' }),
				inputOf(`${id}.call`, `${name} Payload`),
			];
		default:
			return [];
	}
}

import { isObject } from '../../../values/unknown';
import { componentOf, type DefinedComponent } from '../definition';
import type { Complain } from '../place';
import { within } from '../place';
import { maxLabelCharacters } from './buttonRules';
import { checkText } from './textRules';

export const codeMinutes = { min: 1, max: 90 };
export const otpTypes = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'] as const;
const maxApps = 5;
const maxPackageCharacters = 224;
const hashCharacters = 11;

/** Meta writes the texts of these templates, in each language. */
const allowed: readonly string[] = ['BODY', 'FOOTER', 'BUTTONS'];

/**
 * One-time passwords.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/authentication-templates
 */
export function checkAuthentication(
	components: readonly DefinedComponent[],
	complain: Complain,
): void {
	for (const { type, text } of components) {
		if (!allowed.includes(type)) {
			complain([type], 'is not possible in an authentication template', 'Leave it out.');
		} else if (text !== undefined) {
			complain(
				[type, 'text'],
				'is not possible in an authentication template, whose text Meta writes',
				'Leave it out.',
			);
		}
	}
	checkFlag(componentOf(components, 'BODY'), 'add_security_recommendation', complain);
	const footer = componentOf(components, 'FOOTER');
	if (footer !== undefined) {
		const minutes = footer['code_expiration_minutes'];
		const { min, max } = codeMinutes;
		const isFine = typeof minutes === 'number' && minutes >= min && minutes <= max;
		if (!isFine) {
			complain(['FOOTER', 'code_expiration_minutes'], `must be from ${min} to ${max} minutes`);
		}
	}
	checkCodeButton(componentOf(components, 'BUTTONS')?.['buttons'], within(complain, 'BUTTONS'));
}

function checkFlag(
	component: DefinedComponent | undefined,
	name: string,
	complain: Complain,
): void {
	const value = component?.[name];
	if (value === undefined || typeof value === 'boolean') return;
	complain([component?.type ?? '', name], 'must be true or false');
}

function checkCodeButton(buttons: unknown, complain: Complain): void {
	const list: readonly unknown[] = Array.isArray(buttons) ? buttons : [];
	const [button] = list;
	if (list.length !== 1 || !isObject(button) || button['type'] !== 'OTP') {
		complain([], 'must be one button of the type OTP in an authentication template');
		return;
	}
	const { otp_type: otpType, text, autofill_text: autofill } = button;
	if (!otpTypes.some((each) => each === otpType)) {
		complain([0, 'otp_type'], `must be one of ${otpTypes.join(', ')}`);
		return;
	}
	if (text !== undefined) checkText(text, maxLabelCharacters, [0, 'text'], complain);
	if (autofill !== undefined) {
		checkText(autofill, maxLabelCharacters, [0, 'autofill_text'], complain);
	}
	if (otpType === 'COPY_CODE') return;
	checkApps(button['supported_apps'], within(complain, 0, 'supported_apps'));
	if (otpType === 'ZERO_TAP' && button['zero_tap_terms_accepted'] !== true) {
		complain(
			[0, 'zero_tap_terms_accepted'],
			'must be true for a code that is filled in without a tap',
			"Read Meta's terms for it and accept them here.",
		);
	}
}

function checkApps(apps: unknown, complain: Complain): void {
	const list: readonly unknown[] = Array.isArray(apps) ? apps : [];
	if (list.length === 0 || list.length > maxApps) {
		complain([], `must have from 1 to ${maxApps} apps, but has ${list.length}`);
	}
	for (const [index, app] of list.entries()) {
		const { package_name: name, signature_hash: hash } = isObject(app) ? app : {};
		const written = checkText(name, maxPackageCharacters, [index, 'package_name'], complain);
		if (written !== '' && !/^\w+(\.\w+)+$/.test(written)) {
			complain(
				[index, 'package_name'],
				'must be the name of an Android package, such as com.example.app',
			);
		}
		if (typeof hash !== 'string' || hash.length !== hashCharacters) {
			complain([index, 'signature_hash'], `must have ${hashCharacters} characters`);
		}
	}
}

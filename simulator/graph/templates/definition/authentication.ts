import { invalidParameter, templateError } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asList, asObject, asText } from '../../../json.ts';
import { authenticationTexts } from './authentication-texts.ts';
import {
	allowFields,
	buttonsOf,
	findComponent,
	limitText,
	missingField,
	typeOf,
} from './fields.ts';

const otpTypes = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'];
const minMinutes = 1;
const maxMinutes = 90;
const maxApps = 5;
const maxLabel = 25;
const maxPackageName = 224;
const signatureLength = 11;

/** What a business chooses; Meta writes the rest. */
interface OneTimePassword {
	addsAdvice: boolean;
	/** Null: no footer. */
	expiresAfterMinutes: number | null;
	button: JsonObject;
}

/**
 * Checks an authentication template.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates
 * @throws GraphError 100, 2388042 for parts that Meta writes, 2388148 unless it has one OTP button
 */
export function readAuthentication(components: readonly JsonObject[]): OneTimePassword {
	const other = components
		.map(typeOf)
		.find((type) => !['BODY', 'FOOTER', 'BUTTONS'].includes(type));
	if (other !== undefined) {
		throw invalidParameter(
			`A template of the category AUTHENTICATION cannot have a component ${other}`,
		);
	}
	const body = findComponent(components, 'BODY');
	if (!body) throw invalidParameter('A template needs a component of the type BODY');
	allowFields(body, ['add_security_recommendation']);
	const advice = body['add_security_recommendation'];
	if (advice !== undefined && typeof advice !== 'boolean') {
		throw invalidParameter('Param add_security_recommendation must be a boolean');
	}
	const [button, ...more] = buttonsOf(components);
	if (!button || more.length > 0 || typeOf(button) !== 'OTP') {
		throw templateError(
			2388148,
			'Message templates in the AUTHENTICATION category must have exactly one button, which must be of the OTP type. Other button types, creating a template without a button or creating a template with more than one button are not supported in this category.',
		);
	}
	checkOtpButton(button);
	return {
		addsAdvice: advice === true,
		expiresAfterMinutes: readMinutes(findComponent(components, 'FOOTER')),
		button,
	};
}

function readMinutes(footer: JsonObject | undefined): number | null {
	if (!footer) return null;
	allowFields(footer, ['code_expiration_minutes']);
	const minutes = footer['code_expiration_minutes'];
	if (minutes === undefined) return null;
	return checkMinutes(minutes);
}

/** @throws GraphError 100 */
export function checkMinutes(value: unknown): number {
	const minutes = Number(asText(value));
	if (Number.isInteger(minutes) && minutes >= minMinutes && minutes <= maxMinutes) return minutes;
	throw invalidParameter(
		`Param code_expiration_minutes must be from ${minMinutes} to ${maxMinutes}`,
	);
}

function checkOtpButton(button: JsonObject): void {
	const type = asText(button['otp_type'])?.toUpperCase();
	if (type === undefined) throw missingField('BUTTONS', 'otp_type');
	if (!otpTypes.includes(type)) {
		throw invalidParameter(`Param otp_type must be one of {${otpTypes.join(', ')}}`);
	}
	for (const name of ['text', 'autofill_text']) {
		limitText(asText(button[name]) ?? '', maxLabel, `${name} of a button`);
	}
	if (type === 'COPY_CODE') return;
	const apps = asList(button['supported_apps']);
	if (apps.length === 0) throw missingField('BUTTONS', 'supported_apps');
	if (apps.length > maxApps) throw invalidParameter(`Up to ${maxApps} supported_apps are allowed`);
	for (const app of apps) checkApp(asObject(app) ?? {});
	if (type === 'ZERO_TAP' && button['zero_tap_terms_accepted'] !== true) {
		throw invalidParameter('Param zero_tap_terms_accepted must be true');
	}
}

function checkApp(app: JsonObject): void {
	const name = asText(app['package_name']) ?? '';
	if (name.length > maxPackageName || !/^[a-z]\w*(?:\.[a-z]\w*)+$/i.test(name)) {
		throw invalidParameter('Param package_name must be the name of an Android package');
	}
	const signature = asText(app['signature_hash']) ?? '';
	if (signature.length !== signatureLength) {
		throw invalidParameter(`Param signature_hash must have ${signatureLength} characters`);
	}
}

/** The template as Graph shows it: with Meta's texts, and a URL in the place of the OTP button. */
export function shownAuthentication(password: OneTimePassword, language: string): JsonObject[] {
	const { addsAdvice, expiresAfterMinutes: minutes, button } = password;
	const texts = authenticationTexts(language, minutes);
	const type = asText(button['otp_type'])?.toUpperCase() ?? '';
	const query = new URLSearchParams({ otp_type: type });
	if (type !== 'COPY_CODE') {
		query.set('cta_display_name', asText(button['autofill_text']) ?? texts.autofill);
		const app = asObject(asList(button['supported_apps'])[0]);
		query.set('package_name', asText(app?.['package_name']) ?? '');
		query.set('signature_hash', asText(app?.['signature_hash']) ?? '');
	}
	if (minutes !== null) query.set('code_expiration_minutes', String(minutes));
	const address = `https://www.whatsapp.com/otp/code/?${query.toString()}&code=otp`;
	return [
		{
			type: 'BODY',
			text: addsAdvice ? `${texts.body} ${texts.advice}` : texts.body,
			add_security_recommendation: addsAdvice,
			example: { body_text: [['123456']] },
		},
		...(minutes === null
			? []
			: [{ type: 'FOOTER', text: texts.footer, code_expiration_minutes: minutes }]),
		{
			type: 'BUTTONS',
			buttons: [
				{
					type: 'URL',
					text: asText(button['text']) ?? texts.copy,
					url: `${address}{{1}}`,
					example: [`${address}123456`],
				},
			],
		},
	];
}

import type { INodeProperties } from 'n8n-workflow';
import { nestedListField } from '../../../fields/nestedList';
import { choiceOf } from '../../../values/choice';
import { optionalText, readParameter } from '../../../values/schema/reading';
import { listOf } from '../../../values/list';
import { optionalNumber } from '../../../values/numbers';
import { rowWith, type Problems, type Values } from '../../../values/row';
import { truth } from '../../../values/truth';
import type { DefinedComponent } from '../definition';
import type { Place } from '../place';
import { codeMinutes, otpTypes } from '../rules/authenticationRules';

const withApps = ['ONE_TAP', 'ZERO_TAP'];

/** The fields of a template with a one-time password, whose texts Meta writes. */
export const authenticationFields: INodeProperties[] = [
	{
		displayName: 'Code Is Used By',
		name: 'otpType',
		type: 'options',
		options: [
			{ name: 'Copying It', value: 'COPY_CODE' },
			{
				name: 'Filling It In Without a Tap',
				value: 'ZERO_TAP',
				description: 'An Android app gets the code as soon as it arrives',
			},
			{
				name: 'One Tap',
				value: 'ONE_TAP',
				description: 'A button hands the code to an Android app',
			},
		],
		default: 'COPY_CODE',
	},
	{
		displayName: 'Security Recommendation',
		name: 'addSecurityRecommendation',
		type: 'boolean',
		default: true,
		description: 'Whether the text advises people not to share the code',
	},
	{
		displayName: 'Code Expires After',
		name: 'codeExpirationMinutes',
		type: 'string',
		default: '10',
		hint: 'In minutes, 1 to 90. Leave empty for no such line.',
		description: 'Shown below the text; the code itself is checked by your app',
	},
	{
		displayName: 'Copy Label',
		name: 'otpText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Copy code',
		hint: "Up to 25 characters. Leave empty for Meta's text in the language of the template.",
	},
	{
		displayName: 'Autofill Label',
		name: 'otpAutofillText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Autofill',
		hint: "Up to 25 characters. Leave empty for Meta's text in the language of the template.",
		displayOptions: { show: { otpType: withApps } },
	},
	nestedListField({
		name: 'apps',
		displayName: 'Apps',
		rowName: 'app',
		rowDisplayName: 'App',
		description: 'The Android apps that may take the code, up to five',
		row: [
			{
				displayName: 'Package Name',
				name: 'packageName',
				type: 'string',
				default: '',
				placeholder: 'e.g. com.example.app',
			},
			{
				displayName: 'Signature Hash',
				name: 'signatureHash',
				type: 'string',
				default: '',
				placeholder: 'e.g. K8a/AINcGX7',
				hint: '11 characters',
			},
		],
		displayOptions: { show: { otpType: withApps } },
	}),
	{
		displayName: 'Accept Zero-Tap Terms',
		name: 'zeroTapTermsAccepted',
		type: 'boolean',
		default: false,
		description:
			'Whether you accept that people expect the code to be filled in for them, as Meta requires for this type',
		displayOptions: { show: { otpType: ['ZERO_TAP'] } },
	},
];

const appList = listOf(
	rowWith({ packageName: optionalText(Infinity), signatureHash: optionalText(Infinity) }),
	{ min: 0, max: Infinity },
	'app',
);

/** Reads the fields into Meta's components. */
export function readAuthentication(values: Values, problems: Problems): DefinedComponent[] {
	const label = optionalText(Infinity);
	const otpType =
		readParameter(choiceOf(otpTypes).default('COPY_CODE'), values, 'otpType', problems) ??
		'COPY_CODE';
	const recommends = readParameter(
		truth.default(true),
		values,
		'addSecurityRecommendation',
		problems,
	);
	const lasts = optionalNumber({ ...codeMinutes, unit: 'minutes' });
	const minutes = readParameter(lasts, values, 'codeExpirationMinutes', problems);
	const text = readParameter(label, values, 'otpText', problems);
	const isForApp = withApps.includes(otpType);
	const autofill = isForApp ? readParameter(label, values, 'otpAutofillText', problems) : undefined;
	const apps = isForApp ? (readParameter(appList, values, 'apps', problems) ?? []) : [];
	const accepted =
		otpType === 'ZERO_TAP'
			? readParameter(truth, values, 'zeroTapTermsAccepted', problems)
			: undefined;
	return [
		{ type: 'BODY', add_security_recommendation: recommends ?? true },
		...(minutes === undefined ? [] : [{ type: 'FOOTER', code_expiration_minutes: minutes }]),
		{
			type: 'BUTTONS',
			buttons: [
				{
					type: 'OTP',
					otp_type: otpType,
					...(text === undefined ? {} : { text }),
					...(autofill === undefined ? {} : { autofill_text: autofill }),
					...(isForApp
						? {
								supported_apps: apps.map(({ packageName, signatureHash }) => ({
									package_name: packageName,
									signature_hash: signatureHash,
								})),
							}
						: {}),
					...(accepted === undefined ? {} : { zero_tap_terms_accepted: accepted }),
				},
			],
		},
	];
}

const fieldOf: Readonly<Record<string, string>> = {
	add_security_recommendation: 'addSecurityRecommendation',
	code_expiration_minutes: 'codeExpirationMinutes',
	otp_type: 'otpType',
	text: 'otpText',
	autofill_text: 'otpAutofillText',
	zero_tap_terms_accepted: 'zeroTapTermsAccepted',
};

/** The field behind a place in such a template. */
export function locateInAuthentication([, ...rest]: Place): PropertyKey[] {
	const at = rest.indexOf('supported_apps');
	if (at !== -1) {
		const [index, member] = rest.slice(at + 1);
		if (index === undefined) return ['apps'];
		return ['apps', index, member === 'package_name' ? 'packageName' : 'signatureHash'];
	}
	const member = rest.findLast((each) => typeof each === 'string' && each in fieldOf);
	return [fieldOf[String(member)] ?? 'otpType'];
}

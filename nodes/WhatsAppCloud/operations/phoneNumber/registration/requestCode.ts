import { defineGraphOperation } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import { choiceOf } from '../../../values/choice';
import { idOfForm } from '../../../values/id';

/** Has Meta send the code that proves that a number is yours. It is sent once per call. */
export const requestCode = defineGraphOperation({
	name: 'Request Code',
	action: 'Request verification code for a phone number',
	description: 'Have Meta send the six-digit code to the number by text message or call',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: [
		{
			displayName: 'Send Code By',
			name: 'codeMethod',
			type: 'options',
			options: [
				{ name: 'Text Message', value: 'SMS' },
				{ name: 'Voice Call', value: 'VOICE' },
			],
			default: 'SMS',
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'string',
			default: 'en_US',
			placeholder: 'e.g. de',
			description: 'Language of the message or call, as a code such as en_US or de',
		},
	],
	shape: {
		codeMethod: choiceOf(['SMS', 'VOICE']).default('SMS'),
		language: idOfForm(/^[a-z]{2,3}([_-][A-Za-z]{2,4})?$/, 'must be a code such as en_US'),
	},
	request: ({ codeMethod, language }) => ({
		method: 'POST',
		edge: 'request_code',
		json: { code_method: codeMethod, language: language.replace('-', '_') },
	}),
	item: (_, { codeMethod }, { id }) => ({ success: true, phoneNumberId: id, codeMethod }),
	outputSchema: { success: 'boolean', phoneNumberId: 'string', codeMethod: 'string' },
});

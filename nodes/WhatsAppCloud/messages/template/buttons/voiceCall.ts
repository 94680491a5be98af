import { optionalText, readParameter } from '../../../values/schema/reading';
import { optionalNumber } from '../../../values/numbers';
import { defineButton } from './buttonKind';

/** Thirty days. */
const maxTtlMinutes = 43_200;

const ttlMinutes = optionalNumber({ min: 1, max: maxTtlMinutes });

const payload = optionalText(512);

/**
 * Calls the business on WhatsApp.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/calling/call-button-messages-deep-links
 */
export const voiceCall = defineButton({
	name: 'Voice Call',
	needsNoPosition: true,
	description: 'How long the call button works, and a payload for the events of the call',
	fields: [
		{
			displayName: 'Valid for Minutes',
			name: 'ttlMinutes',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1440',
			hint: "1 to 43,200 minutes (30 days). Leave empty for Meta's default, 7 days.",
		},
		{
			displayName: 'Call Payload',
			name: 'callPayload',
			type: 'string',
			default: '',
			hint: 'Up to 512 characters',
			description: 'Your own text, returned with the events of the call',
		},
	],
	read(values, problems) {
		return {
			ttlMinutes: readParameter(ttlMinutes, values, 'ttlMinutes', problems),
			payload: readParameter(payload, values, 'callPayload', problems),
		};
	},
	build: (value) => [
		...(value.ttlMinutes === undefined
			? []
			: [{ type: 'ttl_minutes', ttl_minutes: value.ttlMinutes }]),
		...(value.payload === undefined ? [] : [{ type: 'payload', payload: value.payload }]),
	],
});

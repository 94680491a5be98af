import { z } from 'zod/v4';
import { isOutsideWindow } from '../../fields/outsideWindow';
import { optionalText, readAt } from '../../values/schema/reading';
import { optionalNumber } from '../../values/numbers';
import { report, rowOf } from '../../values/row';
import { defineVariant } from '../messageType';
import { headerTextField, maxHeaderCharacters, textHeader } from './header';
import { bodyField, bodySchema, buttonTextField, interactive, maxBodyCharacters } from './parts';

const maxButtonCharacters = 20;
const maxPayloadCharacters = 512;
/** Thirty days. */
const maxTtlMinutes = 43_200;

const schema = z.object({
	headerText: optionalText(maxHeaderCharacters),
	body: bodySchema,
	buttonText: optionalText(maxButtonCharacters),
	ttlMinutes: optionalNumber({ min: 1, max: maxTtlMinutes }),
	payload: optionalText(maxPayloadCharacters),
});

/**
 * A button that lets the recipient call the business on WhatsApp.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/calling/call-button-messages-deep-links
 */
export const voiceCall = defineVariant({
	name: 'Call Button',
	description: 'A button that calls the business on WhatsApp',
	fields: [
		{
			...headerTextField,
			hint: 'Only with Options › Send Outside the Window. Up to 60 characters.',
		},
		bodyField(maxBodyCharacters),
		buttonTextField(maxButtonCharacters, {
			optional: true,
			placeholder: 'e.g. Call on WhatsApp',
			description: 'The label of the button. Leave empty for "Call Now".',
		}),
		{
			displayName: 'Valid for Minutes',
			name: 'ttlMinutes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: maxTtlMinutes },
			default: 10_080,
			hint: '1 to 43,200 minutes (30 days)',
			description: 'How long the button can be used',
		},
		{
			displayName: 'Payload',
			name: 'payload',
			type: 'string',
			default: '',
			hint: 'Up to 512 characters',
			description: 'Your own text, returned with the events of the call',
		},
	],
	schema: rowOf((values, problems) => {
		const read = readAt(schema, values, [], problems);
		if (read === undefined) return z.NEVER;
		if (read.headerText !== undefined && !isOutsideWindow(values['options'])) {
			const problem = 'can be given with Options › Send Outside the Window only';
			report(problems, ['headerText'], problem);
		}
		return read;
	}),
	// The schema has already checked what is different there.
	outsideWindow: () => undefined,
	build: ({ headerText: header, body, buttonText, ttlMinutes, payload }) => {
		const parameters = {
			...(buttonText === undefined ? {} : { display_text: buttonText }),
			...(ttlMinutes === undefined ? {} : { ttl_minutes: ttlMinutes }),
			...(payload === undefined ? {} : { payload }),
		};
		const hasParameters = Object.keys(parameters).length > 0;
		return interactive(
			'voice_call',
			{ header: header === undefined ? undefined : textHeader(header), body },
			{ name: 'voice_call', ...(hasParameters ? { parameters } : {}) },
		);
	},
});

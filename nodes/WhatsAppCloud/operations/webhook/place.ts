import type { INodeProperties } from 'n8n-workflow';
import { senderField } from '../../fields/senderField';
import { choiceOf } from '../../values/choice';

/** Where at Meta an address can be registered. */
export const places = ['app', 'businessAccount', 'phoneNumber'] as const;

export const placeSchema = choiceOf(places);

/** The phone number, for the place that needs it. */
export const placeNumberField: INodeProperties = {
	...senderField,
	displayName: 'Phone Number',
	displayOptions: { show: { place: ['phoneNumber'] } },
	description: "The business phone number. Leave empty for the credential's default phone number.",
};

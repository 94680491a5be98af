import { readParameter } from '../../values/schema/reading';
import { report } from '../../values/row';
import { optionalMoment } from '../../values/timestamp';
import { defineComponent } from './component';

/** Copy codes must be shorter in an offer. */
export const maxOfferCodeCharacters = 15;

/**
 * When an offer ends; WhatsApp counts down to it.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates/limited-time-offer-template-messages
 */
export const limitedTimeOffer = defineComponent({
	name: 'Limited-Time Offer',
	description: 'When the offer ends',
	fields: [
		{
			displayName: 'Offer Ends At',
			name: 'offerExpiresAt',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 2027-02-25T23:59:00+01:00',
			hint: 'A date and time with time zone, or Unix time. As an expression: {{ $now.plus(2, "days") }}',
		},
	],
	read(values, problems) {
		if (values['offerExpiresAt'] === undefined) return null;
		const before = problems.issues.length;
		const expiresAtMs = readParameter(optionalMoment, values, 'offerExpiresAt', problems);
		if (expiresAtMs !== undefined) return { expiresAtMs };
		return problems.issues.length > before
			? null
			: report(problems, ['offerExpiresAt'], 'is empty', 'missing');
	},
	build: ({ expiresAtMs }) => [
		{
			type: 'limited_time_offer',
			parameters: [
				{
					type: 'limited_time_offer',
					limited_time_offer: { expiration_time_ms: expiresAtMs },
				},
			],
		},
	],
});

import { optionalText, readParameter } from '../../../values/schema/reading';
import { truth } from '../../../values/truth';
import type { Problems, Values } from '../../../values/row';
import type { DefinedComponent } from '../definition';
import { exampleOf, sampleList, samplesField, type Sample } from '../samples';
import { withDoubleBraces } from '../textVariables';
import { definePart } from './part';

/** A text with variables, and the samples for them. */
export interface SampledText {
	text: string;
	samples: Sample[];
}

const whole = optionalText(Infinity);

/** Reads the text of a template or of a card. */
export function readBody(values: Values, problems: Problems): SampledText {
	const text = readParameter(whole, values, 'bodyText', problems) ?? '';
	const samples = readParameter(sampleList, values, 'bodySamples', problems) ?? [];
	return { text: withDoubleBraces(text), samples };
}

/** The text in Meta's form. */
export function buildBody({ text, samples }: SampledText, isNamed: boolean): DefinedComponent {
	const example = exampleOf('body', text, samples, isNamed);
	return { type: 'BODY', text, ...(example === undefined ? {} : { example }) };
}

/** The text. */
export const bodyPart = definePart({
	name: 'Body',
	type: 'BODY',
	fields: [
		{
			displayName: 'Body Text',
			name: 'bodyText',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. Hello {first_name}, your order {order} is on its way.',
			hint: 'Variables in single braces: {first_name} or {1}. Up to 1,024 characters.',
			description:
				"A variable has a name or a number, the same way in the whole template, and never stands at the beginning or the end. Formatting is WhatsApp's: *bold*, _italic_, ~struck~.",
		},
		samplesField('bodySamples', 'Body'),
	],
	read: readBody,
	texts: ({ text }) => [text],
	build: buildBody,
	locate: ([member]) => [member === 'example' ? 'bodySamples' : 'bodyText'],
});

/** The small text below. */
export const footerPart = definePart({
	name: 'Footer',
	type: 'FOOTER',
	fields: [
		{
			displayName: 'Footer',
			name: 'footerText',
			type: 'string',
			default: '',
			placeholder: 'e.g. Reply STOP to end these messages',
			hint: 'Up to 60 characters, without variables',
		},
	],
	read(values, problems) {
		const text = readParameter(whole, values, 'footerText', problems);
		return text === undefined ? null : { text: withDoubleBraces(text) };
	},
	texts: () => [],
	build: ({ text }) => ({ type: 'FOOTER', text }),
	locate: () => ['footerText'],
});

/** The line that tells until when an offer lasts. */
export const offerPart = definePart({
	name: 'Limited-Time Offer',
	type: 'LIMITED_TIME_OFFER',
	fields: [
		{
			displayName: 'Offer Text',
			name: 'offerText',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ends soon!',
			hint: 'Up to 16 characters',
		},
		{
			displayName: 'Offer Expires',
			name: 'offerExpires',
			type: 'boolean',
			default: true,
			description: 'Whether each message shows how long the offer lasts',
		},
	],
	read: (values, problems) => ({
		text: readParameter(whole, values, 'offerText', problems) ?? '',
		expires: readParameter(truth.default(true), values, 'offerExpires', problems) ?? true,
	}),
	texts: () => [],
	build: ({ text, expires }) => ({
		type: 'LIMITED_TIME_OFFER',
		limited_time_offer: { text, has_expiration: expires },
	}),
	locate: (place) => [place.includes('has_expiration') ? 'offerExpires' : 'offerText'],
});

/** The question whether the business may call. */
export const callPermissionPart = definePart({
	name: 'Call Permission Request',
	type: 'CALL_PERMISSION_REQUEST',
	fields: [],
	read: () => ({}),
	texts: () => [],
	build: () => ({ type: 'CALL_PERMISSION_REQUEST' }),
	locate: () => ['layout'],
});

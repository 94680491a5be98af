import { invalidParameter } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asObject } from '../../../json.ts';
import type { DefinitionContext } from './context.ts';
import {
	allowFields,
	buttonsOf,
	findComponent,
	limitText,
	missingField,
	requireText,
	typeOf,
} from './fields.ts';

/** Characters. */
const maxOfferText = 16;
const maxCode = 15;

/**
 * Checks a limited-time offer, and what may stand around it.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/limited-time-offer-templates
 * @throws GraphError 100, 2388040, 2388042 or 2388043
 */
export function checkOffer(
	{ category }: DefinitionContext,
	offer: JsonObject,
	components: readonly JsonObject[],
): void {
	allowFields(offer, ['limited_time_offer']);
	const content = asObject(offer['limited_time_offer']);
	if (!content) throw missingField('LIMITED_TIME_OFFER', 'limited_time_offer');
	limitText(requireText(content, 'text', 'LIMITED_TIME_OFFER'), maxOfferText, 'The offer');
	const expires = content['has_expiration'];
	if (expires !== undefined && typeof expires !== 'boolean') {
		throw invalidParameter('Param limited_time_offer.has_expiration must be a boolean');
	}
	if (category !== 'MARKETING') {
		throw invalidParameter('A limited-time offer needs the category MARKETING');
	}
	if (findComponent(components, 'FOOTER')) {
		throw invalidParameter('A limited-time offer cannot have a footer');
	}
	const buttons = buttonsOf(components);
	const codes = buttons.filter((button) => typeOf(button) === 'COPY_CODE');
	if (buttons.some((button) => !['COPY_CODE', 'URL'].includes(typeOf(button)))) {
		throw invalidParameter(
			'A limited-time offer can only have buttons of the types COPY_CODE and URL',
		);
	}
	if (codes.length === buttons.length) {
		throw invalidParameter('A limited-time offer needs a button of the type URL');
	}
	if (expires === true && codes.length === 0) {
		throw invalidParameter('An offer that expires needs a button of the type COPY_CODE');
	}
	for (const { example } of codes) {
		limitText(
			String(Array.isArray(example) ? example[0] : example),
			maxCode,
			'The code of an offer',
		);
	}
}

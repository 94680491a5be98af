import { formatNumber } from '../../values/limits';
import { isObject } from '../../values/unknown';
import { categories, componentOf, componentTypes } from './definition';
import type { Category, DefinedComponent, Definition } from './definition';
import type { Complain } from './place';
import { within } from './place';
import type { About } from './rules/about';
import { checkAuthentication } from './rules/authenticationRules';
import { checkBody, checkCallPermission, checkFooter, checkOffer } from './rules/bodyRules';
import { checkButtons } from './rules/buttonRules';
import { checkCarousel } from './rules/cardRules';
import { checkHeader } from './rules/headerRules';

/** The check of a component of each type. */
const checks: Readonly<
	Record<string, (component: DefinedComponent, about: About, complain: Complain) => void>
> = {
	HEADER: checkHeader,
	BODY: checkBody,
	FOOTER: checkFooter,
	LIMITED_TIME_OFFER: checkOffer,
	CALL_PERMISSION_REQUEST: checkCallPermission,
	BUTTONS: ({ buttons }, about, complain) => {
		checkButtons(buttons, about, complain);
	},
	CAROUSEL: checkCarousel,
};

/** Types in Meta's lists, without a page that says what they hold: Meta judges them. */
const undocumented: readonly string[] = [
	'ALBUM',
	'ATTACHMENT',
	'GREETING',
	'ORDER_STATUS',
	'TAP_TARGET_CONFIGURATION',
];

/**
 * Checks a definition by Meta's rules, as far as they are published, before Meta does: a refusal
 * there names neither the field nor the limit, and 100 creations an hour are allowed.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components
 */
export function checkDefinition(definition: Definition, complain: Complain): void {
	const { category, further } = definition;
	checkLanguage(definition.language, complain);
	checkFurther(further, category, complain);
	checkComponents(definition, complain);
}

/** Checks the components alone, as an edit has them. */
export function checkComponents(
	{ components, category, parameter_format: format }: Definition,
	complain: Complain,
): void {
	const known = [...componentTypes, ...undocumented];
	for (const [index, { type }] of components.entries()) {
		if (!known.some((each) => each === type)) {
			complain([type, 'type'], `must be one of ${componentTypes.join(', ')}`);
		}
		if (components.findIndex((other) => other.type === type) < index) {
			complain([type], 'is there twice', 'Enter each kind of component once.');
		}
	}
	if (componentOf(components, 'BODY') === undefined) {
		complain(['BODY', 'text'], 'is empty', 'Every template has a body.');
	}
	if (category === 'AUTHENTICATION') {
		checkAuthentication(components, complain);
		return;
	}
	const about: About = {
		category,
		isNamed: format === 'NAMED',
		types: new Set(components.map(({ type }) => type)),
		buttonTypes: typesOfButtons(componentOf(components, 'BUTTONS')?.['buttons']),
	};
	for (const component of components) {
		checks[component.type]?.(component, about, within(complain, component.type));
	}
}

const typesOfButtons = (buttons: unknown): string[] =>
	Array.isArray(buttons)
		? buttons.flatMap((button: unknown) => (isObject(button) ? [String(button['type'])] : []))
		: [];

/** `en`, `en_US`, `fil`, `es_SPA` */
const languageForm = /^[a-z]{2,3}(_[A-Z]{2,4})?$/;

function checkLanguage(language: string, complain: Complain): void {
	if (languageForm.test(language)) return;
	const mended = language.replace('-', '_');
	const meant = languageForm.test(mended) ? `; write it as ${mended}` : '';
	complain(
		['language'],
		`is "${language}", which is no language code of Meta's${meant}`,
		'Codes look like en, en_US or pt_BR.',
	);
}

/** How long Meta may try to deliver a message, in seconds; -1 is 30 days for all of them. */
const lifetimes: Readonly<Record<Category, { min: number; max: number }>> = {
	AUTHENTICATION: { min: 30, max: 900 },
	UTILITY: { min: 30, max: 43_200 },
	MARKETING: { min: 43_200, max: 2_592_000 },
};

const subCategories = ['ORDER_DETAILS', 'ORDER_STATUS', 'RICH_ORDER_STATUS'];

function checkFurther(
	{
		message_send_ttl_seconds: ttl,
		sub_category: subCategory,
		allow_category_change: mayChange,
		optimization_spec: bid,
	}: Record<string, unknown>,
	category: Category,
	complain: Complain,
): void {
	checkLifetime(ttl, category, complain);
	if (subCategory !== undefined && !subCategories.some((each) => each === subCategory)) {
		complain(['sub_category'], `must be one of ${subCategories.join(', ')}`);
	}
	if (mayChange !== undefined) {
		complain(
			['allow_category_change'],
			'no longer exists at Meta',
			'Remove it: since April 2025, Meta decides on the category by itself.',
		);
	}
	if (bid !== undefined && category !== 'MARKETING') {
		complain(['optimization_spec'], 'is for marketing templates only');
	}
}

/** Checks a time to live, in seconds. */
export function checkLifetime(ttl: unknown, category: Category, complain: Complain): void {
	if (ttl === undefined || ttl === -1) return;
	const { min, max } = lifetimes[category];
	if (typeof ttl === 'number' && Number.isInteger(ttl) && ttl >= min && ttl <= max) return;
	const range = `from ${formatNumber(min)} to ${formatNumber(max)} seconds`;
	complain(
		['message_send_ttl_seconds'],
		`must be ${range} for this category, or -1`,
		'-1 stands for 30 days.',
	);
}

/** Whether a text is one of the categories. */
export const isCategory = (text: string): text is Category =>
	categories.some((each) => each === text);

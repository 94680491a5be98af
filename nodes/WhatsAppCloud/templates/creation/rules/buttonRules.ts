import { countCharacters } from '../../../values/limits';
import { isObject, objectOf } from '../../../values/unknown';
import type { Complain } from '../place';
import { within } from '../place';
import { placeholdersIn } from '../textVariables';
import type { About } from './about';
import { checkNoVariables, checkOneLine, checkText } from './textRules';

/** A button in Meta's form. */
type Button = Record<string, unknown>;

/** What Meta asks of the buttons of one type. */
interface ButtonRule {
	/** Of this type in one template; by default, all of them. */
	max?: number;
	/** Whether the business writes its label. */
	hasText?: true;
	check?: (button: Button, about: About, complain: Complain) => void;
}

const maxButtons = 10;
export const maxLabelCharacters = 25;
const maxUrlCharacters = 2_000;
const maxPhoneCharacters = 20;
const maxCodeCharacters = 20;
const maxOfferCodeCharacters = 15;
const ringsMinutes = { min: 1_440, max: 43_200 };

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components#buttons */
const rules: Readonly<Record<string, ButtonRule>> = {
	QUICK_REPLY: { max: 10, hasText: true },
	URL: { max: 2, hasText: true, check: checkUrl },
	PHONE_NUMBER: { max: 1, hasText: true, check: checkPhoneNumber },
	COPY_CODE: { max: 1, check: checkCode },
	FLOW: { hasText: true, check: checkFlow },
	VOICE_CALL: { hasText: true, check: checkVoiceCall },
	CATALOG: {},
	MPM: {},
	SPM: { check: checkProduct },
	ORDER_DETAILS: {},
	PAYMENT_REQUEST: {},
	REQUEST_CONTACT_INFO: {},
	OTP: { max: 1 },
	// Named in lists of Meta's, without a page: Meta judges them.
	APP: {},
	EXTENSION: {},
	POSTBACK: {},
	REMINDER: {},
	SEND_LOCATION: {},
};

/** The buttons of a template. */
export function checkButtons(buttons: unknown, about: About, complain: Complain): void {
	if (!Array.isArray(buttons) || buttons.length === 0) {
		complain([], 'is empty', 'Add a button, or leave the part out.');
		return;
	}
	if (buttons.length > maxButtons) {
		complain([], `can have at most ${maxButtons} entries, but has ${buttons.length}`);
	}
	const types = buttons.map((button, index) => checkButton(button, about, within(complain, index)));
	for (const [type, { max }] of Object.entries(rules)) {
		const places = types.flatMap((each, index) => (each === type ? [index] : []));
		if (max === undefined || places.length <= max) continue;
		const surplus = places[max] ?? 0;
		complain([surplus, 'type'], `is ${type} once more; a template can have ${max} of them`);
	}
	checkGrouping(types, complain);
	checkLabels(buttons, complain);
}

/** Reports a label that stands on two buttons. */
function checkLabels(buttons: readonly unknown[], complain: Complain): void {
	const labels = buttons.map((button) => objectOf(button)['text']);
	for (const [index, label] of labels.entries()) {
		if (typeof label !== 'string' || labels.indexOf(label) === index) continue;
		complain(
			[index, 'text'],
			`is "${label}", like that of another button`,
			'Choose another label.',
		);
	}
}

/** @returns its type; empty if it has none that is known */
function checkButton(button: unknown, about: About, complain: Complain): string {
	const type = isObject(button) && typeof button['type'] === 'string' ? button['type'] : '';
	const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
	if (!isObject(button) || rule === undefined) {
		complain(['type'], `must be one of ${Object.keys(rules).join(', ')}`);
		return '';
	}
	if (rule.hasText === true) {
		const text = checkText(button['text'], maxLabelCharacters, ['text'], complain);
		checkNoVariables(text, ['text'], complain);
		checkOneLine(text, ['text'], complain, { mayBeFormatted: false });
	}
	rule.check?.(button, about, complain);
	if (type === 'OTP' && about.category !== 'AUTHENTICATION') {
		complain(['type'], 'can be OTP in authentication templates only');
	}
	return type;
}

/** Quick replies must stand together, before or after all others. */
function checkGrouping(types: readonly string[], complain: Complain): void {
	const isReply = (type: string | undefined): boolean => type === 'QUICK_REPLY';
	const changes = types.flatMap((type, index) =>
		index > 0 && isReply(type) !== isReply(types[index - 1]) ? [index] : [],
	);
	const [, second] = changes;
	if (second === undefined) return;
	complain(
		[second, 'type'],
		'stands on the wrong side: quick replies must follow each other',
		'Put all quick replies first or last.',
	);
}

function checkUrl({ url, example }: Button, _about: About, complain: Complain): void {
	const text = checkText(url, maxUrlCharacters, ['url'], complain);
	if (text === '') return;
	if (!/^https?:\/\/\S+$/.test(text)) {
		complain(['url'], 'must be a web address that begins with https:// or http://');
		return;
	}
	const count = placeholdersIn(text).length;
	if (count === 0) return;
	if (count > 1 || !/\{\{\s*1\s*\}\}$/.test(text)) {
		complain(['url'], 'can have one variable, {{1}}, at its very end', 'Move or remove it.');
		return;
	}
	const given: unknown = Array.isArray(example) ? example[0] : example;
	if (typeof given === 'string' && given !== '') return;
	complain(
		['example'],
		'is missing: Meta needs an example of the variable address',
		'Enter what replaces {{1}}, or the whole address.',
	);
}

function checkPhoneNumber(
	{ phone_number: number }: Button,
	_about: About,
	complain: Complain,
): void {
	const text = checkText(number, maxPhoneCharacters, ['phone_number'], complain);
	if (text === '' || /^\+?[\d\s()-]+$/.test(text)) return;
	complain(['phone_number'], 'must be a phone number with its country code, such as +15550100001');
}

function checkCode({ example }: Button, { types }: About, complain: Complain): void {
	const given: unknown = Array.isArray(example) ? example[0] : example;
	const isOffer = types.has('LIMITED_TIME_OFFER');
	const max = isOffer ? maxOfferCodeCharacters : maxCodeCharacters;
	if (typeof given !== 'string' || given === '') {
		complain(['example'], 'is missing: Meta needs an example of the code');
	} else if (countCharacters(given) > max) {
		const where = isOffer ? ' in a limited-time offer' : '';
		complain(['example'], `can have at most ${max} characters${where}`);
	}
}

const flowMembers = ['flow_id', 'flow_name', 'flow_json'] as const;
const flowIcons = ['DOCUMENT', 'PROMOTION', 'REVIEW'];

function checkFlow(button: Button, _about: About, complain: Complain): void {
	const given = flowMembers.filter((name) => (button[name] ?? '') !== '');
	if (given.length !== 1) {
		complain(
			['flow_id'],
			given.length === 0 ? 'is empty' : `is given beside ${given.slice(1).join(' and ')}`,
			'Name the Flow in one way only: by its ID, its name or its JSON.',
		);
	}
	const { flow_action: action, icon } = button;
	if (action !== undefined && action !== 'navigate' && action !== 'data_exchange') {
		complain(['flow_action'], 'must be one of navigate, data_exchange');
	}
	if (icon !== undefined && !flowIcons.some((each) => each === icon)) {
		complain(['icon'], `must be one of ${flowIcons.join(', ')}`);
	}
}

function checkVoiceCall({ ttl_minutes: minutes }: Button, _about: About, complain: Complain): void {
	if (minutes === undefined) return;
	const { min, max } = ringsMinutes;
	const isFine = typeof minutes === 'number' && minutes >= min && minutes <= max;
	if (!isFine) complain(['ttl_minutes'], 'must be from 1,440 to 43,200 minutes');
}

function checkProduct(_button: Button, { types }: About, complain: Complain): void {
	if (types.has('HEADER')) return;
	complain(['type'], 'needs a header of the format PRODUCT', 'Set Header to Product.');
}

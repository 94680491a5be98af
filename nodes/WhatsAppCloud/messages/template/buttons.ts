import type { INodeProperties } from 'n8n-workflow';
import { listFields } from '../../fields/listField';
import { shownFor } from '../../fields/shownFor';
import { reportNoChoice } from '../../values/choice';
import { countCharacters } from '../../values/limits';
import { readParameter } from '../../values/schema/reading';
import { listOf } from '../../values/list';
import { optionalNumber } from '../../values/numbers';
import { checkMembers } from '../../values/members';
import { readOptional, report, rowOf, type Problems, type Values } from '../../values/row';
import { catalog } from './buttons/catalog';
import { copyCode } from './buttons/copyCode';
import { flow } from './buttons/flow';
import type { ButtonKind } from './buttons/buttonKind';
import { multiProduct } from './buttons/multiProduct';
import { oneTimePassword } from './buttons/oneTimePassword';
import { orderDetails } from './buttons/orderDetails';
import { paymentRequest } from './buttons/paymentRequest';
import { quickReply } from './buttons/quickReply';
import { url } from './buttons/url';
import { voiceCall } from './buttons/voiceCall';
import { choicesOf, defineComponent, type VariableText, type WireComponent } from './component';
import { buttonFromMeta } from './fromMeta';

/** By their stored values, which are Meta's names except for the one-time password. */
const kinds: Record<string, ButtonKind> = {
	url,
	quick_reply: quickReply,
	copy_code: copyCode,
	otp: oneTimePassword,
	flow,
	catalog,
	mpm: multiProduct,
	order_details: orderDetails,
	payment_request: paymentRequest,
	voice_call: voiceCall,
};

/** A template has at most ten buttons, counted from 0. */
const maxButtons = 10;

/** A button, checked. */
export interface TemplateButton {
	kind: string;
	/** Undefined if the kind needs none and none was given. */
	index: number | undefined;
	value: unknown;
}

/** The editor's name of a row. */
export const buttonRowName = 'button';

/** The fields of one button of these kinds. */
export function templateButtonFields(among: string[] = Object.keys(kinds)): INodeProperties[] {
	const chosen = Object.entries(kinds).filter(([kind]) => among.includes(kind));
	return [
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: choicesOf(Object.fromEntries(chosen)),
			default: 'url',
		},
		...chosen.flatMap(([kind, { fields }]) => shownFor(fields, 'type', kind)),
		{
			displayName: 'Position',
			name: 'index',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0',
			hint: 'The first button of the template is 0. Leave empty to use the place in this list (none for a call button).',
			description: 'All buttons of the template count, including those without a value',
		},
	];
}

const position = optionalNumber({ min: 0, max: maxButtons - 1 });

/** What a row of each kind may have. */
const membersOf: Record<string, readonly string[]> = Object.fromEntries(
	Object.entries(kinds).map(([kind, { fields }]) => [
		kind,
		['type', 'index', ...fields.map(({ name }) => name)],
	]),
);

function readButton(row: Values, problems: Problems) {
	const { type = 'url' } = row;
	const kind = typeof type === 'string' ? type.toLowerCase() : '';
	const index = readParameter(position, row, 'index', problems);
	if (!Object.hasOwn(kinds, kind)) {
		return reportNoChoice(problems, ['type'], Object.keys(kinds), type);
	}
	checkMembers(row, membersOf[kind] ?? [], problems);
	const value = kinds[kind]?.read(row, problems) ?? null;
	return value === null ? null : { kind, index, value };
}

/** The buttons of a message or of a card. */
export const buttonList = listOf(
	rowOf(readButton, { fromMeta: buttonFromMeta }),
	{ min: 0, max: maxButtons },
	buttonRowName,
).transform((rows, context): TemplateButton[] => {
	const seen: number[] = [];
	return rows
		.filter((row) => row !== null)
		.map(({ index, ...row }, place) => {
			if (index === undefined && kinds[row.kind]?.needsNoPosition === true) {
				return { ...row, index };
			}
			const taken = index ?? place;
			if (seen.includes(taken)) {
				report(context, [place, 'index'], `is ${taken} as for a button above; each has its own`);
			}
			seen.push(taken);
			return { ...row, index: taken };
		});
});

/** A button in the wire form. */
export function buildTemplateButton({ kind, index, value }: TemplateButton): WireComponent {
	return {
		type: 'button',
		sub_type: kinds[kind]?.subType ?? kind,
		...(index === undefined ? {} : { index: String(index) }),
		parameters: kinds[kind]?.build(value) ?? [],
	};
}

/** The texts that fill variables of buttons. */
export function textsOfButtons(buttons: readonly TemplateButton[]): VariableText[] {
	return buttons.flatMap(({ kind, value }, place) => {
		const given = kinds[kind]?.variableText?.(value);
		return given === undefined
			? []
			: [{ path: ['buttons', place, given.parameter], text: given.text }];
	});
}

/** The value of the text's only variable, if a button provides it. */
export function bodyTextOf(buttons: readonly TemplateButton[]): string | undefined {
	return buttons
		.map(({ kind, value }) => kinds[kind]?.bodyText?.(value))
		.find((text) => text !== undefined);
}

/** Reports each copy code that is longer than `max` characters. */
export function checkCoupons(
	buttons: readonly TemplateButton[],
	max: number,
	problems: Problems,
): void {
	for (const [place, { kind, value }] of buttons.entries()) {
		const length = countCharacters(kinds[kind]?.coupon?.(value) ?? '');
		if (length <= max) continue;
		report(
			problems,
			['buttons', place, 'code'],
			`can have at most ${max} characters with a limited-time offer, but has ${length}`,
			'tooLong',
		);
	}
}

/** The buttons that take a value. */
export const buttons = defineComponent({
	name: 'Buttons',
	description: 'URLs, payloads, codes and other values',
	fields: listFields({
		name: 'buttons',
		displayName: 'Buttons',
		rowName: buttonRowName,
		rowDisplayName: 'Button',
		hint: 'Up to ten. Leave out buttons without a value, such as a fixed link or a phone number.',
		row: templateButtonFields(),
		jsonExample: [
			{ type: 'url', index: 0, text: 'orders/1001' },
			{ type: 'quick_reply', index: 1, payload: 'confirm-1001' },
		],
	}),
	read(values, problems) {
		const read = readOptional(buttonList, values, 'buttons', problems) ?? [];
		return read.length === 0 ? null : read;
	},
	build: (value) => value.map(buildTemplateButton),
	variableTexts: textsOfButtons,
});

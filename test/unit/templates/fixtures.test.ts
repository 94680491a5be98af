import {
	templateFixture,
	templateFixtures,
	templateWithVariables,
} from '../../fixtures/templateFixtures';
import { components as kinds } from '../../../nodes/WhatsAppCloud/messages/template/components';
import { compare } from '../../../nodes/WhatsAppCloud/templates/comparison';
import { fromMapperFields, toMapperFields } from '../../../nodes/WhatsAppCloud/templates/mapper';
import { toMessageFields } from '../../../nodes/WhatsAppCloud/templates/messageFields';
import { emptyText, filledText, planOf } from '../../../nodes/WhatsAppCloud/templates/plan';
import { readStructure } from '../../../nodes/WhatsAppCloud/templates/structure';
import { isRequired } from '../../../nodes/WhatsAppCloud/templates/templateInput';
import { exampleValues } from '../../fixtures/exampleValues';

const sendable = [...templateFixtures, templateWithVariables(250)];

const planFor = (name: string, language?: string) =>
	planOf(readStructure(templateFixture(name, language)));

describe.each(sendable.map((template) => [`${template.name} ${template.language}`, template]))(
	'%s',
	(_, template) => {
		const plan = planOf(readStructure(template));
		const values = exampleValues(plan.inputs);

		test('gives each value an ID of its own', () => {
			const ids = plan.inputs.map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
		});

		test('comes back from the fields that n8n stores', () => {
			const stored: unknown = JSON.parse(JSON.stringify(toMapperFields(plan, false)));
			const read = fromMapperFields(stored);
			expect(
				read && { ...read, inputs: read.inputs.map(({ id, label }) => ({ id, label })) },
			).toEqual({
				...plan,
				inputs: plan.inputs.map(({ id, label }) => ({ id, label })),
			});
		});

		test('turns its values into a message that lacks nothing and has nothing else', () => {
			const { values: fields } = toMessageFields(values, plan.inputs);
			expect(fields).toEqual(toMessageFields(values).values);
			const problems = { issues: [] };
			const built = Object.values(kinds).flatMap((kind) => {
				const value: unknown = kind.read(fields, problems);
				return value === null ? [] : kind.build(value as never);
			});
			expect(problems.issues).toEqual([]);
			const { missing, unknown } = compare(plan, built);
			expect({ missing, unknown }).toEqual({ missing: [], unknown: [] });
		});

		test('leaves no variable in its text', () => {
			expect(emptyText(plan)).not.toBe('');
			expect(filledText(plan, values)).not.toMatch(/\{\{/);
		});
	},
);

test('a picture, two variables and a URL are four inputs', () => {
	const plan = planFor('receipt_with_picture');
	expect(
		toMapperFields(plan, false).map(({ id, displayName, required }) => [id, displayName, required]),
	).toEqual([
		['text', 'Text', false],
		['header.image', 'Image (link, ID, field)', true],
		['body.1', '{{1}} e.g. Anna', true],
		['body.2', '{{2}} e.g. $ 48.20', true],
		['button.0.url', 'See receipt URL e.g. R-77', true],
	]);
});

test('what the items can give is not asked for', () => {
	const fields = toMapperFields(planFor('receipt_with_picture'), true);
	expect(fields.filter(({ required }) => required).map(({ id }) => id)).toEqual([]);
});

test('optional inputs wait until somebody adds them', () => {
	const fields = toMapperFields(planFor('every_button'), false);
	const waiting = fields.filter(({ removed }) => removed === true).map(({ id }) => id);
	expect(waiting).toEqual(['button.0.payload', 'button.1.payload']);
	expect(waiting.some(isRequired)).toBe(false);
});

test('the code of a one-time password is one input and stands in the text', () => {
	const plan = planFor('code_to_copy');
	expect(plan.inputs.map(({ id }) => id)).toEqual(['otp']);
	expect(filledText(plan, { otp: '913642' })).toMatch(/^\*913642\* is your verification code/);
});

test('a text that n8n would take for an expression is kept as it is', () => {
	const plan = planOf(
		readStructure({ name: 'sum', components: [{ type: 'BODY', text: '=1+{{1}} is {{2}} now' }] }),
	);
	const fields = toMapperFields(plan, false);
	expect(JSON.stringify(fields)).not.toMatch(/:"=/);
	expect(fromMapperFields(fields)?.texts).toEqual(plan.texts);
});

test('the first field shows the texts, and says when the editor keeps older ones', () => {
	const plan = planFor('receipt_with_picture');
	const [first] = toMapperFields(plan, false);
	const shown = {
		Header: '[Image]',
		Body: 'Thank you, {{1}}. Here is what you bought for {{2}} at our shop.',
		Footer: 'Lucky Shrub',
		Buttons: '[See receipt]',
	};
	expect(JSON.parse(String(first?.defaultValue))).toEqual(shown);
	expect(toMapperFields(plan, false, first?.defaultValue)[0]?.displayName).toBe('Text');
	expect(toMapperFields(plan, false, '{"Body": "Thanks"}')[0]?.displayName).toBe(
		'Text before its change',
	);
});

test('cards in the text are numbered', () => {
	expect(
		filledText(planFor('named_carousel'), {
			'body.first_name': 'Ben',
			'card.0.body.plant': 'aloe',
			'card.0.body.price': '$ 12',
			'card.1.body.plant': 'jade',
			'card.1.body.price': '$ 18',
		}),
	).toBe(
		[
			'Hello Ben, these have just arrived.',
			'1. [Image] Our aloe for $ 12, this week only. [Look closer]',
			'2. [Image] Our jade for $ 18, this week only. [Look closer]',
		].join('\n\n'),
	);
});

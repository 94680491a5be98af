import { templateFixtures, templateFixture } from '../../../fixtures/templateFixtures';
import { isCategory } from '../../../../nodes/WhatsAppCloud/templates/creation/checkDefinition';
import {
	readDefinition,
	type GivenDefinition,
} from '../../../../nodes/WhatsAppCloud/templates/creation/definitionJson';
import {
	pendingFiles,
	withHandles,
} from '../../../../nodes/WhatsAppCloud/templates/creation/files';
import { problemsOf } from './definitions';

function given(json: unknown, category = 'UTILITY'): GivenDefinition {
	const read = readDefinition(json, category === 'AUTHENTICATION');
	if (typeof read === 'string') throw new Error(read);
	return read;
}

test.each(templateFixtures.map((fixture) => [`${fixture.name} (${fixture.language})`, fixture]))(
	'%s as it was read is a definition that Meta takes',
	(_what, fixture) => {
		const { components, format, further } = given(fixture, fixture.category);
		const { name, language, category } = fixture;
		if (!isCategory(category)) throw new Error(category);
		const parameter_format = format ?? 'POSITIONAL';
		expect(parameter_format).toBe(fixture.parameter_format);
		expect(problemsOf({ name, language, category, parameter_format, components, further })).toEqual(
			[],
		);
	},
);

test('what Meta adds when it shows a template is left out', () => {
	const { further } = given(templateFixture('bid_offer'));
	expect(further).toEqual({
		optimization_spec: { bid_amount: 25_000, bid_strategy: 'LOWEST_COST_WITH_BID_CAP' },
	});
});

test('a one-time password that reads as a link becomes one again', () => {
	expect(given(templateFixture('code_one_tap'), 'AUTHENTICATION').components).toEqual([
		{ type: 'BODY', add_security_recommendation: true },
		{ type: 'FOOTER', code_expiration_minutes: 10 },
		{
			type: 'BUTTONS',
			buttons: [
				{
					type: 'OTP',
					otp_type: 'ONE_TAP',
					autofill_text: 'Autofill',
					supported_apps: [{ package_name: 'com.luckyshrub.app', signature_hash: 'K8a/AINcGX7' }],
				},
			],
		},
	]);
});

test('files that a template shows are to be uploaded again, those of cards, too', () => {
	const { components } = given(templateFixture('plant_carousel'));
	expect(pendingFiles(components).map(({ place, format }) => [place, format])).toEqual([
		[['CAROUSEL', 0, 'HEADER'], 'IMAGE'],
		[['CAROUSEL', 1, 'HEADER'], 'IMAGE'],
		[['CAROUSEL', 2, 'HEADER'], 'IMAGE'],
	]);
	const filled = withHandles(components, (place) => `4::${String(place[1])}`);
	expect(pendingFiles(filled)).toEqual([]);
	expect(JSON.stringify(filled)).toContain('"header_handle":["4::2"]');
});

test("an item's names and Meta's, types in either case, and files of the item", () => {
	expect(
		given({
			parameterFormat: 'NAMED',
			messageSendTtlSeconds: 60,
			status: 'APPROVED',
			components: [
				{ type: 'header', format: 'image', binary_field: 'picture' },
				{ type: 'body', text: 'Hello' },
				{ type: 'buttons', buttons: [{ type: 'quick_reply', text: 'Hi' }] },
			],
		}),
	).toEqual({
		format: 'NAMED',
		further: { message_send_ttl_seconds: 60 },
		components: [
			{
				type: 'HEADER',
				format: 'IMAGE',
				example: { header_handle: [{ binaryField: 'picture' }] },
			},
			{ type: 'BODY', text: 'Hello' },
			{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Hi' }] },
		],
	});
});

test.each([
	['Hello', 'must be a template, or the list of its components'],
	[{ name: 'a' }, 'lacks "components", a list of objects with a type'],
	[[{ type: 'BODY' }, { text: 'a' }], 'has no type in component 2; for example BODY'],
])('%j is none', (json, problem) => {
	expect(readDefinition(json, false)).toBe(problem);
});

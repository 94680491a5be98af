import fc from 'fast-check';
import type { DefinedComponent } from '../../../../nodes/WhatsAppCloud/templates/creation/definition';
import { body, header, image, buttons, plain, reply, link, problemsOf } from './definitions';

describe('one-time passwords', () => {
	const otp = (changes: Record<string, unknown> = {}): DefinedComponent =>
		buttons({ type: 'OTP', otp_type: 'COPY_CODE', ...changes });
	const app = { package_name: 'com.example.app', signature_hash: 'K8a/AINcGX7' };
	const of = (...components: DefinedComponent[]) =>
		problemsOf({ category: 'AUTHENTICATION', components });
	const start = { type: 'BODY', add_security_recommendation: true };

	test.each([
		[[start, otp()]],
		[[start, { type: 'FOOTER', code_expiration_minutes: 90 }, otp({ text: 'Copy' })]],
		[[start, otp({ otp_type: 'ONE_TAP', supported_apps: [app] })]],
		[[start, otp({ otp_type: 'ZERO_TAP', supported_apps: [app], zero_tap_terms_accepted: true })]],
	])('%j', (components) => expect(of(...components)).toEqual([]));

	test.each<[DefinedComponent[], string]>([
		[[{ ...start, text: 'Your code' }, otp()], 'BODY.text is not possible in an authentication'],
		[[start, image, otp()], 'HEADER is not possible in an authentication template'],
		[[start], 'BUTTONS must be one button of the type OTP'],
		[[start, buttons(reply)], 'BUTTONS must be one button of the type OTP'],
		[[start, otp({ otp_type: 'TAP' })], 'BUTTONS.0.otp_type must be one of COPY_CODE'],
		[[start, otp({ text: 'x'.repeat(26) })], 'BUTTONS.0.text can have at most 25'],
		[[start, otp({ otp_type: 'ONE_TAP' })], 'BUTTONS.0.supported_apps must have from 1 to 5 apps'],
		[
			[start, otp({ otp_type: 'ONE_TAP', supported_apps: [{ ...app, signature_hash: 'short' }] })],
			'BUTTONS.0.supported_apps.0.signature_hash must have 11',
		],
		[
			[start, otp({ otp_type: 'ONE_TAP', supported_apps: [{ ...app, package_name: 'app' }] })],
			'BUTTONS.0.supported_apps.0.package_name must be the name',
		],
		[
			[start, otp({ otp_type: 'ZERO_TAP', supported_apps: [app] })],
			'BUTTONS.0.zero_tap_terms_accepted must be true',
		],
		[
			[start, { type: 'FOOTER', code_expiration_minutes: 91 }, otp()],
			'FOOTER.code_expiration_minutes must be from 1 to 90',
		],
	])('%j → %s', (components, problem) => {
		expect(of(...components).join('\n')).toContain(problem);
	});
});

describe('cards', () => {
	const card = (...more: DefinedComponent[]) => ({ components: [image, ...more, buttons(reply)] });
	const of = (...cards: { components: DefinedComponent[] }[]) =>
		problemsOf({ category: 'MARKETING', components: [plain, { type: 'CAROUSEL', cards }] });

	test.each([2, 10])('%i of the same shape', (count) => {
		expect(of(...Array.from({ length: count }, () => card()))).toEqual([]);
	});

	test.each<[{ components: DefinedComponent[] }[], string]>([
		[[card()], 'CAROUSEL must have from 2 to 10 cards, but has 1'],
		[Array.from({ length: 11 }, () => card()), 'CAROUSEL must have from 2 to 10 cards, but has 11'],
		[[card(), card(plain)], 'CAROUSEL.1 has another shape than the first card'],
		[[card(), { components: [image, buttons(link)] }], 'CAROUSEL.1 has another shape'],
		[[card(), { components: [buttons(reply)] }], 'CAROUSEL.1.HEADER.format must be one of IMAGE'],
		[[card(body('x'.repeat(161))), card(plain)], 'CAROUSEL.0.BODY.text can have at most 160'],
		[[card(body('Now {{1}}.')), card(plain)], 'CAROUSEL.0.BODY.example lacks a value for {{1}}'],
		[
			[card(), { components: [image, buttons(reply, reply, reply)] }],
			'CAROUSEL.1.BUTTONS can have at most 2',
		],
		[[card(), { components: [image] }], 'CAROUSEL.1.BUTTONS is empty'],
		[
			[card(), { components: [{ type: 'HEADER', format: 'IMAGE' }, buttons(reply)] }],
			'CAROUSEL.1.HEADER.example is missing',
		],
	])('%#: %s', (cards, problem) => {
		expect(of(...cards).join('\n')).toContain(problem);
	});
});

describe('limits, for any text', () => {
	const textOf = (length: number, letter: string): string =>
		`a${letter.repeat(Math.max(0, length - 2))}a`;
	/** One character each, also those of two UTF-16 units. */
	const letters = fc.constantFrom('x', 'é', '語', '𝒳');
	const limited: [string, number, (text: string) => DefinedComponent[]][] = [
		['a body', 1_024, (text) => [body(text)]],
		['a header', 60, (text) => [header(text), plain]],
		['a footer', 60, (text) => [plain, { type: 'FOOTER', text }]],
		['a label', 25, (text) => [plain, buttons({ type: 'QUICK_REPLY', text })]],
	];

	test.each(limited)('%s has at most %i characters', (_what, max, componentsOf) => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: max + 200 }), letters, (length, letter) => {
				const problems = problemsOf({ components: componentsOf(textOf(length, letter)) });
				expect(problems.length > 0).toBe(length > max);
			}),
		);
	});

	test('any number of variables needs as many examples', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 30 }),
				fc.integer({ min: 0, max: 35 }),
				(wanted, given) => {
					const text = `So ${Array.from({ length: wanted }, (_, index) => `{{${index + 1}}}`).join(' x ')}.`;
					const examples = Array.from({ length: given }, (_, index) => `v${index}`);
					const problems = problemsOf({ components: [body(text, ...examples)] });
					expect(problems.length === 0).toBe(wanted === given);
				},
			),
		);
	});

	test('nothing that JSON can hold makes the check fail', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						type: fc.constantFrom(
							'HEADER',
							'BODY',
							'FOOTER',
							'BUTTONS',
							'CAROUSEL',
							'LIMITED_TIME_OFFER',
						),
						format: fc.jsonValue(),
						text: fc.jsonValue(),
						example: fc.jsonValue(),
						buttons: fc.jsonValue(),
					}),
				),
				(components) => {
					expect(() => problemsOf({ components })).not.toThrow();
				},
			),
		);
	});
});

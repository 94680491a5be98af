import { contentOf, problemsOf } from '../../fixtures/messageProblems';

describe('contacts', () => {
	const contact = { name: { formatted_name: 'Ada', first_name: 'Ada' } };

	test.each<[string, unknown]>([
		['the list', [contact]],
		['an object with it', { contacts: [contact] }],
		['the message', { type: 'contacts', contacts: [contact] }],
		[
			'the whole request, in a list',
			[{ messaging_product: 'whatsapp', to: '15550100001', type: 'contacts', contacts: [contact] }],
		],
		['the message as text', JSON.stringify({ type: 'contacts', contacts: [contact] })],
	])('%s', (_, given) =>
		expect(contentOf('sendContacts', { contacts: given })).toEqual({
			type: 'contacts',
			contacts: [contact],
		}),
	);

	test('names what the message has besides', () =>
		expect(problemsOf('sendContacts', { contacts: { contacts: [contact], note: 'x' } })).toEqual([
			expect.stringMatching(/^Contacts › note: is not known here; /),
		]));
});

describe('components of a template', () => {
	const body = { type: 'body', parameters: [{ type: 'text', text: 'Ada' }] };
	const type = { template: 'welcome', language: 'en_US' };
	const template = { name: 'welcome', language: { code: 'en_US' }, components: [body] };

	test.each<[string, unknown]>([
		['the list', [body]],
		['an object with it', { components: [body] }],
		['the template', template],
		['the message', { type: 'template', template }],
		['the whole request', { messaging_product: 'whatsapp', to: '1', type: 'template', template }],
		['the whole request, in a list', [{ to: '1', type: 'template', template }]],
		['the message as text', JSON.stringify({ type: 'template', template })],
	])('%s', (_, components) => {
		expect(problemsOf('sendTemplate', { ...type, components })).toEqual([]);
		expect(contentOf('sendTemplate', { ...type, components })).toEqual({
			type: 'template',
			template,
		});
	});

	test('of another template or language are refused, and what is not known, too', () => {
		const other = { name: 'bye', language: { code: 'de' }, components: [], priority: 1 };
		expect(problemsOf('sendTemplate', { ...type, components: other })).toEqual([
			expect.stringMatching(/^Components \(JSON\) › priority: is not known here; /),
			'Components (JSON): is JSON for "bye", and Template is "welcome"',
			'Components (JSON): is JSON for "de", and Language is "en_US"',
		]);
	});
});

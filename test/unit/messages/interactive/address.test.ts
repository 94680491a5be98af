import { characters, problemsOf } from '../../../fixtures/messageProblems';

const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendInteractive', {
		interactiveType: 'address_message',
		body: 'Where to?',
		country: 'IN',
		...values,
	});

test.each([
	['no country', { country: undefined }],
	['the other country', { country: 'SG', addressValues: { sg_post_code: '018956' } }],
	['a country in small letters', { country: ' in ' }],
	['a PIN code of 6 characters', { addressValues: { in_pin_code: '400063' } }],
	['a PIN code as a number', { addressValues: { in_pin_code: 400063 } }],
	['parts that are empty', { addressValues: { city: '', state: null } }],
	['parts as JSON text', { addressValues: '{"city": "Delhi"}' }],
	['nothing filled in', { addressValues: '' }],
	['no saved address', { savedAddresses: [] }],
	['a saved address in the form of Meta', { savedAddresses: { id: 1, value: { city: 'Delhi' } } }],
	['a saved address without parts', { savedAddresses: [{ id: 'a' }] }],
])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

test.each([
	[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
	[{ country: '' }, 'Country: must be one of India (IN), Singapore (SG), but is empty'],
	[{ country: 'DE' }, 'Country: must be one of India (IN), Singapore (SG), but is the text "DE"'],
	[
		{ addressValues: { sg_post_code: '0189561' } },
		'Prefilled Address › Post Code: can have at most 6 characters, but has 7',
	],
	[
		{ addressValues: { in_pin_code: '4000631' } },
		'Prefilled Address › PIN Code: can have at most 6 characters, but has 7',
	],
	[
		{ addressValues: 7 },
		'Prefilled Address: must be an object with the parts of an address, but is the number 7',
	],
	[{ savedAddresses: [{ city: 'Delhi' }] }, 'Saved Addresses › Address 1 › ID: is required'],
	[
		{ savedAddresses: ['home'] },
		'Saved Addresses › Address 1: must be an object, but is the text "home"',
	],
	[
		{ savedAddresses: [{ id: 'a' }, { id: 'b', value: { in_pin_code: '4000631' } }] },
		'Saved Addresses › Address 2 › PIN Code: can have at most 6 characters, but has 7',
	],
	[
		{ savedAddresses: [{ id: 'a' }, { id: 'a' }] },
		'Saved Addresses › Address 2 › ID: is used twice: "a"; each must be different',
	],
	[
		{ validationErrors: [{ part: 'city', message: '' }] },
		'Corrections › Correction 1 › Message: is empty',
	],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

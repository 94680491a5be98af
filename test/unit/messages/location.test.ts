import { contentOf, problemsOf } from '../../fixtures/messageProblems';

const good = { latitude: 48.858222, longitude: 2.2945 };
const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendLocation', { ...good, ...values });

test.each([
	[{ latitude: 90 }, 90],
	[{ latitude: -90 }, -90],
	[{ latitude: '90' }, 90],
	[{ latitude: ' -12.5 ' }, -12.5],
	[{ latitude: '+12.50' }, 12.5],
	[{ latitude: '.5' }, 0.5],
	[{ latitude: 0 }, 0],
	[{ latitude: '0' }, 0],
])('%j is taken', (values, latitude) => {
	expect(problems(values)).toEqual([]);
	expect(contentOf('sendLocation', { ...good, ...values })['location']).toMatchObject({ latitude });
});

test.each([{ longitude: 180 }, { longitude: -180 }, { longitude: '179.999999' }])(
	'%j is taken',
	(values) => expect(problems(values)).toEqual([]),
);

test.each([
	[{ latitude: 90.000001 }, 'Latitude: must be from -90 to 90, but is 90.000001'],
	[{ latitude: '-90.1' }, 'Latitude: must be from -90 to 90, but is -90.1'],
	[
		{ latitude: Infinity },
		'Latitude: must be decimal degrees with a point, such as 48.858222, but is "Infinity"',
	],
	[{ longitude: 180.01 }, 'Longitude: must be from -180 to 180, but is 180.01'],
	[{ longitude: '-181' }, 'Longitude: must be from -180 to 180, but is -181'],
	[{ latitude: '' }, 'Latitude: is empty'],
	[{ latitude: ' ' }, 'Latitude: is empty'],
	[{ latitude: null }, 'Latitude: is required'],
	[{ latitude: undefined }, 'Latitude: is required'],
	[
		{ latitude: true },
		'Latitude: must be decimal degrees with a point, such as 48.858222, but is the boolean true',
	],
	[
		{ latitude: NaN },
		'Latitude: must be decimal degrees with a point, such as 48.858222, but is "NaN"',
	],
	[
		{ longitude: [2.3] },
		'Longitude: must be decimal degrees with a point, such as 48.858222, but is a list',
	],
	[
		{ latitude: '48,858' },
		'Latitude: must be decimal degrees with a point, such as 48.858222, but is "48,858"',
	],
	[
		{ longitude: '2° 17′ E' },
		'Longitude: must be decimal degrees with a point, such as 48.858222, but is "2° 17′ E"',
	],
	[
		{ longitude: '1e1' },
		'Longitude: must be decimal degrees with a point, such as 48.858222, but is "1e1"',
	],
	[{ locationName: { text: 'a' } }, 'Place Name: must be text, but is an object'],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

test('name and address are left out where they are empty, and numbers are texts', () => {
	expect(contentOf('sendLocation', { ...good, locationName: ' ', locationAddress: '' })).toEqual({
		type: 'location',
		location: good,
	});
	expect(contentOf('sendLocation', { ...good, locationName: 42 })).toEqual({
		type: 'location',
		location: { ...good, name: '42' },
	});
});

test('Meta states no limit for names', () => {
	expect(problems({ locationName: 'x'.repeat(5000), locationAddress: 'x'.repeat(5000) })).toEqual(
		[],
	);
});

test('both coordinates are told at once', () => {
	expect(problems({ latitude: 91, longitude: '' })).toEqual([
		'Latitude: must be from -90 to 90, but is 91',
		'Longitude: is empty',
	]);
});

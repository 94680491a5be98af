import { pdf, png } from '../../../simulator/support/files';
import { useSimulator } from '../../harness';
import { ids, onlyJson, requests, withoutStatuses } from '../account';
import { binaryFile, noise } from '../files';
import { byId, operationsOf, withScopes } from './call';

const simulator = useSimulator(withoutStatuses);
const phoneNumber = operationsOf(simulator, 'phoneNumber');
const update = async (updateFields: object, items: object[] = [{}]) =>
	await phoneNumber('updateProfile', { updateFields }, items);
const profile = async () => onlyJson(await phoneNumber('getProfile'));

/** A picture of two megabytes: its signature, and noise behind it. */
const picture = Buffer.concat([png(), noise(2_000_000)]);
const withPicture = [{ binary: { data: binaryFile(picture, 'image/png', 'shop.png') } }];

test('get: every part, null for what the business has left out', async () => {
	expect(await profile()).toEqual({
		phoneNumberId: ids.phoneNumber,
		about: 'Succulent specialists',
		address: '1 Hacker Way, Menlo Park, CA 94025',
		description: 'Plants that forgive you.',
		email: 'hello@luckyshrub.example',
		profilePictureUrl: null,
		vertical: 'RETAIL',
		websites: ['https://luckyshrub.example/'],
	});
	const other = await phoneNumber('getProfile', { phoneNumberId: byId(ids.secondPhoneNumber) });
	expect(onlyJson(other)).toMatchObject({ phoneNumberId: ids.secondPhoneNumber, about: null });
});

test('update: what is given changes, what is empty is cleared, the rest stays', async () => {
	const result = await update({
		about: 'Cacti, too',
		address: '',
		websites: 'https://a.example, http://b.example',
		vertical: 'GROCERY',
	});
	expect(onlyJson(result)).toEqual({
		success: true,
		phoneNumberId: ids.phoneNumber,
		updated: ['about', 'address', 'vertical', 'websites'],
	});
	expect(await profile()).toMatchObject({
		about: 'Cacti, too',
		address: '',
		description: 'Plants that forgive you.',
		vertical: 'GROCERY',
		websites: ['https://a.example', 'http://b.example'],
	});
});

describe('the picture', () => {
	test('goes up in a session and becomes the one of the profile', async () => {
		expect(onlyJson(await update({ picture: 'data' }, withPicture))).toMatchObject({
			updated: ['picture'],
		});
		expect(await profile()).toMatchObject({ profilePictureUrl: expect.stringMatching(/^https:/) });
		expect((await requests(simulator)).slice(0, 3)).toMatchObject([
			{
				method: 'POST',
				path: expect.stringMatching(
					new RegExp(`/${ids.app}/uploads\\?file_name=shop.png&file_length=${picture.length}`),
				),
			},
			{ method: 'POST', path: expect.stringContaining('/upload:') },
			{ body: { profile_picture_handle: expect.stringMatching(/^4::/) } },
		]);
	});

	test('needs no App ID in the credential', async () => {
		const withoutApp = operationsOf(simulator, 'phoneNumber', { appId: '', appSecret: '' });
		const parameters = { updateFields: { picture: 'data' } };
		onlyJson(await withoutApp('updateProfile', parameters, withPicture));
		expect(await profile()).toMatchObject({ profilePictureUrl: expect.stringMatching(/^https:/) });
	});

	test.each(['before', 'after'])(
		'goes on where Meta has got to if the connection breaks %s Meta took it',
		async (when) => {
			await simulator.admin('POST', '/faults', {
				kind: 'reset',
				when,
				match: { path: '/upload:', method: 'POST' },
				count: 1,
			});
			onlyJson(await update({ picture: 'data' }, withPicture));
			expect(await profile()).toMatchObject({
				profilePictureUrl: expect.stringMatching(/^https:/),
			});
			const uploads = (await requests(simulator)).filter(({ path }) => path.includes('/upload:'));
			expect(uploads.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
		},
	);

	test.each([
		['photo', withPicture, 'is "photo", but the item has no such binary field'],
		[
			'data',
			[{ binary: { data: binaryFile(pdf(), 'application/pdf') } }],
			'is "data", and that file is application/pdf',
		],
		[
			'data',
			[{ binary: { data: binaryFile(Buffer.concat([png(), noise(5_300_000)]), 'image/png') } }],
			'is "data", and that file has',
		],
	])('%s that Meta would refuse is told before anything is sent', async (field, items, problem) => {
		const { error } = await update({ picture: field }, items);
		expect(error?.message).toContain(`"Update Fields › Picture Binary Field" ${problem}`);
		expect(await requests(simulator)).toEqual([]);
	});
});

test.each([
	[{}, '"Update Fields" is empty; add what to change'],
	[{ about: '' }, '"Update Fields › About" is empty'],
	[{ about: 'x'.repeat(140) }, '"Update Fields › About" can have at most 139 characters'],
	[{ vertical: '={{ "PIRACY" }}' }, '"Update Fields › Industry" must be one of Alcohol (ALCOHOL)'],
	[{ websites: 'example.com' }, '"Update Fields › Websites" has "example.com", which is no web'],
	[{ websites: 'https://a.b, https://b.c, https://c.d' }, 'can have at most 2 links, but has 3'],
])('update with %j is refused before it is sent', async (updateFields, problem) => {
	const { error } = await update(updateFields);
	expect(error?.message).toContain(problem);
	expect(await requests(simulator)).toEqual([]);
});

test('a token without the permission is told by its name', async () => {
	await withScopes(simulator, ['whatsapp_business_management']);
	const { error } = await phoneNumber('getProfile');
	expect(error?.message).toContain('lacks the permission whatsapp_business_messaging');
});

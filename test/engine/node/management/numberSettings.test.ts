import { useSimulator } from '../../harness';
import { ids, itemsOf, onlyJson, requests, withoutStatuses } from '../account';
import { byId, operationsOf } from './call';

const simulator = useSimulator(withoutStatuses);
const phoneNumber = operationsOf(simulator, 'phoneNumber');
const messageLink = operationsOf(simulator, 'messageLink');

describe('settings', () => {
	test('are read from their three places as one item', async () =>
		expect(onlyJson(await phoneNumber('getSettings'))).toMatchObject({
			phoneNumberId: ids.phoneNumber,
			calling: { status: 'ENABLED' },
			userIdentityChange: { enableIdentityKeyCheck: false },
			storageConfiguration: { status: 'DEFAULT' },
			isCartEnabled: true,
			isCatalogVisible: false,
			searchVisibility: 'VISIBLE',
		}));

	test('are changed one after the other', async () => {
		const settings = {
			calling: 'DISABLED',
			cart: false,
			catalog: true,
			identityCheck: true,
			searchVisibility: 'HIDDEN',
			storageRegion: 'DE',
		};
		expect(onlyJson(await phoneNumber('updateSettings', { settings }))).toEqual({
			success: true,
			phoneNumberId: ids.phoneNumber,
			updated: [
				'Calling',
				'Identity Check',
				'Storage Region',
				'Cart and Catalog',
				'Visible in Search',
			],
			failed: [],
		});
		expect(onlyJson(await phoneNumber('getSettings'))).toMatchObject({
			calling: { status: 'DISABLED' },
			userIdentityChange: { enableIdentityKeyCheck: true },
			storageConfiguration: {
				status: 'IN_COUNTRY_STORAGE_ENABLED',
				dataLocalizationRegion: 'DE',
			},
			isCartEnabled: false,
			isCatalogVisible: true,
			searchVisibility: 'HIDDEN',
		});
	});

	test('an error says what was changed before it', async () => {
		await simulator.admin('POST', '/faults', {
			kind: 'error',
			code: 100,
			match: { path: '/whatsapp_commerce_settings' },
		});
		const settings = { calling: 'DISABLED', identityCheck: true, cart: false };
		const { error } = await phoneNumber('updateSettings', { settings });
		expect(error?.message).toMatch(/^"Settings › Cart and Catalog" was not changed: .*\(100\)/);
		expect(error?.description).toContain('still changed: Calling, Identity Check.');
	});

	test.each([
		[{}, '"Settings" is empty; add what to change'],
		[{ storageRegion: '={{ "FR" }}' }, '"Settings › Storage Region" must be one of Default'],
		[{ cart: '={{ "perhaps" }}' }, '"Settings › Cart" must be true or false'],
	])('%j are refused before anything is sent', async (settings, problem) => {
		const { error } = await phoneNumber('updateSettings', { settings });
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});
});

describe('conversational components', () => {
	const rows = {
		iceBreakers: { iceBreaker: [{ text: 'When are you open?' }, { text: 'Where are you?' }] },
		commands: { command: [{ name: '/order', description: 'Order a plant' }] },
	};

	test('are replaced, both or one, and read', async () => {
		expect(onlyJson(await phoneNumber('updateConversationalComponents', rows))).toEqual({
			success: true,
			phoneNumberId: ids.phoneNumber,
			iceBreakers: 2,
			commands: 1,
		});
		onlyJson(
			await phoneNumber('updateConversationalComponents', {
				change: 'iceBreakers',
				iceBreakersInput: 'json',
				iceBreakersJson: '["Prices?"]',
			}),
		);
		expect(onlyJson(await phoneNumber('getConversationalComponents'))).toEqual({
			phoneNumberId: ids.phoneNumber,
			iceBreakers: ['Prices?'],
			commands: [{ name: 'order', description: 'Order a plant' }],
		});
	});

	test.each([
		[{ iceBreakersInput: 'json', iceBreakersJson: '["1","2","3","4","5"]' }, 'at most 4 entries'],
		[
			{ iceBreakers: { iceBreaker: [{ text: 'Hours? 🌵' }] } },
			'"Ice Breakers › Ice Breaker 1 › Text" has an emoji',
		],
		[
			{ commands: { command: [{ name: 'order', description: '' }] } },
			'"Commands › Command 1 › Description" is empty',
		],
	])('%j is refused before it is sent', async (parameters, problem) => {
		const { error } = await phoneNumber('updateConversationalComponents', parameters);
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});
});

describe('usernames', () => {
	test('are suggested, claimed, moved from another number and given up', async () => {
		expect(onlyJson(await phoneNumber('getUsername'))).toEqual({
			phoneNumberId: ids.phoneNumber,
			username: null,
			status: null,
			suggestions: ['luckyshrub', 'luckyshrub.official', 'hello.luckyshrub'],
		});
		const second = { phoneNumberId: byId(ids.secondPhoneNumber), username: '@luckyshrub' };
		expect(onlyJson(await phoneNumber('setUsername', second))).toEqual({
			phoneNumberId: ids.secondPhoneNumber,
			username: 'luckyshrub',
			status: 'approved',
		});
		const mine = { username: 'luckyshrub' };
		const { error } = await phoneNumber('setUsername', mine);
		expect(error?.message).toContain('Another number of the portfolio has this username (147005)');
		onlyJson(await phoneNumber('setUsername', { ...mine, transfer: 'force_transfer' }));
		expect(onlyJson(await phoneNumber('getUsername'))).toMatchObject({ username: 'luckyshrub' });
		expect(onlyJson(await phoneNumber('deleteUsername'))).toEqual({
			deleted: true,
			phoneNumberId: ids.phoneNumber,
		});
		expect(onlyJson(await phoneNumber('getUsername'))).toMatchObject({ username: null });
	});

	test.each(['ab', 'lucky shrub', '.shrub', 'a..b', '12345'])(
		'%s is refused before it is sent',
		async (username) => {
			const { error } = await phoneNumber('setUsername', { username });
			expect(error?.message).toContain('"Username" ');
			expect(await requests(simulator)).toEqual([]);
		},
	);
});

describe('message links', () => {
	test('are created, listed page by page, changed and deleted', async () => {
		const items = Array.from({ length: 30 }, (_, index) => ({ json: { text: `Hello ${index}` } }));
		const made = itemsOf(
			await messageLink('create', { prefilledMessage: '={{ $json.text }}' }, items),
		);
		expect(made).toHaveLength(30);
		const first = made[0]?.json ?? {};
		expect(first).toEqual({
			code: expect.stringMatching(/^[A-Z2-7]{14}$/),
			prefilledMessage: 'Hello 0',
			deepLinkUrl: `https://wa.me/message/${String(first['code'])}`,
			qrImageUrl: expect.stringMatching(/\.png$/),
			phoneNumberId: ids.phoneNumber,
		});
		const list = itemsOf(await messageLink('getMany', { returnAll: true, imageFormat: 'SVG' })).map(
			({ json }) => json,
		);
		expect(list).toHaveLength(30);
		expect(list[0]).toMatchObject({
			code: first['code'],
			qrImageUrl: expect.stringMatching(/\.svg$/),
		});
		const { code } = first;
		expect(onlyJson(await messageLink('update', { code, prefilledMessage: 'Hi' }))).toMatchObject({
			code,
			prefilledMessage: 'Hi',
		});
		expect(onlyJson(await messageLink('delete', { code }))).toEqual({ deleted: true, code });
		const { error } = await messageLink('delete', { code });
		expect(error?.message).toContain('(100)');
	});

	test('without a picture', async () => {
		const made = await messageLink('create', { prefilledMessage: 'Hi', imageFormat: 'none' });
		expect(onlyJson(made)).toMatchObject({ qrImageUrl: null });
	});

	test.each([
		['create', { prefilledMessage: 'x'.repeat(141) }, '"Message" can have at most 140 characters'],
		['create', { prefilledMessage: '={{ "" }}' }, '"Message" is empty'],
		['delete', { code: '../messages' }, '"Code" must be the code alone'],
		['update', { code: 'ABC', prefilledMessage: 'Hi' }, '"Code" must be the code alone'],
	])('%s with %j is refused before it is sent', async (operation, parameters, problem) => {
		const { error } = await messageLink(operation, parameters);
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});
});

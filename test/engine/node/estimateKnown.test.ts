import { UserFolder } from '../trigger/store';
import { credentials, ids, itemsOf, onlyJson, requests } from './account';
import { estimateSetup, germany, india, to } from './estimateSetup';

const { engine, estimate, simulator } = estimateSetup();

describe('the category', () => {
	const ofTemplate = { category: 'template', template: '={{ $json.template }}' };

	test('of a template is asked for once for each', async () => {
		const items = ['order_update:en_US', 'order_update', 'summer_carousel', 'no_such_template'].map(
			(template) => ({ json: { to: germany, template } }),
		);
		const json = onlyJson(await estimate(items, ofTemplate));
		expect(json).toMatchObject({ highestCost: 0.1915 + 0.055, unpriced: 1 });
		expect(json['openQuestions']).toContain(
			'1 message without a price: their category is not known.',
		);
		expect(await requests(simulator)).toHaveLength(3);
	});

	test('that does not exist leaves the message out', async () => {
		expect(onlyJson(await estimate([to(germany, 'gossip')]))).toMatchObject({ unreadable: 1 });
	});

	test('of a template needs a permission', async () => {
		const { error } = await estimate(
			[{ json: { to: germany, template: 'order_update' } }],
			ofTemplate,
			{
				accessToken: 'SIMULATOR_NO_ACCOUNT_TOKEN',
			},
		);
		expect(error?.message).toMatch(/may not list the templates|lacks/);
	});
});

describe('what Meta knows', () => {
	const lookUp = { options: { lookUp: true } };

	const sendText = async (count: number) =>
		itemsOf(
			await engine.runNode({
				node: 'whatsAppCloud',
				parameters: { recipient: germany, text: 'Hi', delivery: { messagesPerSecond: -1 } },
				credentials: credentials(simulator.url),
				items: Array.from({ length: count }, () => ({ json: {} })),
			}),
		);

	test('how many of the free service messages are used', async () => {
		await sendText(3);
		const items = Array.from({ length: 998 }, () => to(germany, 'service'));
		expect(onlyJson(await estimate(items, lookUp))).toMatchObject({
			lowestCost: 0.055,
			highestCost: 0.055,
			markets: [{ freeService: 997, perhapsFree: 0 }],
		});
	});

	test('the user may know it, too', async () => {
		const options = { serviceMessages: 999 };
		expect(
			onlyJson(await estimate([to(germany, 'service'), to(germany, 'service')], { options })),
		).toMatchObject({ lowestCost: 0.055, highestCost: 0.055 });
	});

	test('the currency and the international rate', async () => {
		await simulator.admin('PATCH', '/account', {
			businessAccounts: {
				[ids.businessAccount]: {
					currency: 'EUR',
					authInternationalSince: '2026-01-01',
					primaryBusinessLocation: 'US',
				},
			},
		});
		const json = onlyJson(await estimate([to(india, 'authentication')], lookUp));
		expect(json).toMatchObject({ highestCost: 0.0304 });
		expect(json['openQuestions']).toContain(
			'Meta bills the account in EUR, but the rate card is in USD.',
		);
	});
});

describe('free entry points', () => {
	test('are taken from the state', async () => {
		const folder = new UserFolder();
		await engine.reload({ N8N_USER_FOLDER: folder.path });
		const store = await folder.openStore();
		const clickedAt = Date.now() - 3_600_000;
		const person = { accountKey: ids.businessAccount, contactKey: germany, at: clickedAt };
		await store.contacts.record(
			[{ ...person, fact: 'entryPoint', phoneNumberId: ids.phoneNumber, source: 'ad' }],
			Date.now(),
		);
		const json = onlyJson(await estimate([to(germany), to(india)]));
		expect(json).toMatchObject({ lowestCost: 0.0118, highestCost: 0.0118 });
		expect(json['markets']).toMatchObject([{ market: 'India' }, { freeEntryPoint: 1 }]);
		await engine.reload({});
		await folder.remove();
	});

	test('are not known without one', async () => {
		const json = onlyJson(await estimate([to(germany)], {}, { stateStore: 'off' }));
		expect(json['openQuestions']).toContain(
			'Who came through an ad, and is free to answer, is not known without the state.',
		);
	});
});

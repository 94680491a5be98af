import { setTimeout as sleep } from 'node:timers/promises';
import { wordsOf } from './customer';
import { ExampleHost, publishing } from './example-host';
import { rulesWithoutNight } from './examples';
import { Gate } from './gate';
import { createListener } from './listener-workflow';

const startMs = 300_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let host: ExampleHost;

beforeAll(async () => (host = await ExampleHost.start()), startMs);
afterAll(async () => await host.stop());

describe('after hours', () => {
	/** A time of day in UTC, so many hours from now. */
	const inHours = (hours: number): string =>
		new Date(Date.now() + hours * hourMs).toISOString().slice(11, 16);
	const workflow = publishing(
		() => host,
		async () =>
			await host.publish('after-hours', {
				'Written After Hours': {
					settings: {
						hours: { outside: { from: inHours(2), to: inHours(5), weekdays: [], timeZone: 'UTC' } },
						collect: { wait: { quietSeconds: 5, longestSeconds: 60, mostMessages: 20 } },
					},
				},
			}),
	);

	test('a person is answered once a night, and all is kept for the morning', async () => {
		const ana = await host.customer('15550207001', 'Ana Torres');
		await ana.writes('Hello?');
		await ana.writes('Is my order ready?');
		await ana.hears('We are closed now');
		const first = await host.lastRun(workflow(), 1);
		const [kept] = first('For the Morning');
		expect(kept).toMatchObject({ name: 'Ana Torres', from: ana.waId });
		// Written within one second, they have the same time.
		const lines = String(kept?.['text']).split('\n');
		expect(lines.toSorted()).toEqual(['Hello?', 'Is my order ready?']);
		await ana.writes('It is number 7.');
		const second = await host.lastRun(workflow(), 2);
		expect(second('Say When You Are Back')).toMatchObject([{ outcome: 'duplicate' }]);
		expect(second('For the Morning')).toMatchObject([{ text: 'It is number 7.' }]);
		expect(await ana.received()).toHaveLength(1);
	});

	test('within the hours, nothing starts', async () => {
		const ben = await host.customer('15550207002', 'Ben Okafor');
		await host.atAnotherTime(3 * hourMs, async () => await ben.writes('Are you there?'));
		expect(host.own.executions(workflow().id)).toHaveLength(2);
		expect(await ben.received()).toEqual([]);
	});
});

describe('the menu', () => {
	const workflow = publishing(
		() => host,
		async () => await host.publish('menu'),
	);

	test('leads by list and buttons to answers, and to a person', async () => {
		const clara = await host.customer('15550207003', 'Clara Weiß');
		await clara.writes('Hi');
		await clara.hears('Hello Clara! What can we do for you?');
		await clara.taps('Prices');
		await clara.hears('Succulent bowl: $24.00');
		await clara.taps('Menu');
		await clara.hears('Hello Clara!');
		await clara.taps('Where we are');
		await clara.hears('[location]');
		await clara.hears('Anything else?');
		await clara.taps('Opening hours');
		await clara.hears('Saturday: 10 to 16');
		await clara.taps('Talk to a person');
		await clara.hears('Rosa reads your message');
		await host.lastRun(workflow(), 6);
		// A person has taken over.
		await clara.writes('Are you there, Rosa?');
		await host.settled();
		expect(host.own.executions(workflow().id)).toHaveLength(6);
	});
});

describe('what a trigger of the account knows of people', () => {
	publishing(
		() => host,
		async () => {
			const listener = await createListener(host.own.api, 'Listens', host.credential);
			await host.own.publish(listener);
			return listener;
		},
	);

	test('ends a drip campaign with the first answer', async () => {
		const days = new Gate();
		await days.start();
		const changes = { 'Two More Days': { amount: 1, unit: 'seconds' } };
		const standIns = { 'Two Days': days.standIn };
		await host.during(['drip-campaign', changes, { standIns }], async (workflow) => {
			const ida = await host.customer('15550207009', 'Ida');
			const jon = await host.customer('15550207010', 'Jon');
			for (const [name, { phone }] of Object.entries({ Ida: ida, Jon: jon })) {
				await host.call('lucky-shrub-signups', { phone, name });
			}
			await ida.hears('plant_care_tip');
			// Meta tells whole seconds, and the answer must count as later than the sign-up.
			await sleep(2_000);
			await ida.writes('Thank you! How much water does a jade need?');
			await host.settled();
			days.open();
			await host.lastRun(workflow, 2);
			expect(await ida.received()).toHaveLength(1);
			const tips = (await jon.received()).map(({ body }) => JSON.stringify(body));
			expect(tips).toHaveLength(3);
			expect(tips[2]).toContain('Feed it once a month');
		});
		await days.stop();
	});

	test('finds who has been silent for a month', async () => {
		const kim = await host.customer('15550207011', 'Kim');
		const lea = await host.customer('15550207012', 'Lea');
		await host.atAnotherTime(-40 * dayMs, async () => await kim.writes('Subscribe'));
		await lea.writes('Subscribe');
		await host.settled();

		const contactRules = await rulesWithoutNight('win-back', 'Send a Code');
		const workflow = await host.import('win-back', { 'Send a Code': { contactRules } });
		const first = await host.run(workflow, 'Every Monday');
		expect(first('Silent for a Month')).toMatchObject([{ name: 'Kim', phone: kim.phone }]);
		expect(first('Send a Code')).toMatchObject([{ outcome: 'sent' }]);
		expect(first('Report')).toHaveLength(1);
		const again = await host.run(workflow, 'Every Monday');
		expect(again('Send a Code')).toMatchObject([{ outcome: 'duplicate' }]);
		expect((await kim.received()).map(wordsOf)).toEqual(['coupon']);
		expect(await lea.received()).toEqual([]);
	});
});

import { callCallback } from '../../../nodes/WhatsAppCloud/graph/http/callbacks';
import { counterNames } from '../../../nodes/WhatsAppCloud/trigger/counters/counterNames';
import { decodeEvents } from '../../../nodes/WhatsAppCloud/trigger/deliveries/content';
import type { KnownListener } from '../../../nodes/WhatsAppCloud/trigger/listeners/knownListeners';
import { callTestRuns } from '../../../nodes/WhatsAppCloud/trigger/receive/callTestRuns';
import { TestRunCalls } from '../../../nodes/WhatsAppCloud/trigger/receive/testRunCalls';
import { until } from '../../until';
import { present } from '../../present';
import { GROUP, hashed, plain, receiveSetup } from './receiveSetup';

const setup = receiveSetup();
const { answerWith, counters, describeListener, listen, newEvents, receive, waitingFor } = setup;

test('each trigger gets what its own filters chose', async () => {
	await listen('self', { parameters: { events: ['status'] } });
	await listen('all');
	await listen('one person', { parameters: { settings: { senders: ['+50'] } } });
	await listen('other number', { scope: 'phoneNumber', phoneNumberId: '2' });
	const received = await receive();
	expect(received.startingIds.sort()).toEqual(['all', 'one person']);
	expect([...received.filtered]).toEqual([['Events', 2]]);
	expect(await waitingFor('all')).toHaveLength(2);
	expect(decodeEvents(await waitingFor('one person'), plain.appSecret)).toMatchObject([
		{ from: '50', text: 'hi from 50' },
	]);
	expect(await waitingFor('self')).toEqual([]);
	await until('the filters are counted', async () => {
		const names = (await setup.store.counters.list(GROUP, counterNames.filtered)).map(
			({ name }) => name,
		);
		return (
			names.includes(`${counterNames.filtered}self:Events`) &&
			names.includes(`${counterNames.filtered}other number:Registration`)
		);
	});
});

test('a trigger that cannot be read costs the others nothing, and gets its events from a repetition', async () => {
	await listen('all');
	const parameters = JSON.stringify({ settings: { senders: { from: 'a newer version' } } });
	for (const isTest of [false, true]) {
		const listener = describeListener(isTest ? 'newer test' : 'newer', { isTest });
		const about = JSON.parse(listener.details ?? '') as object;
		const details = JSON.stringify({ ...about, parameters });
		await setup.store.listeners.register({ ...listener, details }, Date.now());
	}
	const events = newEvents();
	const received = await receive(events);
	expect(received.startingIds.sort()).toEqual(['all', 'self']);
	expect(received.unreadable).toEqual([
		expect.stringMatching(/^"Trigger newer" in workflow workflow of newer: .*Senders/),
	]);

	await listen('newer');
	const again = await receive(events);
	expect(again.startingIds).toEqual(['newer']);
	expect(again.unreadable).toEqual([]);
	expect(await waitingFor('newer')).toHaveLength(2);
	expect(await waitingFor('all')).toHaveLength(2);
});

test('a trigger that the state does not know gets its events, too', async () => {
	expect((await receive()).startingIds).toEqual(['self']);
	expect(await waitingFor('self')).toHaveLength(2);
});

test('a trigger that was unpublished a moment ago still gets its events', async () => {
	await listen('self');
	await listen('leaving');
	const leaveUntil = async (until: number) =>
		await setup.store.listeners.lease(
			await setup.store.listeners.find(['leaving']),
			until,
			Date.now(),
		);
	await leaveUntil(Date.now() + 60_000);
	expect((await receive()).startingIds.sort()).toEqual(['leaving', 'self']);
	await leaveUntil(Date.now() - 1);
	expect((await receive()).startingIds).toEqual(['self']);
});

test('triggers that stay behind under the app secret of before are named once', async () => {
	for (const id of ['self', 'other']) {
		const before = { ...describeListener(id), accountKey: 'app:before' };
		await setup.store.listeners.register(before, Date.now());
	}
	expect(await receive()).toMatchObject({
		startingIds: ['self'],
		missing: ['"Trigger other" in workflow workflow of other'],
	});
	await until('it is counted', async () => {
		const [missed] = await setup.store.counters.list(GROUP, counterNames.missed);
		return missed?.lastDetail === '"Trigger other" in workflow workflow of other';
	});
	expect(await receive()).toMatchObject({ startingIds: ['self'], missing: [] });
});

test('what comes again starts nothing', async () => {
	await listen('self');
	const events = newEvents();
	await receive(events);
	expect(await receive(events)).toMatchObject({ startingIds: [], repeated: 2 });
});

test('with hashed recipients, what is stored shows neither people nor their words', async () => {
	const secrets = { parameters: { settings: { senders: ['+49', '+50'] } } };
	await setup.store.listeners.register(describeListener('self', secrets, hashed), Date.now());
	const [listener] = await setup.store.listeners.list(GROUP, 0);
	expect(listener?.details).not.toContain('+49');
	expect((await receive(newEvents(), hashed)).startingIds).toEqual(['self']);
	const [content, ...others] = await waitingFor('self');
	expect(content).not.toMatch(/hi from|"49/);
	expect(decodeEvents([present(content)], hashed.appSecret)).toMatchObject([
		{ text: 'hi from 49' },
	]);
	expect(others).toHaveLength(1);
	expect(decodeEvents([present(content)], 'another')).toBeNull();
});

describe('test runs', () => {
	let calls: TestRunCalls;
	beforeEach(() => {
		calls = new TestRunCalls();
	});
	const call = async (testRuns: readonly KnownListener[]) =>
		await callTestRuns(
			testRuns,
			{ body: Buffer.from('{"signed": true}'), signature: 'sha256=abc' },
			{
				ownId: 'self',
				calls,
				post: callCallback,
				counts: counters(),
				log: (level, message) => setup.logs.push(`${level}: ${message}`),
			},
		);

	test('get the signed bytes by HTTP if they chose some, once, and nothing is stored for them', async () => {
		await listen('self');
		await listen('tried', { isTest: true });
		await listen('tried statuses', { isTest: true, parameters: { events: ['status'] } });
		const events = newEvents();
		const { testRuns, startingIds } = await receive(events);
		expect(startingIds).toEqual(['self']);
		await call(testRuns);
		await call((await receive()).testRuns);
		expect(setup.posted).toEqual([
			{
				url: '/tried',
				body: '{"signed": true}',
				headers: expect.objectContaining({
					'x-hub-signature-256': 'sha256=abc',
					'x-whatsapp-cloud-forwarded': 'self',
				}),
			},
		]);
	});

	test('that do not answer are logged and counted, and called by the next webhook', async () => {
		await listen('tried', { isTest: true });
		answerWith(404);
		await call((await receive()).testRuns);
		answerWith(200);
		await call((await receive()).testRuns);
		expect(setup.posted).toHaveLength(2);
		expect(setup.logs.filter((line) => line.startsWith('warn'))).toEqual([
			expect.stringMatching(/"Trigger tried".*answered with 404/),
		]);
		const name = `${counterNames.handOverFailed}tried`;
		await until(
			'it is counted',
			async () => (await setup.store.counters.list(GROUP, name)).length === 1,
		);
	});
});

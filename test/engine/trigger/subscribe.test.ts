import { arrived, webhookOf } from '../../unit/store/samples';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import { appSecret, ids, onlyJson } from '../node/account';
import { missingInPreview } from './webhookItems';
import { APP, webhookSetup } from './webhookSetup';

const setup = webhookSetup();
const { run, trigger } = setup;

describe('subscribe and unsubscribe', () => {
	const url = () => setup.n8n.open('/webhook/by-hand/webhook');

	test('a phone number', async () => {
		const callbackUrl = url();
		const json = onlyJson(await run('subscribe', { place: 'phoneNumber', callbackUrl }));
		expect(json).toMatchObject({ success: true, phoneNumberId: ids.phoneNumber, callbackUrl });
		expect(missingInPreview('subscribe', json)).toEqual([]);
		expect(
			(await setup.meta.subscribedApps(ids.businessAccount)).map(({ appId }) => appId),
		).toEqual([ids.app]);
		expect((await setup.meta.phoneNumberCallbacks(ids.phoneNumber)).phoneNumberUrl).toBe(
			callbackUrl,
		);
		expect(onlyJson(await run('unsubscribe', { place: 'phoneNumber' }))).toEqual({
			deleted: true,
		});
		expect((await setup.meta.phoneNumberCallbacks(ids.phoneNumber)).phoneNumberUrl).toBeNull();
	});

	test('a business account, its address, and its subscription', async () => {
		const callbackUrl = url();
		await run('subscribe', { place: 'businessAccount', callbackUrl });
		expect((await setup.meta.subscribedApps(ids.businessAccount))[0]?.overrideUrl).toBe(
			callbackUrl,
		);
		await run('unsubscribe', { place: 'businessAccount' });
		expect((await setup.meta.subscribedApps(ids.businessAccount))[0]).toMatchObject({
			appId: ids.app,
			overrideUrl: null,
		});
		await run('unsubscribe', { place: 'subscription' });
		expect(await setup.meta.subscribedApps(ids.businessAccount)).toEqual([]);
	});

	test('the app, with fields', async () => {
		const callbackUrl = url();
		const options = { fields: 'messages, account_update' };
		const json = onlyJson(await run('subscribe', { place: 'app', callbackUrl, options }));
		expect(missingInPreview('subscribe', json)).toEqual([]);
		const app = await setup.meta.appSubscription(APP);
		expect(app).toMatchObject({ callbackUrl });
		expect(app?.fields.sort()).toEqual(['account_update', 'messages']);
		const ended = onlyJson(await run('unsubscribe', { place: 'app' }));
		expect(missingInPreview('unsubscribe', ended)).toEqual([]);
		expect(await setup.meta.appSubscription(APP)).toBeNull();
	});

	test('a trigger that is gone is forgotten', async () => {
		await trigger('gone').activate();
		const listenerId = 'workflow of gone:gone';
		const waiting = arrived('gone', { deliveries: [{ listenerId, batchId: 'gone', dueAt: 0 }] });
		await setup.store.inbox.receive(webhookOf([waiting]), Date.now());
		const ended = await run('unsubscribe', { place: 'listener', listenerId });
		expect(onlyJson(ended)).toEqual({ deleted: true, dropped: 1 });
		expect(await setup.store.listeners.list(listenerGroup(appSecret), Date.now())).toEqual([]);
		const again = await run('unsubscribe', { place: 'listener', listenerId: 'nobody' });
		expect(again.error?.message).toMatch(/Listener ID.*is not the ID of a known trigger/);
	});

	test.each<[string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
		['no address', { place: 'phoneNumber' }, {}, /Callback URL.*is empty/],
		[
			'no web address',
			{ callbackUrl: 'somewhere' },
			{},
			/Callback URL.*must be a web address that begins with https:/,
		],
		[
			'an address that is too long',
			{ callbackUrl: `https://n8n.example.com/${'x'.repeat(200)}` },
			{},
			/Callback URL.*can have at most 200 characters, but has 224/,
		],
		['an unknown place', { place: 'moon' }, {}, /must be one of/],
		[
			'no business account',
			{ callbackUrl: 'https://n8n.example.com/' },
			{ businessAccountId: '' },
			/WhatsApp Business Account ID/,
		],
	])('%s is reported', async (_, parameters, changes, message) => {
		const { error } = await run('subscribe', parameters, changes);
		expect(`${error?.message ?? ''} ${error?.description ?? ''}`).toMatch(message);
	});
});

import { loadTemplates, templateFixture } from '../fixtures/templateFixtures';
import { body, create, type Parts } from './support/definitions';
import { at } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const code = (answer: Answer): unknown => at(answer.body, 'error', 'code');

describe('marketing messages', () => {
	const offer = async (parts: Parts = {}, name = 'price_capped'): Promise<Answer> =>
		await simulator.graph(`/${ids.phoneNumber}/marketing_messages`, {
			json: {
				messaging_product: 'whatsapp',
				to: '+15550200001',
				type: 'template',
				template: { name, language: { code: 'en_US' } },
				...parts,
			},
		});
	const become = async (marketingMessages: string): Promise<unknown> =>
		await simulator.admin(
			'/account',
			{ businessAccounts: { [ids.businessAccount]: { marketingMessages } } },
			'PATCH',
		);

	test('go out with a policy and refuse what is none of theirs', async () => {
		expect((await offer({ product_policy: 'STRICT', message_activity_sharing: true })).status).toBe(
			200,
		);
		expect(code(await offer({ product_policy: 'LOOSE' }))).toBe(100);
		expect(code(await offer({ message_activity_sharing: 'yes' }))).toBe(100);
		expect(code(await offer({}, 'hello_world'))).toBe(134100);
		expect(code(await offer({ type: 'text', text: { body: 'Hi' } }))).toBe(131055);
	});

	test('need an account that takes part, unless they may go by the Cloud API', async () => {
		await become('ELIGIBLE');
		expect(code(await offer({ product_policy: 'STRICT' }))).toBe(131055);
		expect((await offer({ product_policy: 'CLOUD_API_FALLBACK' })).status).toBe(200);
		expect((await offer()).status).toBe(200);
	});

	test('wait until a new template has been carried over', async () => {
		await create(simulator, [body('Fresh plants have arrived.')], {
			category: 'MARKETING',
			language: 'en_US',
		});
		await simulator.admin('/clock', { ms: 1000 });
		expect(code(await offer({}, 'greeting'))).toBe(134101);
		await simulator.admin('/clock', { ms: 600_000 });
		expect((await offer({}, 'greeting')).status).toBe(200);
	});

	test('of a template that is paused or disabled are refused as elsewhere', async () => {
		expect(code(await offer({}, 'paused_offer'))).toBe(132015);
		expect(code(await offer({}, 'disabled_offer'))).toBe(132016);
		await loadTemplates(simulator.url, [templateFixture('archived_market')]);
		expect(code(await offer({}, 'archived_market'))).toBe(132001);
	});
});

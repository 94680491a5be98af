import { Callback } from './support/callback';
import { templatesPath as path, type Parts } from './support/definitions';
import { at, listAt, textAt } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const otherAccount = '200000000000009';
const code = (answer: Answer): unknown => at(answer.body, 'error', 'code');
const post = async (at: string, json: Parts = {}): Promise<Answer> =>
	await simulator.graph(`/${at}`, { json });
const idNamed = async (name: string): Promise<string> =>
	textAt((await simulator.graph(`${path}?name=${name}`)).body, 'data', 0, 'id');
const statusOf = async (id: string): Promise<unknown> =>
	at((await simulator.graph(`/${id}?fields=status`)).body, 'status');
const pass = async (days: number): Promise<unknown> =>
	await simulator.admin('/clock', { ms: days * 86_400_000 + 1 });
const send = async (name: string, parts: Parts = {}): Promise<Answer> =>
	await simulator.graph(`/${ids.phoneNumber}/messages`, {
		json: {
			messaging_product: 'whatsapp',
			to: '+15550200001',
			type: 'template',
			template: { name, language: { code: 'en_US' }, ...parts },
		},
	});

describe('archiving', () => {
	const archive = async (hsm_ids: unknown, way = 'archive'): Promise<Answer> =>
		await post(`${ids.businessAccount}/message_templates/${way}`, { hsm_ids });

	test('takes approved and rejected templates and says why not the others', async () => {
		const [hello, paused] = [await idNamed('hello_world'), await idNamed('paused_offer')];
		const callback = await new Callback().start();
		try {
			const webhook = { callbackUrl: callback.url, fields: ['message_template_status_update'] };
			await simulator.admin('/account', { webhook }, 'PATCH');
			expect((await archive([hello, paused, '1'])).body).toEqual({
				archived_templates: [hello],
				failed_templates: {
					[paused]: 'Only approved or rejected templates can be archived',
					'1': 'Template does not exist',
				},
			});
			expect(code(await send('hello_world'))).toBe(132001);
			expect((await archive(`${hello},${paused}`, 'unarchive')).body).toEqual({
				unarchived_templates: [hello],
				failed_templates: { [paused]: 'Template is not archived' },
			});
			expect((await send('hello_world')).status).toBe(200);
			await callback.until((received) => received.length === 2);
			expect(callback.received.map(({ value }) => at(value, 'event'))).toEqual([
				'ARCHIVED',
				'UNARCHIVED',
			]);
		} finally {
			await callback.stop();
		}
	});

	test('works without a version in the address, as at api.facebook.com', async () => {
		const hello = await idNamed('hello_world');
		const address = `${simulator.url}/${ids.businessAccount}/message_templates/archive`;
		const response = await fetch(address, {
			method: 'POST',
			headers: {
				authorization: 'Bearer SIMULATOR_ACCESS_TOKEN',
				'content-type': 'application/json',
			},
			body: JSON.stringify({ hsm_ids: [hello] }),
		});
		expect(await response.json()).toMatchObject({ archived_templates: [hello] });
	});

	test('deletes after 28 days', async () => {
		const rejected = await idNamed('rejected_offer');
		await archive([rejected]);
		await pass(27);
		expect(await statusOf(rejected)).toBe('ARCHIVED');
		await archive([rejected], 'unarchive');
		await pass(2);
		expect(await statusOf(rejected)).toBe('REJECTED');
		await archive([rejected]);
		await pass(28);
		expect((await simulator.graph(`/${rejected}`)).status).toBe(400);
	});

	test('takes up to a hundred', async () => {
		expect(code(await archive(Array.from({ length: 101 }, (_, id) => String(id))))).toBe(100);
		expect(code(await archive([]))).toBe(100);
	});
});

describe('migrating', () => {
	const migrate = async (parts: Parts): Promise<Answer> =>
		await post(`${otherAccount}/migrate_message_templates`, {
			source_waba_id: ids.businessAccount,
			...parts,
		});

	beforeEach(async () => {
		await simulator.admin(
			'/account',
			{
				businessAccounts: { [otherAccount]: { name: 'Second' } },
				tokens: {
					SIMULATOR_ACCESS_TOKEN: { businessAccountIds: [ids.businessAccount, otherAccount] },
				},
			},
			'PATCH',
		);
	});

	test('copies what is approved and of good quality', async () => {
		const shaky = await idNamed('coupon');
		await simulator.admin(`/templates/${shaky}`, { quality: 'RED' }, 'PATCH');
		const approved = await simulator.graph(
			`/${ids.businessAccount}/message_templates?limit=100&status=APPROVED`,
		);
		const good = listAt(approved.body, 'data').length - 1;
		const answer = await migrate({ page_number: 0, count: 500 });
		expect(listAt(answer.body, 'migrated_templates')).toHaveLength(good);
		expect(at(answer.body, 'failed_templates')).toMatchObject({
			[shaky]: 'Template has a low quality score',
			[await idNamed('paused_offer')]: 'Template is not approved',
		});
		const there = await simulator.graph(`/${otherAccount}/message_templates?limit=100`);
		expect(listAt(there.body, 'data')).toHaveLength(good);
		expect(at((await migrate({ page_number: 1 })).body, 'migrated_templates')).toEqual([]);
	});

	test('copies chosen ones once', async () => {
		const hello = await idNamed('hello_world');
		expect((await migrate({ template_ids: [hello, '1'] })).body).toEqual({
			migrated_templates: [hello],
			failed_templates: { '1': 'Template does not exist' },
		});
		const again = await migrate({ template_ids: [hello] });
		expect(textAt(again.body, 'failed_templates', hello)).toContain('already English (US) content');
	});

	test('needs another account that the token reaches', async () => {
		expect(code(await migrate({ source_waba_id: otherAccount }))).toBe(100);
		expect(code(await migrate({ source_waba_id: '1' }))).toBe(200);
		expect(code(await migrate({ source_waba_id: undefined }))).toBe(100);
		expect(code(await migrate({ count: 501 }))).toBe(100);
	});
});

describe('comparing', () => {
	test('needs a thousand messages of each within exactly so many days', async () => {
		const [hello, back] = [await idNamed('hello_world'), await idNamed('call_back')];
		const end = Math.floor(Date.now() / 1000) + 60;
		const compare = async (days: number, other = back): Promise<Answer> =>
			await simulator.graph(
				`/${hello}/compare?template_ids=[${other}]&start=${end - days * 86_400}&end=${end}`,
			);
		expect(code(await compare(7))).toBe(100);
		for (let round = 0; round < 50; round++) {
			await Promise.all(
				Array.from(
					{ length: 40 },
					async (_, index) => await send(index % 2 === 0 ? 'hello_world' : 'call_back'),
				),
			);
		}
		await simulator.admin(`/templates/${hello}`, { quality: 'RED' }, 'PATCH');
		expect((await compare(7)).body).toEqual({
			data: [
				{ metric: 'BLOCK_RATE', type: 'RELATIVE', order_by_relative_metric: [back, hello] },
				{
					metric: 'MESSAGE_SENDS',
					type: 'NUMBER_VALUES',
					number_values: [
						{ key: hello, value: 1000 },
						{ key: back, value: 1000 },
					],
				},
				{
					metric: 'TOP_BLOCK_REASON',
					type: 'STRING_VALUES',
					string_values: [
						{ key: hello, value: 'UNKNOWN_BLOCK_REASON' },
						{ key: back, value: 'UNKNOWN_BLOCK_REASON' },
					],
				},
			],
		});
		expect(code(await compare(8))).toBe(100);
		expect(code(await compare(7, '1'))).toBe(100);
	});
});

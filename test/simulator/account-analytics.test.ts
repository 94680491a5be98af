import { at, listAt } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'sent=0,delivered=0,read=0']);

const errorOf = ({ body }: Answer) => [
	at(body, 'error', 'code'),
	at(body, 'error', 'error_subcode'),
];

const advance = async (ms: number) => await simulator.admin('/clock', { ms });

describe('analytics', () => {
	const now = Math.floor(Date.now() / 1000);
	const ask = async (field: string) =>
		at(
			(await simulator.graph(`/${ids.businessAccount}?fields=${encodeURIComponent(field)}`)).body,
			field.split('.')[0] ?? '',
		);
	const period = `start(${now - 86_400}).end(${now + 86_400})`;

	test('of messages count what was sent and delivered, by number', async () => {
		for (const id of [ids.phoneNumber, ids.phoneNumber, ids.secondPhoneNumber]) {
			await simulator.graph(`/${id}/messages`, {
				json: { messaging_product: 'whatsapp', to: '+15550200001', text: { body: 'Hi' } },
			});
		}
		await advance(5_000);
		const sum = (answer: unknown, name: string) =>
			listAt(answer, 'data_points').reduce<number>(
				(total, point) => total + Number(at(point, name)),
				0,
			);
		const all = await ask(`analytics.${period}.granularity(DAY)`);
		expect([sum(all, 'sent'), sum(all, 'delivered')]).toEqual([3, 3]);
		expect(at(all, 'phone_numbers')).toEqual(['15550100001', '15550100002']);
		const one = await ask(
			`analytics.${period}.granularity(HALF_HOUR).phone_numbers(["15550100002"])`,
		);
		expect(sum(one, 'sent')).toBe(1);
		const abroad = await ask(`analytics.${period}.granularity(DAY).country_codes(["DE"])`);
		expect(at(abroad, 'data_points')).toEqual([]);
	});

	test('of calls sum up those that were completed', async () => {
		const call = (direction: string, durationSeconds: number, cost: number) => ({
			direction,
			customer: '15550200001',
			startedAt: now - 60,
			durationSeconds,
			cost,
		});
		await simulator.admin(
			'/account',
			{
				phoneNumbers: {
					[ids.phoneNumber]: {
						calls: [call('BUSINESS_INITIATED', 60, 0.2), call('USER_INITIATED', 30, 0)],
					},
				},
			},
			'PATCH',
		);
		const all = await ask(`call_analytics.${period}.granularity(MONTHLY)`);
		expect(at(all, 'data', 0, 'data_points', 0)).toMatchObject({
			count: 2,
			cost: 0.2,
			average_duration: 45,
		});
		const parts = await ask(
			`call_analytics.${period}.granularity(DAILY).dimensions(["DIRECTION"]).metric_types(["COUNT"])`,
		);
		expect(listAt(parts, 'data', 0, 'data_points')).toMatchObject([
			{ direction: 'BUSINESS_INITIATED', count: 1 },
			{ direction: 'USER_INITIATED', count: 1 },
		]);
	});

	test.each([
		'analytics.start(5).end(4).granularity(DAY)',
		`analytics.${period}.granularity(WEEK)`,
	])('%s are refused', async (field) => {
		const answer = await simulator.graph(
			`/${ids.businessAccount}?fields=${encodeURIComponent(field)}`,
		);
		expect(errorOf(answer)).toEqual([100, undefined]);
	});
});

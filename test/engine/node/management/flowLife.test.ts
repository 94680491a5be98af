import { dayMs } from '../../../../nodes/WhatsAppCloud/time/durations';
import { flowWithMistake } from '../../../fixtures/flowJson';
import { runNode, useSimulator } from '../../harness';
import { credentials, onlyJson, requests, withoutStatuses } from '../account';
import { byId, operationsOf } from './call';

const simulator = useSimulator(withoutStatuses);
const flow = operationsOf(simulator, 'flow');

const published = '600000000000001';
const draft = '600000000000002';

const named = (json: unknown, name = 'Booking', options = {}) => ({
	name,
	categories: ['OTHER'],
	flowJsonFrom: 'json',
	flowJson: json,
	options,
});

describe('the life of a Flow', () => {
	test('from draft over published to deprecated', async () => {
		const id = { flow: byId(draft) };
		expect(onlyJson(await flow('publish', id))).toEqual({ success: true, flowId: draft });
		const again = await flow('publish', id);
		expect(again.error?.message).toContain('(139002)');
		const deleted = await flow('delete', id);
		expect(deleted.error?.message).toContain('A published Flow cannot be deleted (139004)');
		expect(onlyJson(await flow('deprecate', id))).toEqual({ success: true, flowId: draft });
		const twice = await flow('deprecate', id);
		expect(twice.error?.message).toContain('(139003)');
	});

	test('a draft is deleted, not deprecated', async () => {
		const id = { flow: byId(draft) };
		const { error } = await flow('deprecate', id);
		expect(error?.message).toContain('Only a published Flow can be deprecated (139003)');
		expect(onlyJson(await flow('delete', id))).toEqual({ deleted: true, flowId: draft });
		expect((await flow('get', id)).error?.message).toContain('(100)');
	});

	test('publishing one with errors tells which', async () => {
		const { flowId } = onlyJson(
			await flow('create', named(flowWithMistake(), 'Wrong', { allowErrors: true })),
		);
		const { error } = await flow('publish', { flow: byId(String(flowId)) });
		expect(error?.message).toContain('The Flow JSON has 2 errors: line 10, column 11');
		expect(error?.description).toContain('The Flow is still a draft.');
	});
});

describe('metrics', () => {
	const withRequests = async (count: number) => {
		// Today would be tomorrow where the workflow is, for some hours after midnight in UTC.
		const date = new Date(Date.now() - dayMs).toISOString().slice(0, 10);
		const day = { date, requests: count, errors: { timeout_error: 4 }, seconds: { 1: count } };
		await simulator.admin('PATCH', '/account', { flows: { [published]: { endpointDays: [day] } } });
		return date;
	};
	const get = async (parameters: Record<string, unknown>) =>
		await flow('getMetrics', { flow: byId(published), ...parameters });

	test('are an item per day, with one figure or several', async () => {
		const date = await withRequests(300);
		const of = { flowId: published, granularity: 'DAY', from: `${date}T08:00:00.000Z` };
		expect(onlyJson(await get({ metric: 'ENDPOINT_REQUEST_COUNT' }))).toEqual({
			...of,
			metric: 'ENDPOINT_REQUEST_COUNT',
			value: 300,
			values: {},
		});
		expect(onlyJson(await get({ metric: 'ENDPOINT_REQUEST_ERROR' }))).toEqual({
			...of,
			metric: 'ENDPOINT_REQUEST_ERROR',
			value: null,
			values: { timeout_error: 4 },
		});
		const lifetime = await get({ metric: 'ENDPOINT_AVAILABILITY', granularity: 'LIFETIME' });
		expect(onlyJson(lifetime)).toMatchObject({ values: { succeeded: 296, failed: 4 } });
	});

	test('of days in the time zone of the workflow', async () => {
		await withRequests(300);
		const period = { period: 'custom', from: '2026-11-01', to: '2026-11-20' };
		await runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'flow', operation: 'getMetrics', flow: byId(published), ...period },
			credentials: credentials(simulator.url),
			timezone: 'Asia/Tokyo',
		});
		const { path } = (await requests(simulator)).at(-1) ?? {};
		expect(decodeURIComponent(String(path))).toContain('.since(2026-11-01).until(2026-11-20)');
	});

	test('of a Flow that was asked too seldom are refused', async () => {
		await withRequests(249);
		const { error } = await get({ metric: 'ENDPOINT_REQUEST_COUNT' });
		expect(error?.message).toContain('The Flow was used too little for figures (139006)');
	});
});

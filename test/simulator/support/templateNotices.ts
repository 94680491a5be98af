import { Callback } from './callback';
import type { Parts } from './definitions';
import type { RunningSimulator } from './simulator';

const fields = [
	'message_template_status_update',
	'message_template_quality_update',
	'message_template_components_update',
	'template_category_update',
];

/** What webhooks said of templates after the actions, in their order. */
export async function noticesOf(
	simulator: RunningSimulator,
	count: number,
	act: () => Promise<void>,
): Promise<Parts[]> {
	const callback = await new Callback().start();
	try {
		await simulator.admin('/account', { webhook: { callbackUrl: callback.url, fields } }, 'PATCH');
		// One after the other, so that they arrive in their order.
		await simulator.admin('/settings', { webhooks: { concurrency: 1 } }, 'PATCH');
		await act();
		await callback.until((received) => received.length >= count);
		expect(callback.received).toHaveLength(count);
		return callback.received.map(({ field, value }) => ({ field, ...value }));
	} finally {
		await callback.stop();
	}
}

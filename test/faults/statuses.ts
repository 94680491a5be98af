import { startEngine } from '../engine/harness';
import type { CampaignPlan } from './campaign';
import type { SignedWebhook } from './statusInbox';

/** Concurrent webhooks. */
const concurrency = 4;

/**
 * Delivers the simulator's signed webhooks to the trigger, in an engine of its own.
 *
 * @throws Error if the trigger refuses one
 */
export async function deliverStatuses(
	webhooks: readonly SignedWebhook[],
	plan: Pick<CampaignPlan, 'credentials' | 'env'>,
): Promise<void> {
	const engine = await startEngine(plan);
	const left = [...webhooks];
	const deliver = async (): Promise<void> => {
		for (let webhook = left.shift(); webhook !== undefined; webhook = left.shift()) {
			const answer = await engine.replayWebhook({
				parameters: { events: ['message'] },
				credentials: plan.credentials,
				headers: [
					['content-type', 'application/json'],
					['x-hub-signature-256', webhook.signature],
				],
				body: webhook.body,
			});
			if (answer.status !== 200) {
				throw new Error(`The trigger answered ${String(answer.status)}: ${JSON.stringify(answer)}`);
			}
		}
	};
	await Promise.all(Array.from({ length: concurrency }, deliver));
	await engine.stop();
}

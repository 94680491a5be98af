import { testAccount } from '../../scripts/host/test-account.ts';
import type { RandomSource } from '../faults/random';
import { until } from '../until';

/** Calls the simulator's control API. */
type Admin = <T>(method: string, path: string, body?: unknown) => Promise<T>;

const people = Array.from(
	{ length: 20 },
	(_, index) => `155502000${String(index).padStart(2, '0')}`,
);

/** How many deliveries the simulator runs at once. */
const concurrency = 6;

const longMs = 900_000;

/** Lets Meta's webhooks come twice, out of order, and again until they are answered. */
export async function disturbWebhooks(admin: Admin): Promise<void> {
	await admin('PATCH', '/settings', {
		webhooks: {
			concurrency,
			maxAttempts: 1_000,
			retryBaseMs: 500,
			retryMaxMs: 4_000,
			timeoutMs: 30_000,
		},
	});
	for (const kind of ['webhookDuplicate', 'webhookReorder']) {
		await admin('POST', '/faults', { kind, probability: 0.15, match: { event: 'message' } });
	}
}

/** Waits until Meta delivers the number's webhooks to n8n, some time after its API has answered. */
export async function isCalled(simulatorUrl: string): Promise<void> {
	const { graphVersion, accessToken, phoneNumberId } = testAccount;
	const url = `${simulatorUrl}/${graphVersion}/${phoneNumberId}?fields=webhook_configuration`;
	await until('Meta calls n8n', async () => {
		const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
		const { webhook_configuration } = (await answer.json()) as {
			webhook_configuration?: { phone_number?: string };
		};
		return webhook_configuration?.phone_number;
	});
}

/** Twenty people write, in no order. @returns the messages' IDs */
export async function write(admin: Admin, count: number, random: RandomSource): Promise<string[]> {
	const ids: string[] = [];
	for (let index = 0; index < count; index++) {
		const { id } = await admin<{ id: string }>('POST', '/chat/messages', {
			phoneNumberId: testAccount.phoneNumberId,
			customer: people[random.between(0, people.length - 1)],
			message: { type: 'text', text: { body: `message ${index}` } },
		});
		ids.push(id);
	}
	return ids;
}

/** Waits until every webhook has been answered with 200. */
export async function allDelivered(admin: Admin): Promise<void> {
	const counters = async () =>
		(await admin<{ webhooks: { pending: number; failed: number } }>('GET', '/counters')).webhooks;
	await until('all webhooks are delivered', async () => (await counters()).pending === 0, longMs);
	expect((await counters()).failed).toBe(0);
}

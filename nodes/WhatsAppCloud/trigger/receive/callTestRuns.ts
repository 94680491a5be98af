import { SIGNATURE_HEADER } from '../../graph/signature';
import { reasonOf } from '../../values/unknown';
import { counterNames } from '../counters/counterNames';
import type { RequestCounters } from '../counters/requestCounters';
import { nameOfListener, type KnownListener } from '../listeners/knownListeners';
import { FORWARD_MS } from '../timeouts';
import type { TestRunCalls } from './testRunCalls';

/** Marks a request that a trigger forwards to a test run. It is not forwarded again. */
export const FORWARDED_HEADER = 'x-whatsapp-cloud-forwarded';

/** Posts to a trigger. Returns the status, or why there was none. */
export type PostWebhook = (
	url: string,
	request: { headers: Record<string, string>; body: Uint8Array; timeoutMs: number },
) => Promise<{ status: number } | { problem: string }>;

/** A request as Meta signed it. */
export interface SignedRequest {
	body: Uint8Array;
	signature: string;
}

/**
 * Forwards a webhook to test runs of the editor that chose some of its events, once each. n8n listens
 * for them at an address of their own and nowhere else. Never throws, since nobody awaits it.
 *
 * @param ownId the trigger that was called
 */
export async function callTestRuns(
	testRuns: readonly KnownListener[],
	{ body, signature }: SignedRequest,
	{
		ownId,
		calls,
		post,
		counts,
		log,
	}: {
		ownId: string;
		calls: TestRunCalls;
		post: PostWebhook;
		counts: RequestCounters;
		log: (level: 'warn', message: string) => void;
	},
): Promise<void> {
	const headers = {
		'content-type': 'application/json',
		[SIGNATURE_HEADER]: signature,
		[FORWARDED_HEADER]: ownId,
	};
	const call = async (testRun: KnownListener) => {
		const { listenerId, address } = testRun;
		const answer = await post(address, { headers, body, timeoutMs: FORWARD_MS }).catch(
			(error: unknown) => ({ problem: reasonOf(error) }),
		);
		if ('status' in answer && answer.status === 200) return;
		calls.failed(testRun);
		const problem =
			'problem' in answer ? answer.problem : `${address} answered with ${answer.status}`;
		log('warn', `the test run of ${nameOfListener(testRun)} has failed: ${problem}`);
		counts.add(`${counterNames.handOverFailed}${listenerId}`, 1, problem);
		counts.flush();
	};
	const others = testRuns.filter(({ listenerId }) => listenerId !== ownId);
	await Promise.all(others.filter((testRun) => calls.begin(testRun)).map(call));
}

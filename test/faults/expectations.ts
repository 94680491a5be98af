import type { CampaignPlan } from './campaign';
import type { ProofResult } from './proof';

/** Expects exact delivery after a campaign, and that the campaign was as hard as intended. */
export function expectReliability(
	result: ProofResult,
	size: Pick<CampaignPlan, 'jobs' | 'itemsEach' | 'kills'>,
): void {
	expect(result.violations).toEqual({
		arrivedTwice: [],
		untrueItems: [],
		sentBeforeRecorded: [],
		untrueStore: [],
		untrueStoreAfterStatuses: [],
	});
	const count = size.jobs * size.itemsEach;
	expect(result.recordedMessages).toBe(count);
	expect(result.acceptedMessages).toBe(result.statesAfter['sent']);
	// Only a few are lost to faults that cannot be recovered from.
	expect(result.acceptedMessages).toBeGreaterThan(count * 0.85);

	// Without faults, this would prove nothing.
	expect(result.log.kills).toBe(size.kills);
	expect(result.log.midway).toBeGreaterThanOrEqual(size.kills / 2);
	expect(result.log.resumes).toBeGreaterThan(0);
	expect(result.log.continuations).toBeGreaterThan(0);
	expect(result.settledByStatus).toBeGreaterThan(0);
	expect(Object.entries(result.fired).filter(([, times]) => times === 0)).toEqual([]);
}

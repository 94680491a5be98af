import type { IExecuteFunctions } from 'n8n-workflow';
import { createCampaign, estimateEnd, type Campaign, type CampaignPlan } from './campaign';
import type { DeliverySettings } from '../settings/deliveryFields';
import { openingHours } from './storedRequest';
import type { Clock } from '../../time/clock';
import { minuteMs } from '../../time/durations';

/** The part of n8n's context that admitting messages needs. */
export type AdmissionHost = Pick<
	IExecuteFunctions,
	'getInputData' | 'getTimezone' | 'addExecutionHints' | 'logger'
>;

/** Lets a run's messages through in waves and within its hours, and reports progress. */
export function createAdmission(
	host: AdmissionHost,
	{ waves, window, messagesPerSecond }: DeliverySettings,
	executionId: string,
	clock: Clock,
): Campaign {
	const plan: CampaignPlan = {
		waves: waves?.waves
			? { size: waves.waves.size, pauseMs: waves.waves.pauseMinutes * minuteMs }
			: null,
		window: window?.window ? openingHours(window.window, host.getTimezone()) : null,
	};
	const count = host.getInputData().length;
	if (plan.waves !== null || plan.window !== null) {
		const endMs = estimateEnd(plan, count, messagesPerSecond, clock.now());
		const message = `${count} ${count === 1 ? 'message' : 'messages'} in waves or hours; the last one will be sent at about ${asTime(endMs)}`;
		host.logger.info(message, { executionId });
		host.addExecutionHints({ message, location: 'outputPane' });
	}
	return createCampaign(plan, clock, ({ reason, untilMs, admitted }) => {
		const cause = reason === 'wave' ? 'the pause between two waves' : 'the time window';
		const message = `${admitted} of ${count} messages processed; waiting for ${cause} until ${asTime(untilMs)}`;
		host.logger.info(message, { executionId });
	});
}

const asTime = (ms: number): string => new Date(ms).toISOString();

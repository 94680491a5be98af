import { median, processorMs } from '../testbed.ts';
import type { Contestant } from './contestants.ts';
import { countExecutions, executionsByEvent, recordedMessages, succeeded } from './executions.ts';
import { forged, inParallel, messageOf, post, signed, statusOf } from './traffic.ts';

const statuses = ['sent', 'delivered', 'read'] as const;

/** What each contestant gets in a round. */
const perRound = { single: 8, messages: 24, sentMessages: 10, forged: 24 };

/** The fast ones get more, so that what they take is long enough to measure. */
const amount = (kind: keyof typeof perRound, { isFast }: Contestant): number =>
	perRound[kind] * (isFast ? 3 : 1);

/** Concurrent requests. */
const atOnce = 8;
const timeoutMs = 60_000;

/** The results of one contestant; rates are medians of the rounds. */
export interface ReceivingResult {
	name: string;
	/** Until the last execution has ended. */
	messagesPerSecond: number;
	/** Until the last answer, or the end of the last execution if statuses start any. */
	statusesPerSecond: number;
	/** Processor time of n8n, in milliseconds: depends less than the rates on what else is running. */
	cpuPerMessageMs: number;
	cpuPerStatusMs: number;
	refusalsPerSecond: number;
	/** How forged webhooks are answered. */
	refusal: number;
	/** Times to answer a message in milliseconds, with nothing else going on, and at eight at once. */
	alone: Spread;
	busy: Spread;
}

interface Spread {
	p50: number;
	p95: number;
}

interface Figures {
	messages: number[];
	statuses: number[];
	messageCpuMs: number[];
	statusCpuMs: number[];
	refusals: number[];
	aloneMs: number[];
	busyMs: number[];
	refusal: number;
}

/**
 * Gives each contestant the same traffic in turn, round by round: messages one at a time, messages
 * eight at once, the statuses of sent messages, and webhooks with a forged signature.
 *
 * @throws Error if a contestant did not get every event once
 */
export async function measureReceiving(
	contestants: readonly Contestant[],
	rounds: number,
): Promise<ReceivingResult[]> {
	const measured = contestants.map((contestant, place) => {
		const figures: Figures = {
			messages: [],
			statuses: [],
			messageCpuMs: [],
			statusCpuMs: [],
			refusals: [],
			aloneMs: [],
			busyMs: [],
			refusal: 0,
		};
		return { contestant, place, figures };
	});
	for (const { contestant, place } of measured) {
		// The first ones compile the code that the others use.
		const warmUp = Array.from({ length: 20 }, (_, index) => messageOf(`warm-up.${place}.${index}`));
		const { succeeded: before } = countExecutions(contestant.testbed, contestant.workflowId);
		await inParallel(warmUp, atOnce, async (body) => await deliver(contestant, body));
		await succeeded(contestant, before + warmUp.length, timeoutMs);
	}
	for (let round = 0; round < rounds; round++) {
		for (const each of measured)
			await measureRound(each.contestant, each.place, round, each.figures);
	}
	return measured.map(({ contestant, place, figures }) => {
		requireAll(contestant, place, rounds);
		return {
			name: contestant.name,
			messagesPerSecond: median(figures.messages),
			statusesPerSecond: median(figures.statuses),
			cpuPerMessageMs: median(figures.messageCpuMs),
			cpuPerStatusMs: median(figures.statusCpuMs),
			refusalsPerSecond: median(figures.refusals),
			refusal: figures.refusal,
			alone: spreadOf(figures.aloneMs),
			busy: spreadOf(figures.busyMs),
		};
	});
}

async function measureRound(
	contestant: Contestant,
	place: number,
	round: number,
	figures: Figures,
): Promise<void> {
	const { testbed, workflowId, startsByStatuses } = contestant;
	const started = () => countExecutions(testbed, workflowId).succeeded;
	const texts = (kind: string, count: number) =>
		Array.from({ length: count }, (_, index) => messageOf(`${kind}.${place}.${round}.${index}`));

	const before = started();
	const singles = amount('single', contestant);
	for (const body of texts('in', singles)) {
		figures.aloneMs.push(await deliver(contestant, body));
	}
	await succeeded(contestant, before + singles, timeoutMs);

	const measure = async (bodies: readonly Buffer[], starts: boolean) => {
		const count = started() + bodies.length;
		const [start, cpuStart] = [performance.now(), await processorMs(testbed.n8n.pid)];
		const answersMs = await inParallel(
			bodies,
			atOnce,
			async (body) => await deliver(contestant, body),
		);
		if (starts) await succeeded(contestant, count, timeoutMs);
		const perSecond = (bodies.length * 1000) / (performance.now() - start);
		const cpuMs = ((await processorMs(testbed.n8n.pid)) - cpuStart) / bodies.length;
		return { perSecond, cpuMs, answersMs };
	};
	const messages = await measure(texts('many', amount('messages', contestant)), true);
	figures.messages.push(messages.perSecond);
	figures.messageCpuMs.push(messages.cpuMs);
	figures.busyMs.push(...messages.answersMs);
	const outbound = Array.from({ length: amount('sentMessages', contestant) }, (_, index) =>
		statuses.map((status) => statusOf(`out.${place}.${round}.${index}`, status)),
	);
	const sent = await measure(outbound.flat(), startsByStatuses);
	figures.statuses.push(sent.perSecond);
	figures.statusCpuMs.push(sent.cpuMs);
	figures.refusals.push(await refusalRate(contestant, figures));
}

/** @returns how long the answer took, in milliseconds */
async function deliver(contestant: Contestant, body: Buffer): Promise<number> {
	const { status, ms } = await post(contestant, body, signed(body), timeoutMs);
	if (status !== 200) throw new Error(`${contestant.name} answered with ${status}`);
	return ms;
}

async function refusalRate(contestant: Contestant, figures: Figures): Promise<number> {
	const url = contestant.refusingUrl;
	const bodies = Array.from({ length: amount('forged', contestant) }, (_, index) =>
		messageOf(`forged.${index}`),
	);
	const start = performance.now();
	const answers = await inParallel(
		bodies,
		atOnce,
		async (body) => await post({ url }, body, forged(), timeoutMs),
	);
	figures.refusal = answers.at(-1)?.status ?? 0;
	return (bodies.length * 1000) / (performance.now() - start);
}

/** @throws Error if events are missing or were duplicated */
function requireAll(contestant: Contestant, place: number, rounds: number): void {
	const { testbed, name, workflowId, startsByStatuses, keepsState } = contestant;
	const started = executionsByEvent(testbed, workflowId);
	const count = (kind: string) => {
		const found = [...started].filter(([id]) => id.startsWith(`wamid.${kind}.${place}.`));
		return { ids: found.length, executions: found.reduce((sum, [, number]) => sum + number, 0) };
	};
	const sent = amount('sentMessages', contestant) * rounds;
	const found = {
		in: count('in'),
		many: count('many'),
		out: count('out'),
		forged: [...started.keys()].filter((id) => id.startsWith('wamid.forged.')).length,
		recorded: keepsState ? recordedMessages(testbed, `wamid.out.${place}.`) : null,
	};
	const once = (number: number) => ({ ids: number, executions: number });
	const wanted = {
		in: once(amount('single', contestant) * rounds),
		many: once(amount('messages', contestant) * rounds),
		out: startsByStatuses ? { ids: sent, executions: sent * statuses.length } : once(0),
		forged: 0,
		recorded: keepsState ? sent : null,
	};
	if (JSON.stringify(found) !== JSON.stringify(wanted)) {
		throw new Error(`${name} did not get every event once: ${JSON.stringify(found)}`);
	}
}

/** The value below which this part of the values lies. */
export function percentile(values: readonly number[], part: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const spreadOf = (values: readonly number[]): Spread => ({
	p50: percentile(values, 0.5),
	p95: percentile(values, 0.95),
});

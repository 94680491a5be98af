import { mainThreadMs, median, processorMs } from '../testbed.ts';
import type { Contestant } from './contestants.ts';
import {
	countExecutions,
	executionsByEvent,
	lastEnd,
	recordedMessages,
	succeeded,
} from './executions.ts';
import { forged, genuine, inParallel, messageOf, post, statusOf, type Answer } from './traffic.ts';

const statuses = ['sent', 'delivered', 'read'] as const;

/** What each contestant gets in a round. The fast ones get more: they need seconds to be measured. */
const perRound = {
	usual: { single: 8, messages: 48, sentMessages: 10, forged: 24 },
	fast: { single: 24, messages: 192, sentMessages: 40, forged: 96 },
} as const;

const amount = (kind: keyof typeof perRound.usual, { isFast }: Contestant): number =>
	perRound[isFast ? 'fast' : 'usual'][kind];

/** Concurrent requests. */
const atOnce = 8;
const timeoutMs = 60_000;

/** The results of one contestant; rates are medians of the rounds. */
export interface ReceivingResult {
	name: string;
	/** Messages a second, of each round. */
	messageRates: number[];
	/** Until the last execution has ended. */
	messagesPerSecond: number;
	/** Until the last answer, or the end of the last execution if statuses start any. */
	statusesPerSecond: number;
	/** Processor time of n8n, in milliseconds: depends less than the rates on what else is running. */
	cpuPerMessageMs: number;
	/** Of n8n's main thread alone. */
	mainPerMessageMs: number;
	cpuPerStatusMs: number;
	/** Forged webhooks; null if it would take them. */
	refusals: { status: number; perSecond: number; cpuMs: number } | null;
	/** Times to answer a message in milliseconds, with nothing else going on, and at eight at once. */
	alone: Spread;
	busy: Spread;
}

interface Spread {
	p50: number;
	p95: number;
}

/** What came of some webhooks. */
interface Measured {
	answers: Answer[];
	perSecond: number;
	cpuMs: number;
	mainMs: number;
}

/** What came of each round. */
interface Figures {
	/** Messages one at a time. */
	alone: Answer[];
	messages: Measured[];
	statuses: Measured[];
	forged: Measured[];
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
		const figures: Figures = { alone: [], messages: [], statuses: [], forged: [] };
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
		// Another one begins each time: n8n cleans up after one while the next is measured.
		const begin = round % measured.length;
		for (const each of [...measured.slice(begin), ...measured.slice(0, begin)]) {
			await measureRound(each.contestant, each.place, round, each.figures);
		}
	}
	return measured.map(({ contestant, place, figures }) => {
		requireAll(contestant, place, rounds);
		const { alone, messages, statuses, forged } = figures;
		const status = forged.at(-1)?.answers.at(-1)?.status;
		return {
			name: contestant.name,
			messageRates: messages.map(({ perSecond }) => perSecond),
			messagesPerSecond: medianRate(messages),
			statusesPerSecond: medianRate(statuses),
			cpuPerMessageMs: medianCpu(messages),
			mainPerMessageMs: median(messages.map(({ mainMs }) => mainMs)),
			cpuPerStatusMs: medianCpu(statuses),
			refusals:
				status === undefined
					? null
					: { status, perSecond: medianRate(forged), cpuMs: medianCpu(forged) },
			alone: spreadOf(alone),
			busy: spreadOf(messages.flatMap(({ answers }) => answers)),
		};
	});
}

async function measureRound(
	contestant: Contestant,
	place: number,
	round: number,
	figures: Figures,
): Promise<void> {
	const texts = (kind: string, count: number) =>
		Array.from({ length: count }, (_, index) => messageOf(`${kind}.${place}.${round}.${index}`));
	const send = async (body: Buffer) => await deliver(contestant, body);

	const { succeeded: before } = countExecutions(contestant.testbed, contestant.workflowId);
	const singles = texts('in', amount('single', contestant));
	for (const body of singles) figures.alone.push(await send(body));
	await succeeded(contestant, before + singles.length, timeoutMs);

	const many = texts('many', amount('messages', contestant));
	figures.messages.push(await measure(contestant, many, send, true));
	const ofSent = Array.from({ length: amount('sentMessages', contestant) }, (_, index) =>
		statuses.map((status) => statusOf(`out.${place}.${round}.${index}`, status)),
	).flat();
	figures.statuses.push(await measure(contestant, ofSent, send, contestant.startsByStatuses));
	if (!contestant.refuses) return;
	const others = Array.from({ length: amount('forged', contestant) }, (_, index) =>
		messageOf(`forged.${index}`),
	);
	const forge = async (body: Buffer) => await post(contestant, body, forged(), timeoutMs);
	figures.forged.push(await measure(contestant, others, forge, false));
}

/** Times webhooks until the last is answered or, if they start any, the last execution has ended. */
async function measure(
	contestant: Contestant,
	bodies: readonly Buffer[],
	send: (body: Buffer) => Promise<Answer>,
	isStarting: boolean,
): Promise<Measured> {
	const { testbed, workflowId } = contestant;
	const { pid } = testbed.n8n;
	const { succeeded: before } = countExecutions(testbed, workflowId);
	const [cpuStart, mainStart] = [await processorMs(pid), await mainThreadMs(pid)];
	const start = Date.now();
	const answers = await inParallel(bodies, atOnce, send);
	let end = Date.now();
	if (isStarting) {
		await succeeded(contestant, before + bodies.length, timeoutMs);
		// n8n's own time: `succeeded` looks only now and then.
		end = Math.max(end, lastEnd(testbed, workflowId));
	}
	const perSecond = (bodies.length * 1000) / (end - start);
	const cpuMs = ((await processorMs(pid)) - cpuStart) / bodies.length;
	const mainMs = ((await mainThreadMs(pid)) - mainStart) / bodies.length;
	return { answers, perSecond, cpuMs, mainMs };
}

async function deliver(contestant: Contestant, body: Buffer): Promise<Answer> {
	const answer = await post(contestant, body, genuine(contestant, body), timeoutMs);
	if (answer.status !== 200) throw new Error(`${contestant.name} answered with ${answer.status}`);
	return answer;
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

function spreadOf(answers: readonly Answer[]): Spread {
	const times = answers.map(({ ms }) => ms);
	return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

const medianRate = (rounds: readonly Measured[]): number =>
	median(rounds.map(({ perSecond }) => perSecond));

const medianCpu = (rounds: readonly Measured[]): number => median(rounds.map(({ cpuMs }) => cpuMs));

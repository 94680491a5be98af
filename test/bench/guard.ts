/**
 * What asking the rules for contacts costs: 1,000 messages with SQLite, with the guard and without it,
 * in turn. Run: `node scripts/bootstrap.mjs test/bench/guard.ts [--count 1000] [--rounds 9]`; add
 * `--only "every rule"` and Node's `--cpu-prof` to see where its time goes. Target: at most 10 % of
 * the rate.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { printTable } from './table.ts';

const { values } = parseArgs({
	options: {
		count: { type: 'string', default: '1000' },
		rounds: { type: 'string', default: '9' },
		/** Measures this one alone, beside that without the guard. */
		only: { type: 'string', default: '' },
	},
});
const count = Number(values.count);
const rounds = Number(values.rounds);
const latencyMs = 50;
const concurrency = 100;
const targetPercent = 10;
const dayMs = 86_400_000;

const root = fileURLToPath(new URL('../..', import.meta.url));

type Parts = typeof import('./guardParts');

/** The nodes are written for a bundler, so they are bundled here, as in the build. */
async function load(): Promise<Parts> {
	const folder = join(root, '.cache', 'bench');
	mkdirSync(folder, { recursive: true });
	const outfile = join(folder, 'guard.cjs');
	await esbuild.build({
		entryPoints: [join(root, 'test/bench/guardParts.ts')],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		outfile,
		logLevel: 'error',
	});
	return createRequire(import.meta.url)(outfile) as Parts;
}

const parts = await load();
const { systemClock: clock } = parts;
const account = parts.parseAccount({
	accessToken: 'bench-token',
	businessAccountId: '1',
	phoneNumberId: '1',
});
const settings = parts.deliverySchema.parse({ messagesPerSecond: -1, concurrency });
const person = (index: number): string => `+4917100${String(10_000 + index)}`;

const everyRule = {
	cap: { cap: { messages: 100, period: 7, unit: 'days', appliesTo: 'all' } },
	quietHours: { hours: { from: 0, to: 1, days: [], timeZone: undefined, appliesTo: 'all' } },
	unread: 5,
	notForOptedOut: ['utility'],
} as const;

/** What a run's messages are and must keep to, by the name that the table shows. */
const ways = [
	{ name: 'texts without the guard', given: null },
	{ name: 'the usual rules', given: {} },
	{ name: 'a cap, too', given: { cap: everyRule.cap } },
	{ name: 'every rule', given: everyRule },
	{ name: 'marketing templates without the guard', given: null, isMarketing: true },
	{ name: 'every rule, marketing', given: everyRule, isMarketing: true },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-guard-'));
let runs = 0;

/** Sends all messages in a new state whose people have all written. @returns milliseconds */
async function run(way: (typeof ways)[number]): Promise<{ tookMs: number; cpuMs: number }> {
	const { given } = way;
	const isMarketing = 'isMarketing' in way;
	const path = join(folder, String(++runs), 'state.sqlite');
	const store = await parts.openStore({ engine: 'sqlite', path });
	const now = clock.now();
	const facts = Array.from({ length: count }, (_, index) => ({
		fact: 'inbound' as const,
		phoneNumberId: '1',
		messageId: `wamid.in${index}`,
		accountKey: '1',
		contactKey: person(index),
		at: now - 60_000,
	}));
	for (let first = 0; first < count; first += 500) {
		await store.contacts.record(facts.slice(first, first + 500), now);
	}
	const usualRules = parts.rulesFrom(undefined, account.rules, 'UTC');
	const rules = parts.rulesFrom(given ?? {}, account.rules, 'UTC');
	const guard = parts.createContactGuard({
		accountKey: '1',
		keyOf: (address) => address,
		usualRules,
		listeningSince: () => Promise.resolve(now - 2 * dayMs),
		categoryOfTemplate: () => Promise.resolve(null),
		clock,
	});
	const ask = guard.judge.bind(guard);
	const asked = given === null ? { ...guard, judge: letGo } : { ...guard, judge: ask };
	const lease = { owner: `bench:${runs}`, leaseMs: 60_000 };
	let accepted = 0;
	const deliverNow = parts.createDeliverNow(
		{
			host: {
				getInputData: () => [],
				getTimezone: () => 'UTC',
				addExecutionHints: () => undefined,
				logger: { info: () => undefined },
			} as never,
			account,
			graph: {
				attempt: async () => {
					await new Promise((resolve) => setTimeout(resolve, latencyMs));
					const body = { messages: [{ id: `wamid.${runs}.${++accepted}` }] };
					return { ok: true, response: { status: 200, body, fbtraceId: null, latencyMs } };
				},
			} as never,
			tokens: { inUse: 'active', hasStandby: false },
			signal: undefined,
			identity: { executionId: String(runs) } as never,
		},
		{
			settings: () => settings,
			runStore: { stillOwns: () => Promise.resolve(true) },
			guard: asked,
			clock,
			log: { retried: () => undefined, trouble: () => undefined },
		},
	);
	const entries = parts.createOwnEntries(lease, clock);
	const protection = {
		store,
		lease,
		clock,
		onUnknown: 'report' as const,
		graceMs: 0,
		signal: undefined,
	};
	const cpu = process.cpuUsage();
	const began = performance.now();
	await parts.forEachConcurrently(
		count,
		concurrency,
		() => true,
		async (index) => {
			const category = isMarketing ? 'marketing' : 'service';
			const content = isMarketing
				? { type: 'template', template: { name: 'spring_sale', language: { code: 'en' } } }
				: { type: 'text', text: { body: `Hello ${index}` } };
			const body = { ...content, to: person(index) };
			const message = {
				operationId: `operation ${index}`,
				phoneNumberId: '1',
				recipient: { to: person(index) },
				endpoint: 'messages',
				body,
				payloadHash: `hash ${index}`,
				category,
				rules,
			};
			const intent = {
				...{ operationId: message.operationId, payloadHash: message.payloadHash },
				...{ accountKey: '1', workflowId: 'w', executionId: String(runs), nodeId: 'n' },
				...{ nodeName: 'Send', runIndex: 0, itemIndex: index, part: 0, campaign: null },
				...{ fingerprint: message.operationId, phoneNumberId: '1', expiresAt: 0 },
				...{ recipientKey: person(index), category, body: JSON.stringify(body) },
			};
			// As the messenger sends it.
			const isCapped = given !== null && rules.cap !== null;
			const verdict = isCapped ? await asked.judge(message, store, { countsLater: true }) : null;
			const result = await entries.send(
				intent,
				protection,
				async (start) => await deliverNow(message, store, { start, verdict }),
				{ leavesAtOnce: true, cap: verdict?.cap ?? null },
			);
			if (result.outcome !== 'sent') throw new Error(`${index}: ${JSON.stringify(result)}`);
		},
	);
	const tookMs = performance.now() - began;
	const { user, system } = process.cpuUsage(cpu);
	await store.close();
	return { tookMs, cpuMs: (user + system) / 1_000 };
}

const letGo = async (): Promise<{ blocked: null; cap: null; window: null }> =>
	await Promise.resolve({ blocked: null, cap: null, window: null });

const median = (numbers: number[]): number =>
	[...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

try {
	const measured = ways
		.filter(({ name, given }) => given === null || name.includes(values.only))
		.map((way) => ({ way, runs: [] as Awaited<ReturnType<typeof run>>[] }));
	for (const { way } of measured) await run(way);
	for (let round = 0; round < rounds; round++) {
		for (const { way, runs: own } of measured) own.push(await run(way));
	}
	console.log(`\n## ${count} messages with SQLite, ${latencyMs} ms latency\n`);
	let baseline = { tookMs: Number.NaN, cpuMs: Number.NaN };
	printTable(
		['rules', `time (median of ${rounds})`, 'messages/s', 'of the rate', 'processor time', 'more'],
		measured.map(({ way: { name, given }, runs: own }) => {
			const tookMs = median(own.map((each) => each.tookMs));
			const cpuMs = median(own.map((each) => each.cpuMs));
			if (given === null) baseline = { tookMs, cpuMs };
			const perMessage = (ms: number): string => `${((ms * 1_000) / count).toFixed(0)} µs`;
			return [
				name,
				`${(tookMs / 1000).toFixed(2)} s`,
				Math.round((count / tookMs) * 1000),
				`${((baseline.tookMs / tookMs - 1) * 100).toFixed(1)} %`,
				perMessage(cpuMs),
				perMessage(cpuMs - baseline.cpuMs),
			];
		}),
	);
	console.log(`\nTarget: at most ${targetPercent} % of the rate.`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}

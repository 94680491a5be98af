/**
 * What importing a long list of consent costs in n8n's engine: 100,000 rows of which three are wrong,
 * as a CSV file and as items. Run: `node scripts/bootstrap.mjs test/bench/importConsent.ts [--count
 * 100000]`.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { prepareEnvironment } from '../../scripts/engine/environment.ts';
import { bundlePackage, loadPackage } from '../../scripts/engine/package-bundle.ts';
import { printTable } from './table.ts';

const { values } = parseArgs({ options: { count: { type: 'string', default: '100000' } } });
const count = Number(values.count);

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-import-'));
process.env['N8N_USER_FOLDER'] = folder;
prepareEnvironment();
const [{ startHost }, { runNode }, { parseRunNodeRequest }, { BinarySink }] = await Promise.all([
	import('../../scripts/engine/host.ts'),
	import('../../scripts/engine/run-node.ts'),
	import('../../scripts/engine/request.ts'),
	import('../../scripts/engine/binary.ts'),
]);
const host = await startHost(loadPackage(await bundlePackage()));

/** Rows of people whom no other run knows, three of them wrong. */
function listOf(rows: number, area: string): { phone: string; date: string }[] {
	const list = Array.from({ length: rows }, (_, index) => ({
		phone: `+1${area}${2_000_000 + index}`,
		date: '2026-01-02',
	}));
	list[10] = { phone: 'nobody', date: '2026-01-02' };
	list[Math.floor(rows / 2)] = { phone: `+1${area}2000001`, date: 'yesterday' };
	list[rows - 1] = { phone: '', date: '2026-01-02' };
	return list;
}

/** @returns items with the list, as a file of one item or as items of their own */
function itemsOf(list: ReturnType<typeof listOf>, from: 'file' | 'items'): object[] {
	if (from === 'items') return list.map((json) => ({ json }));
	const path = join(folder, 'list.csv');
	const lines = list.map(({ phone, date }) => `${phone};${date}`);
	writeFileSync(path, `phone;date\n${lines.join('\n')}\n`);
	return [{ json: {}, binary: { data: { path, mimeType: 'text/csv' } } }];
}

const peakMb = (): number =>
	Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

async function measure(rows: number, from: 'file' | 'items', area: string) {
	const request = parseRunNodeRequest({
		node: 'whatsAppCloud',
		parameters: { resource: 'contact', operation: 'importConsent', rowsFrom: from },
		credentials: {
			whatsAppCloudApi: {
				accessToken: 'bench-token',
				businessAccountId: '200000000000001',
				phoneNumberId: '300000000000001',
				stateStore: 'sqlite',
			},
		},
		items: itemsOf(listOf(rows, area), from),
	});
	globalThis.gc?.();
	writeFileSync('/proc/self/clear_refs', '5');
	const residentMb = process.memoryUsage().rss / 2 ** 20;
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	const cpu = process.cpuUsage();
	const began = performance.now();
	const result = await runNode(host, request, new BinarySink(() => Promise.reject(new Error())));
	const seconds = (performance.now() - began) / 1_000;
	const { user, system } = process.cpuUsage(cpu);
	delay.disable();
	const json = result.outputs?.[0]?.[0]?.json;
	if (json?.['imported'] !== rows - 3) throw new Error(JSON.stringify(result).slice(0, 1_000));
	return {
		seconds,
		cpuSeconds: (user + system) / 1e6,
		longestMs: delay.max / 1e6,
		riseMb: peakMb() - residentMb,
		problems: json['problems'],
	};
}

try {
	// Enough for all code to be compiled.
	await measure(2_000, 'file', '303');
	await measure(2_000, 'items', '404');
	const rows = [];
	for (const [from, name, area] of [
		['file', 'CSV file', '505'],
		['items', 'Input items', '606'],
	] as const) {
		const { seconds, cpuSeconds, longestMs, riseMb, problems } = await measure(count, from, area);
		rows.push([
			name,
			`${seconds.toFixed(1)} s`,
			`${cpuSeconds.toFixed(1)} s`,
			`${((cpuSeconds * 1e6) / count).toFixed(0)} µs`,
			`${riseMb.toFixed(0)} MB`,
			`${longestMs.toFixed(0)} ms`,
		]);
		console.log(`${name}: ${JSON.stringify(problems)}`);
	}
	const fileMb = statSync(join(folder, '.n8n/whatsapp-cloud/state.sqlite')).size / 2 ** 20;
	console.log(`\n## ${count} rows of which three are wrong, SQLite\n`);
	printTable(
		['rows from', 'time', 'processor time', 'per row', 'peak memory', 'longest without a pause'],
		rows,
	);
	console.log(`\nThe state file has ${fileMb.toFixed(0)} MB then.`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

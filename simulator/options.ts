import { parseArgs } from 'node:util';
import type { FaultInput } from './faults/faults.ts';
import { faultSchema } from './faults/faults.ts';
import { addressesOf } from './guard/addresses.ts';
import type { Addresses } from './guard/addresses.ts';
import type { Settings } from './state/settings.ts';
import { defaultSettings, mergeSettings } from './state/settings.ts';

interface StartOptions {
	port: number;
	host: string;
	publicUrl: string;
	addresses: Addresses;
	settings: Settings;
	faults: FaultInput[];
}

export const usage = `Usage: npm run simulator -- [options]

  --port N          port to listen on (default 4010; 0 picks a free one)
  --host ADDRESS    address to listen on (default 127.0.0.1)
  --public-url URL  address in download and paging links (default: that of the request)
  --allow-host NAME also answer requests for this host name; may be repeated
  --allow-callback HOST
                    also call webhooks on this host; * is any; may be repeated
  --timing SPEC     status delays in ms, e.g. sent=50,delivered=200,read=1000;
                    a delay can be "never"; SPEC "off" sends no statuses
  --latency MS      wait before every answer of the Graph API
  --settings JSON   settings as PATCH /_simulator/settings takes them
`;

const timingKeys: ReadonlyMap<string, string> = new Map([
	['sent', 'sentAfterMs'],
	['delivered', 'deliveredAfterMs'],
	['read', 'readAfterMs'],
]);

/** Addresses that can be listened on, but not called. */
const anyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);

/** @throws Error with a readable message for invalid arguments */
export function parseArguments(args: string[]): StartOptions | 'help' {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: '4010' },
			host: { type: 'string', default: '127.0.0.1' },
			'public-url': { type: 'string', default: '' },
			'allow-host': { type: 'string', multiple: true, default: [] },
			'allow-callback': { type: 'string', multiple: true, default: [] },
			timing: { type: 'string' },
			latency: { type: 'string' },
			settings: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return 'help';
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error(`--port takes a number from 0 to 65535, not ${values.port}`);
	}
	let settings = defaultSettings();
	if (values.timing !== undefined) {
		settings = mergeSettings(settings, { statuses: parseTiming(values.timing) });
	}
	if (values.settings !== undefined) {
		settings = mergeSettings(settings, JSON.parse(values.settings));
	}
	const publicUrl = values['public-url'].replace(/\/+$/, '');
	return {
		port,
		host: values.host,
		publicUrl,
		addresses: addressesOf({
			hosts: [
				...values['allow-host'],
				...(anyAddress.has(values.host) ? [] : [bracketed(values.host)]),
				...(URL.canParse(publicUrl) ? [new URL(publicUrl).hostname] : []),
			],
			callbackHosts: values['allow-callback'],
		}),
		settings,
		faults: values.latency === undefined ? [] : [latencyRule(values.latency)],
	};
}

/** An IPv6 address as URLs write it. */
export function bracketed(host: string): string {
	return host.includes(':') ? `[${host}]` : host;
}

function latencyRule(text: string): FaultInput {
	const latencyMs = milliseconds('--latency', text);
	return faultSchema.parse({ id: 'latency', kind: 'latency', latencyMs });
}

function parseTiming(text: string): Record<string, number | boolean | null> {
	if (text === 'off') return { enabled: false };
	const result: Record<string, number | boolean | null> = {};
	for (const part of text.split(',')) {
		const [name = '', value = ''] = part.split('=');
		const key = timingKeys.get(name.trim());
		if (key === undefined) {
			throw new Error(`--timing knows sent, delivered and read, not ${name}`);
		}
		result[key] = value === 'never' ? null : milliseconds('--timing', value);
	}
	return result;
}

function milliseconds(option: string, text: string): number {
	const value = Number(text);
	if (text.trim() === '' || !(value >= 0))
		throw new Error(`${option} takes milliseconds, not ${text}`);
	return value;
}

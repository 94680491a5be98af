import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, type ChildProcess } from './child-process.ts';
import { cleanEnvironment } from './command.ts';
import { freePort } from './free-port.ts';
import { nodeBinary } from './node-binary.ts';
import { testAccount } from './test-account.ts';

const READY_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 3_000;

const REGISTRATION_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

interface SimulatorOptions {
	projectFolder: string;
	logFile: string;
	/** Used if free. */
	preferredPort?: number;
	/** More options of `npm run simulator`. */
	args?: readonly string[];
	/** Called as soon as there is a process to stop, before it is ready. */
	onStart?: (child: ChildProcess) => void;
}

export interface RunningSimulator extends ChildProcess {
	/** Graph base URL and address of the chat page, without a trailing slash. */
	readonly baseUrl: string;
}

/**
 * Starts the simulator on a loopback port.
 *
 * @throws Error with the tail of its log if it does not start
 */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
	const port = await freePort(options.preferredPort);
	const baseUrl = `http://127.0.0.1:${port}`;
	const child = await startChild({
		name: 'The simulator',
		projectFolder: options.projectFolder,
		node: nodeBinary(options.projectFolder),
		args: ['simulator/main.ts', '--port', String(port), ...(options.args ?? [])],
		cwd: options.projectFolder,
		env: cleanEnvironment(),
		logFile: options.logFile,
		stopGraceMs: STOP_GRACE_MS,
	});
	options.onStart?.(child);
	try {
		await child.waitUntil(async () => {
			const response = await fetch(`${baseUrl}/_simulator/chat/state`);
			return response.ok;
		}, READY_TIMEOUT_MS);
	} catch (error) {
		await child.stop();
		throw error;
	}
	return { ...child, baseUrl };
}

/**
 * Waits until a trigger has registered its address for the test business account. n8n publishes on
 * after its API has answered.
 * https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks#overrides
 *
 * @throws Error if there is none after a minute
 */
export async function waitForRegistration(simulatorUrl: string): Promise<void> {
	const { graphVersion, businessAccountId, accessToken } = testAccount;
	const url = `${simulatorUrl}/${graphVersion}/${businessAccountId}/subscribed_apps`;
	const deadline = Date.now() + REGISTRATION_TIMEOUT_MS;
	while (Date.now() < deadline) {
		const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
		const { data } = (await response.json()) as { data: { override_callback_uri?: string }[] };
		if (data.some(({ override_callback_uri }) => override_callback_uri !== undefined)) return;
		await sleep(POLL_MS);
	}
	throw new Error('The trigger has not registered its webhook within a minute.');
}

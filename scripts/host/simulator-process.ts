import { startChild, type ChildProcess } from './child-process.ts';
import { cleanEnvironment } from './command.ts';
import { freePort } from './free-port.ts';
import { nodeBinary } from './node-binary.ts';
import { testAccount } from './test-account.ts';

const READY_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 3_000;

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
 * Subscribes the test app to the test business account's messages, with a callback of its own. Like
 * Meta, the simulator first verifies the URL with the verify token.
 * https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks#overrides
 *
 * @throws Error with the simulator's answer if the URL fails verification
 */
export async function registerWebhook(simulatorUrl: string, webhookUrl: string): Promise<void> {
	const { graphVersion, businessAccountId, accessToken, verifyToken } = testAccount;
	const url = `${simulatorUrl}/${graphVersion}/${businessAccountId}/subscribed_apps`;
	const response = await fetch(url, {
		method: 'POST',
		headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
		body: JSON.stringify({ override_callback_uri: webhookUrl, verify_token: verifyToken }),
	});
	if (response.ok) return;
	throw new Error(`The webhook ${webhookUrl} was not accepted: ${await response.text()}`);
}

import { join } from 'node:path';
import { startChild, type ChildProcess } from './child-process.ts';
import { cleanEnvironment } from './command.ts';
import { freePort } from './free-port.ts';
import { n8nScript } from './install.ts';
import { nodeBinary, withNodeFirst } from './node-binary.ts';

const READY_TIMEOUT_MS = 180_000;
const STOP_GRACE_MS = 12_000;

/** Settings of the user's own n8n and of the test runner, which must not affect this one. */
const FOREIGN_SETTINGS =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|WEBHOOK_|GENERIC_|NODES_|NODE_ENV$|NODE_OPTIONS$|JEST_|npm_)/;

/**
 * Parts of n8n that contact n8n's servers on start, or that are not needed here. Without them, n8n
 * needs no network and starts sooner.
 */
const DISABLED_MODULES = ['mcp-registry', 'instance-ai', 'agents', 'chat-hub', 'insights'];

interface N8nOptions {
	projectFolder: string;
	/** As returned by ensureHost. */
	hostFolder: string;
	/** n8n keeps its data in its subfolder `.n8n`; created if missing. */
	userFolder: string;
	/** Used if free. */
	preferredPort?: number;
	/** More settings, e.g. a proxy or queue mode. */
	env?: NodeJS.ProcessEnv;
	/** A part of an n8n in queue mode, such as `worker`; by default, the whole n8n, or its main part. */
	command?: readonly string[];
	logFile?: string;
	/** Called as soon as there is a process to stop, before it is ready. */
	onStart?: (child: ChildProcess) => void;
}

export interface RunningN8n extends ChildProcess {
	/** E.g. `http://127.0.0.1:5678`, without a trailing slash. */
	readonly baseUrl: string;
	readonly userFolder: string;
}

/**
 * Starts n8n on a loopback port and waits until its REST API answers, or its part is ready.
 *
 * @throws Error with the tail of n8n's log if it does not start
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const port = await freePort(options.preferredPort);
	const baseUrl = `http://127.0.0.1:${port}`;
	const node = nodeBinary(options.projectFolder);
	const child = await startChild({
		name: 'n8n',
		projectFolder: options.projectFolder,
		node,
		args: [n8nScript(options.hostFolder), ...(options.command ?? ['start'])],
		cwd: options.hostFolder,
		env: withNodeFirst(
			{ ...hostEnvironment(), ...(await n8nSettings(options, port)), ...options.env },
			node,
		),
		logFile: options.logFile ?? join(options.userFolder, 'n8n.log'),
		stopGraceMs: STOP_GRACE_MS,
	});
	options.onStart?.(child);
	try {
		await child.waitUntil(async () => {
			const ready = await fetch(`${baseUrl}/healthz/readiness`);
			if (!ready.ok || options.command !== undefined) return ready.ok;
			// Ready only means the database; the REST API may follow a moment later.
			const settings = await fetch(`${baseUrl}/rest/settings`);
			return settings.ok && settings.headers.get('content-type')?.includes('json') === true;
		}, READY_TIMEOUT_MS);
	} catch (error) {
		await child.stop();
		throw error;
	}
	return { ...child, baseUrl, userFolder: options.userFolder };
}

function hostEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(cleanEnvironment()).filter(([name]) => !FOREIGN_SETTINGS.test(name)),
	);
}

async function n8nSettings(options: N8nOptions, port: number): Promise<NodeJS.ProcessEnv> {
	return {
		N8N_USER_FOLDER: options.userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		// A worker answers there whether it is ready.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		// The editor is served without TLS, on this machine only.
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_PYTHON_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// The list of verified packages is on n8n's servers.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: DISABLED_MODULES.join(','),
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '8',
	};
}

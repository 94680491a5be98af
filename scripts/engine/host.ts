import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { EngineCredentialsHelper } from './credentials-helper.ts';
import { beforeExit } from './exit.ts';
import { EngineLog } from './log.ts';
import {
	Container,
	GlobalConfig,
	installGlobalProxyAgent,
	Logger,
	n8nCore,
	n8nWorkflow,
} from './n8n-modules.ts';
import type { NodePackage } from './package-bundle.ts';

/** Stands in for a running n8n: loaded once per process, used by any number of executions. */
export interface EngineHost {
	log: EngineLog;
	nodePackage: NodePackage;
	/** Largest body of a webhook that n8n reads, in bytes. */
	maxWebhookBytes: number;
}

/** Time for the threads of disposed isolates to end; a process that exits before then crashes. */
const ISOLATE_END_MS = 50;

async function stopExpressions(): Promise<void> {
	await n8nWorkflow.Expression.disposeExpressionEngine();
	await new Promise((resolve) => setTimeout(resolve, ISOLATE_END_MS));
}

function usesProxy(): boolean {
	return ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].some(
		(name) => process.env[name] !== undefined || process.env[name.toLowerCase()] !== undefined,
	);
}

/** Starts what n8n needs to execute: logger, proxies, binary storage, expressions. */
export async function startHost(nodePackage: NodePackage): Promise<EngineHost> {
	const log = new EngineLog();
	// n8n's own logger writes to standard output, with stack traces.
	Container.set(Logger, log as unknown as InstanceType<typeof Logger>);
	n8nWorkflow.LoggerProxy.init(log);
	if (usesProxy()) installGlobalProxyAgent();
	await Container.get(n8nCore.BinaryDataService).init();
	const { expressionEngine, endpoints } = Container.get(GlobalConfig);
	await n8nWorkflow.Expression.initExpressionEngine({
		engine: expressionEngine.engine,
		poolSize: expressionEngine.poolSize,
		maxCodeCacheSize: expressionEngine.maxCodeCacheSize,
		bridgeTimeout: expressionEngine.bridgeTimeout,
		bridgeMemoryLimit: expressionEngine.bridgeMemoryLimit,
	});
	beforeExit(stopExpressions);
	return { log, nodePackage, maxWebhookBytes: endpoints.payloadSizeMax * 1024 * 1024 };
}

/**
 * What n8n provides to each execution besides its data.
 *
 * @param baseUrl address of the instance, without a trailing slash
 */
export function createAdditionalData(
	credentialsHelper: EngineCredentialsHelper,
	baseUrl: string,
): IWorkflowExecuteAdditionalData {
	const unavailable = (what: string) => (): Promise<never> =>
		Promise.reject(
			new n8nWorkflow.UserError(`${what} is not available when running a single node`),
		);
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		executeWorkflow: unavailable('Another workflow'),
		getRunExecutionData: () => Promise.resolve(undefined),
		getRuntimeCredential: () => Promise.resolve(undefined),
		externalSecretsProxy: Container.get(n8nCore.ExternalSecretsProxy),
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		formBaseUrl: `${baseUrl}/form`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		variables: {},
		setExecutionStatus: () => undefined,
		logAiEvent: () => undefined,
		startRunnerTask: unavailable('A task runner'),
	};
}

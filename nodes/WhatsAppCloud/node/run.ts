import type { IExecuteFunctions } from 'n8n-workflow';
import { technicalDetailsPath } from '../fields/sendOptions';
import { credentialName, parseAccount, type Account } from '../graph/account';
import { createGraphClient, type GraphClient } from '../graph/client';
import { createSteadyClient } from '../graph/steps/steadyClient';
import { logRetry } from '../graph/steps/retryLog';
import { createTokenChoice } from '../graph/tokenChoice';
import { createUploads, type Uploads } from '../media/uploads';
import { createTemplateCategory, type TemplateCategory } from './prices/categories';
import { createListening } from './rules/listening';
import { createMessenger, type Messenger } from '../sending/messenger';
import { readDeliverySettings } from '../sending/settings/deliverySettings';
import { systemClock } from '../time/system/systemClock';
import { identityOf, type RunIdentity } from '../sending/idempotency/runIdentity';

/** Shared by all items of one run of the node. */
export interface Run {
	host: IExecuteFunctions;
	account: Account;
	/** For all calls except sends; uses the current token and retries as each kind of call allows. */
	graph: GraphClient;
	/** Aborted when the execution is cancelled. */
	signal: AbortSignal | undefined;
	/** Identifies the run, for the IDs of its messages. */
	identity: RunIdentity;
	/** Uploads the items' files, each once per run. */
	uploads: Uploads;
	/** Whether items have the technical details, too. */
	isDetailed: boolean;
	/** Set when an item has failed and the node is to stop on errors. */
	isStopping: boolean;
	/** Throws what the look-up does; see `categoryOfTemplate`. */
	templateCategory: TemplateCategory;
	/** Delivers messages. Opens the state when the first one is sent. */
	messenger: Messenger;
}

/**
 * Opens a run of the node.
 *
 * @throws CredentialProblem if the credential cannot be used
 */
export async function openRun(host: IExecuteFunctions): Promise<Run> {
	const account = parseAccount(await host.getCredentials(credentialName));
	const tokens = createTokenChoice(account);
	const graph = createSteadyClient(account, {
		clock: systemClock,
		tokens,
		onRetry: (error, waitMs) => logRetry(host.logger, 'A call to Meta', {}, error, waitMs),
	});
	const signal = host.getExecutionCancelSignal();
	const identity = identityOf(host);
	const templateCategory = createTemplateCategory({ account, graph });
	return {
		host,
		account,
		graph,
		signal,
		identity,
		templateCategory,
		isDetailed: host.getNodeParameter(technicalDetailsPath, 0, false) === true,
		isStopping: false,
		uploads: createUploads(host, graph),
		messenger: createMessenger(
			{
				host,
				account,
				graph: createGraphClient(account),
				tokens,
				signal,
				identity,
				listeningSince: createListening(account),
				categoryOfTemplate: async (name) => await templateCategory(name).catch(() => null),
			},
			() => readDeliverySettings(host),
		),
	};
}

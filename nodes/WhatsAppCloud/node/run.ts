import type { IExecuteFunctions } from 'n8n-workflow';
import { technicalDetailsPath } from '../fields/sendOptions';
import { credentialName, parseAccount, type Account } from '../graph/account';
import { createUploads, type Uploads } from '../media/uploads';
import { openSending, type Sending } from './sending/openSending';
import { readDeliverySettings } from '../sending/settings/deliverySettings';
import { identityOf, type RunIdentity } from '../sending/idempotency/runIdentity';

/** Shared by all items of one run of the node. */
export interface Run extends Sending {
	host: IExecuteFunctions;
	account: Account;
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
}

/**
 * Opens a run of the node.
 *
 * @throws CredentialProblem if the credential cannot be used
 */
export async function openRun(host: IExecuteFunctions): Promise<Run> {
	const account = parseAccount(await host.getCredentials(credentialName));
	const signal = host.getExecutionCancelSignal();
	const identity = identityOf(host);
	const sending = openSending({ host, account, signal, identity }, () =>
		readDeliverySettings(host),
	);
	return {
		host,
		account,
		signal,
		identity,
		...sending,
		isDetailed: host.getNodeParameter(technicalDetailsPath, 0, false) === true,
		isStopping: false,
		uploads: createUploads(host, sending.graph),
	};
}

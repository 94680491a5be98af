import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { parseAccount } from '../../graph/account';
import { createSteadyClient } from '../../graph/steps/steadyClient';
import { systemClock } from '../../time/system/systemClock';
import { Problem } from '../../values/problem';
import { errorOf } from '../../values/unknown';
import { counterNames } from '../counters/counterNames';
import { unwrap, type Parcel } from '../deliveries/parcel';
import { startExecution } from '../execution/startExecution';
import { listenerGroup } from '../listeners/listenerIds';
import { log } from '../log';
import { readExecutionOptions } from '../settings/configuration';
import {
	accountOf,
	countersOf,
	listenerIdFor,
	newerSecretsOf,
	nodeOf,
	openState,
	secretsOf,
	signals,
} from './triggerProcess';

/** Makes the items of an execution, in whichever process n8n runs it. */
export async function runExecution(host: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const input = host.getInputData();
	const parcel = unwrap(input);
	// Such as the items of another trigger of the workflow.
	if (parcel === null) return [input];
	try {
		return await execute(host, parcel);
	} catch (error) {
		const description = error instanceof Problem ? error.advice : undefined;
		throw new NodeOperationError(host.getNode(), errorOf(error), {
			...(description === undefined ? {} : { description }),
		});
	}
}

async function execute(host: IExecuteFunctions, parcel: Parcel): Promise<INodeExecutionData[][]> {
	// Everything that can fail comes before the claim.
	const options = readExecutionOptions(host, nodeOf(host));
	const secrets = await secretsOf(host);
	const { credential } = secrets;
	const account = accountOf(credential);
	const store = await openState(host, account);
	const listenerId = listenerIdFor(host, false);
	return await startExecution(parcel, {
		executionId: host.getExecutionId(),
		options,
		account,
		otherSecrets: async () => {
			const newer = await newerSecretsOf(host, secrets);
			const { appSecret, formerAppSecret } = newer ?? secrets;
			return [appSecret, ...(formerAppSecret === null ? [] : [formerAppSecret])];
		},
		store,
		openGraph: () => createSteadyClient(parseAccount(credential), { clock: systemClock }),
		keepFile: async (...file) => await host.helpers.prepareBinaryData(...file),
		startTimeout: (timeoutMs) => AbortSignal.timeout(timeoutMs),
		onEnd: (handler) => host.onExecutionFinish?.(handler),
		onClaim: (batchId, events) => {
			signals.claimed(listenerId, batchId);
			const counts = countersOf(host, store, listenerGroup(account.appSecret));
			counts.add(`${counterNames.started}${listenerId}`, events, null);
			counts.flush();
		},
		clock: systemClock,
		log: (level, message) => log(host, level, message),
	});
}

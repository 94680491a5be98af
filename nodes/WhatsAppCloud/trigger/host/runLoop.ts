import { randomUUID } from 'node:crypto';

import type { IRun, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

import { credentialName, parseAccountWithoutToken } from '../../graph/account';
import { hasLazyExpressions } from '../../node/lazyExpressions';
import { loopOwner } from '../../store/inbox/inboxStore';
import { systemClock } from '../../time/system/systemClock';
import { DeliveryLoop } from '../dispatch/deliveryLoop';
import type { Emit } from '../dispatch/emissions';
import { log } from '../log';
import { readTriggerOptions } from '../settings/configuration';
import { requirePublic } from '../settings/forwardOption';
import { refuseWithoutState } from '../settings/withoutState';
import { startConfirmationLoop } from './confirmationLoop';
import { joinForwardLoop } from './forwardLoops';
import { joinQuestionLoop } from './questionLoops';
import { triggerOf } from './sendConfirmations';
import { listenerIdFor, openState, signals, watchOf } from './triggerProcess';

/**
 * Starts the loop that turns what the state holds into executions. n8n calls this in its leading
 * process, when the workflow is published and when n8n starts.
 *
 * Everything of the context is read here: the loop runs where n8n evaluates no expressions.
 *
 * @throws CredentialProblem, StateProblem or FieldProblem
 */
export async function runLoop(host: ITriggerFunctions): Promise<ITriggerResponse> {
	const credential = await host.getCredentials(credentialName);
	const account = parseAccountWithoutToken(credential);
	const options = readTriggerOptions(host);
	const { whenKilled, onePerContact, forwards } = options;
	requirePublic(forwards, account);
	const store = await openState(host, account);
	if (store === null) {
		refuseWithoutState(options);
		// Webhooks start executions themselves.
		return {};
	}
	const listenerId = listenerIdFor(host, false);
	const loop = new DeliveryLoop({
		store,
		listenerId,
		owner: loopOwner(listenerId, randomUUID()),
		maxAttempts: 1 + (whenKilled?.maxRestarts ?? 0),
		onePerContact,
		hasLazyExpressions: hasLazyExpressions(),
		emit: emitOf(host),
		clock: systemClock,
		log: (level, message) => log(host, level, message),
	});
	const disconnect = signals.add(listenerId, loop);
	const endWatch = watchOf(store).add(listenerId, () => loop.wake());
	loop.start();
	const leaveQuestions = joinQuestionLoop(host, store, account.appSecret);
	const leaveForwards = joinForwardLoop(host, store, account);
	const endConfirmations = startConfirmationLoop(host, store, {
		trigger: triggerOf(host),
		account,
		readCredential: async () => await host.getCredentials(credentialName),
	});
	return {
		async closeFunction() {
			disconnect();
			endWatch();
			await Promise.all([loop.stop(), leaveQuestions(), leaveForwards(), endConfirmations()]);
		},
	};
}

function emitOf(host: ITriggerFunctions): Emit {
	return (data, onEnd) => {
		const done = host.helpers.createDeferredPromise<IRun>();
		done.promise.then(
			(run) => onEnd(run),
			() => onEnd(null),
		);
		host.emit(data, undefined, done);
	};
}

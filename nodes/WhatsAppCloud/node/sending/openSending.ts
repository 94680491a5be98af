import type { Account } from '../../graph/account';
import { createGraphClient, type GraphClient } from '../../graph/client';
import { logRetry } from '../../graph/steps/retryLog';
import { createSteadyClient } from '../../graph/steps/steadyClient';
import { createTokenChoice } from '../../graph/tokenChoice';
import type { DeliveryRun } from '../../sending/deliverNow';
import { createMessenger, type Messenger } from '../../sending/messenger';
import type { DeliverySettings } from '../../sending/settings/deliveryFields';
import { systemClock } from '../../time/system/systemClock';
import { createTemplateCategory, type TemplateCategory } from '../prices/categories';
import { createListening } from './listening';

/** What sends, for as long as a node runs, or a call carries its execution on. */
export interface Sending {
	/** For all calls except sends; uses the current token and retries as each kind of call allows. */
	graph: GraphClient;
	/** Throws what the look-up does; see `categoryOfTemplate`. */
	templateCategory: TemplateCategory;
	/** Opens the state when the first message is sent. To be closed. */
	messenger: Messenger;
}

/** @param readSettings called once; throws FieldProblem if a setting cannot be used */
export function openSending(
	{
		host,
		account,
		signal,
		identity,
	}: Pick<DeliveryRun, 'host' | 'signal' | 'identity'> & { account: Account },
	readSettings: () => DeliverySettings,
): Sending {
	const tokens = createTokenChoice(account);
	const graph = createSteadyClient(account, {
		clock: systemClock,
		tokens,
		onRetry: (error, waitMs) => logRetry(host.logger, 'A call to Meta', {}, error, waitMs),
	});
	const templateCategory = createTemplateCategory({ account, graph });
	const messenger = createMessenger(
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
		readSettings,
	);
	return { graph, templateCategory, messenger };
}

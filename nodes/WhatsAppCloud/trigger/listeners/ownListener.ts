import type { INode } from 'n8n-workflow';

import { credentialName, tokenIn, type Account } from '../../graph/account';
import type { Listener } from '../../store/triggers/listenerStore';
import type { ListenerDetails } from './knownListeners';
import type { ListenerScope } from './listenerScope';
import { encodeText } from '../deliveries/content';
import { readOptions, type TriggerParameters } from '../settings/triggerOptions';

/** n8n listens for two minutes in a test run; this allows a little more, for clock differences. */
const TEST_RUN_MS = 130_000;

/**
 * A trigger as it presents itself to the others of its app.
 *
 * @throws FieldProblem if a parameter cannot be used
 */
export function listenerFor({
	listenerId,
	group,
	workflow,
	node,
	url,
	isTest,
	scope,
	parameters,
	account,
	now,
}: {
	listenerId: string;
	group: string;
	workflow: { id?: string; name?: string };
	node: Pick<INode, 'id' | 'name' | 'parameters' | 'credentials'>;
	url: string;
	isTest: boolean;
	scope: ListenerScope;
	/** As in its panel. */
	parameters: TriggerParameters;
	account: Account;
	now: number;
}): Listener {
	// An expression may return something different for each webhook.
	const isFixed = ![node.parameters['events'], node.parameters['statuses']].some(
		(value) => typeof value === 'string' && value.startsWith('='),
	);
	const { appId, businessAccountId, activeToken } = account;
	const { choice } = readOptions(parameters);
	const details: ListenerDetails = {
		...scope,
		workflowName: workflow.name,
		parameters: encodeText(JSON.stringify(parameters), account),
		interests: isFixed ? { events: [...choice.events], statuses: [...choice.statuses] } : null,
		credentialId: node.credentials?.[credentialName]?.id ?? null,
		canRegister: appId !== '' && businessAccountId !== '' && tokenIn(account, activeToken) !== '',
		session: now,
	};
	return {
		listenerId,
		accountKey: group,
		workflowId: workflow.id || 'unsaved',
		nodeId: node.id,
		nodeName: node.name,
		isTest,
		address: url,
		owner: 'trigger',
		leaseUntil: isTest ? now + TEST_RUN_MS : null,
		details: JSON.stringify(details),
	};
}

import type { INode } from 'n8n-workflow';

import { tokenIn, type Account } from '../../graph/account';
import type { Listener } from '../../store/triggers/listenerStore';
import type { ListenerDetails } from './knownListeners';
import type { ListenerScope } from './listenerScope';

/** n8n listens for two minutes in a test run; this allows a little more, for clock differences. */
const TEST_RUN_MS = 130_000;

/** A trigger as it presents itself to the others of its app. */
export function listenerFor({
	listenerId,
	group,
	workflowId,
	node,
	url,
	isTest,
	scope,
	choice,
	account,
	now,
}: {
	listenerId: string;
	group: string;
	workflowId: string;
	node: Pick<INode, 'id' | 'name' | 'parameters'>;
	url: string;
	isTest: boolean;
	scope: ListenerScope;
	/** What is chosen in its panel; an empty set means no restriction. */
	choice: { events: ReadonlySet<string>; statuses: ReadonlySet<string> };
	account: Account;
	now: number;
}): Listener {
	// An expression may return something different for each webhook.
	const isFixed = ![node.parameters['events'], node.parameters['statuses']].some(
		(value) => typeof value === 'string' && value.startsWith('='),
	);
	const { appId, businessAccountId, activeToken } = account;
	const details: ListenerDetails = {
		...scope,
		interests: isFixed ? { events: [...choice.events], statuses: [...choice.statuses] } : null,
		canRegister: appId !== '' && businessAccountId !== '' && tokenIn(account, activeToken) !== '',
		session: now,
	};
	return {
		listenerId,
		accountKey: group,
		workflowId: workflowId || 'unsaved',
		nodeId: node.id,
		nodeName: node.name,
		isTest,
		address: url,
		owner: 'trigger',
		leaseUntil: isTest ? now + TEST_RUN_MS : null,
		details: JSON.stringify(details),
	};
}

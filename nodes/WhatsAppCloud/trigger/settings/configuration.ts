import type { IExecuteFunctions, IHookFunctions, INode, IWebhookFunctions } from 'n8n-workflow';

import { verifyTokenFor } from '../../graph/verifyToken';
import { readOptions, type TriggerOptions, type TriggerParameters } from './triggerOptions';

/** What reading a trigger's configuration needs from n8n's contexts. */
export type ConfiguredHost = Pick<
	IHookFunctions & IWebhookFunctions,
	'getCredentials' | 'getNodeParameter' | 'getTimezone'
>;

export interface WebhookSecrets {
	/** Empty if the credential has none; then nothing is accepted. */
	appSecret: string;
	/** The credential's token, and the one all of the app's triggers share. */
	verifyTokens: string[];
	/** The app secret before it was changed, if this process has seen that. */
	formerAppSecret: string | null;
	/** The whole credential, not yet parsed: its other parts do not decide who is let in. */
	credential: unknown;
}

export async function readWebhookSecrets(
	host: Pick<ConfiguredHost, 'getCredentials'>,
	credentialName: string,
): Promise<WebhookSecrets> {
	const credential = await host.getCredentials(credentialName);
	const appSecret = textOf(credential['appSecret']);
	const verifyTokens = [textOf(credential['verifyToken']), verifyTokenFor('', appSecret)];
	return { appSecret, verifyTokens, formerAppSecret: null, credential };
}

/** The trigger's parameters; expressions are evaluated. */
export function readParameters(
	host: Pick<ConfiguredHost, 'getNodeParameter' | 'getTimezone'>,
): TriggerParameters {
	return {
		events: host.getNodeParameter('events', []),
		messageTypes: host.getNodeParameter('messageTypes', []),
		statuses: host.getNodeParameter('statuses', []),
		outputFormat: host.getNodeParameter('outputFormat', 'event'),
		settings: host.getNodeParameter('settings', {}),
		timeZone: host.getTimezone(),
	};
}

/** @throws FieldProblem if a parameter cannot be used */
export function readTriggerOptions(
	host: Pick<ConfiguredHost, 'getNodeParameter' | 'getTimezone'>,
): TriggerOptions {
	return readOptions(readParameters(host));
}

/**
 * The same in an execution, whose parameters go by item. Without an expression, they are read as they
 * are: n8n makes everything that an expression may use whenever it is asked for a parameter.
 */
export function readExecutionOptions(
	host: Pick<IExecuteFunctions, 'getNodeParameter' | 'getTimezone'>,
	{ parameters }: Pick<INode, 'parameters'>,
): TriggerOptions {
	const mayHaveExpression = JSON.stringify(parameters).includes('"=');
	return readTriggerOptions({
		getNodeParameter: (name: string, fallback?: object) =>
			mayHaveExpression ? host.getNodeParameter(name, 0, fallback) : (parameters[name] ?? fallback),
		getTimezone: () => host.getTimezone(),
	});
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

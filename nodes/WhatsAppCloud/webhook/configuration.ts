import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readOptions, type TriggerOptions } from './options';
import { verifyTokenFor } from './registration';

/** What is needed of n8n's contexts to read how a trigger is set up. */
export type ConfiguredHost = Pick<
	IHookFunctions & IWebhookFunctions,
	'getCredentials' | 'getNodeParameter' | 'getTimezone'
>;

export type WebhookSecrets = {
	/** Empty where the credential has none; then nothing is accepted. */
	appSecret: string;
	/** Of the credential, or the one that an automatic registration shows to Meta. */
	verifyToken: string;
	/** The whole credential, still unread: its other parts do not decide on who is let in. */
	credential: unknown;
};

export async function readWebhookSecrets(
	host: ConfiguredHost,
	credentialName: string,
): Promise<WebhookSecrets> {
	const credential = await host.getCredentials(credentialName);
	const appSecret = textOf(credential['appSecret']);
	const verifyToken = verifyTokenFor(textOf(credential['verifyToken']), appSecret);
	return { appSecret, verifyToken, credential };
}

/** @throws OptionProblem when a parameter cannot be used */
export function readTriggerOptions(host: ConfiguredHost): TriggerOptions {
	const parameters = {
		events: host.getNodeParameter('events', []),
		messageTypes: host.getNodeParameter('messageTypes', []),
		statuses: host.getNodeParameter('statuses', []),
		simplify: host.getNodeParameter('simplify', true),
		settings: host.getNodeParameter('settings', {}),
	};
	return readOptions(parameters, host.getTimezone());
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

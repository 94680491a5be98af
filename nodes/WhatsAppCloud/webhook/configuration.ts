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
};

/** Only these two parts of the credential decide on a webhook; the others may be faulty. */
export async function readWebhookSecrets(
	host: ConfiguredHost,
	credentialName: string,
): Promise<WebhookSecrets> {
	const credentials = await host.getCredentials(credentialName);
	const appSecret = textOf(credentials['appSecret']);
	return { appSecret, verifyToken: verifyTokenFor(textOf(credentials['verifyToken']), appSecret) };
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

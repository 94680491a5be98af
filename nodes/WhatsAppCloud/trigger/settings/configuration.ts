import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Account } from '../../graph/account';
import type { ListenerScope } from '../listeners/listenerScope';
import { readOptions, type TriggerOptions } from './triggerOptions';
import { verifyTokenFor } from '../../graph/verifyToken';

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
	/** The whole credential, not yet parsed: its other parts do not decide who is let in. */
	credential: unknown;
}

export async function readWebhookSecrets(
	host: ConfiguredHost,
	credentialName: string,
): Promise<WebhookSecrets> {
	const credential = await host.getCredentials(credentialName);
	const appSecret = textOf(credential['appSecret']);
	const verifyTokens = [textOf(credential['verifyToken']), verifyTokenFor('', appSecret)];
	return { appSecret, verifyTokens, credential };
}

/** @throws FieldProblem if a parameter cannot be used */
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

const SCOPES: readonly ListenerScope['scope'][] = [
	'app',
	'businessAccount',
	'phoneNumber',
	'manual',
];

/** What the trigger listens to, according to its panel and credential. */
export function readScope(
	host: Pick<ConfiguredHost, 'getNodeParameter'>,
	account: Pick<Account, 'businessAccountId' | 'phoneNumberId'>,
): ListenerScope {
	const chosen: unknown = host.getNodeParameter('registration', 'manual');
	return {
		scope: SCOPES.find((scope) => scope === chosen) ?? 'manual',
		businessAccountId: account.businessAccountId,
		phoneNumberId: chosenNumber(host) ?? account.phoneNumberId,
	};
}

/** The resource locator wraps its value; n8n's own extraction fails if the field is hidden. */
function chosenNumber(host: Pick<ConfiguredHost, 'getNodeParameter'>): string | null {
	const locator: unknown = host.getNodeParameter('phoneNumberId', '');
	const value =
		typeof locator === 'object' && locator !== null && 'value' in locator ? locator.value : locator;
	return textOf(value) || null;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

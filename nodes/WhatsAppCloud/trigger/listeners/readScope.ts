import type { Account } from '../../graph/account';
import type { ConfiguredHost } from '../settings/configuration';
import type { ListenerScope } from './listenerScope';

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
	return typeof value === 'string' ? value.trim() || null : null;
}

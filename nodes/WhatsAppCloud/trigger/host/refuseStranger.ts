import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { wordsOfRefusal, type RefusalCode } from '../../graph/refusals';
import { systemClock } from '../../time/system/systemClock';
import { reasonOf } from '../../values/unknown';
import type { Count } from '../counters/counterNames';
import { listenerGroup } from '../listeners/listenerIds';
import { log } from '../log';
import { answer, refuse } from '../receive/reply';
import type { WebhookSecrets } from '../settings/configuration';
import { accountOf, countersOf, openState, refusals } from './triggerProcess';

/** When the credential is gone, the request is refused rather than failed; the log says why. */
export function withoutSecrets(host: IWebhookFunctions, error: unknown): WebhookSecrets {
	if (refusals.add(listenerGroup(''), 'noCredential')) {
		log(host, 'error', `the credential cannot be read, ${reasonOf(error)}`);
	}
	return { appSecret: '', verifyTokens: [], formerAppSecret: null, credential: null };
}

const refusalTexts = {
	400: 'Not readable',
	401: 'Signature refused',
	403: 'Verification refused',
} as const;

/** Refuses a request that does not prove it knows the app's secret; log and counters say why. */
export async function refuseStranger(
	host: IWebhookFunctions,
	status: keyof typeof refusalTexts,
	secrets: WebhookSecrets,
	code: RefusalCode,
	detail = '',
): Promise<IWebhookResponseData> {
	const text = refusalTexts[status];
	const group = listenerGroup(secrets.appSecret);
	const isLogged = refusals.add(group, code);
	// Taken before the state is opened: if that fails, it is tried once a minute, too.
	const counts = refusals.takeDue(group, systemClock.now());
	if (counts.length > 0) {
		await writeRefusals(host, secrets, counts).catch((error: unknown) =>
			log(host, 'warn', `refusals are not counted: ${reasonOf(error)}`),
		);
	}
	const reason = [wordsOfRefusal(code), ...(detail === '' ? [] : [detail])].join(': ');
	return isLogged ? refuse(host, status, text, reason) : answer(host, status, text);
}

/** @throws CredentialProblem or StateProblem */
async function writeRefusals(
	host: IWebhookFunctions,
	{ appSecret, credential }: WebhookSecrets,
	refused: readonly Count[],
): Promise<void> {
	// Nobody knows where the state is then.
	if (credential === null) return;
	const store = await openState(host, accountOf(credential));
	const counts = countersOf(host, store, listenerGroup(appSecret));
	for (const { name, by, detail } of refused) counts.add(name, by, detail);
	counts.flush();
}

import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { CredentialProblem, parseAccount, tokenIn, type Account } from '../graph/account';
import { createGraphClient, type GraphClient } from '../graph/client';
import { asksAsApp, debugToken, type TokenInfo } from '../graph/endpoints/debugToken';
import { NoAnswerError, type GraphFailure } from '../graph/errors/errors';
import { versionWarning } from '../graph/versions';
import { reasonOf } from '../values/unknown';
import { accessProblem, timeoutMs } from './credentialAccess';

/** Meta's code for a token that belongs to an app other than the one asking. */
const codeOtherApp = 100;

/** Meta's code for an app ID and secret that do not match. */
const codeBadApp = 101;

/**
 * Tests the credential. Returns the first problem found and what to do about it, or what works with
 * what is filled in. n8n's editor shows its own sentence for success.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const account = parseAccount(credential.data);
		const graph = createGraphClient(account);
		const asked = await askAboutToken(graph, account);
		if (typeof asked === 'string') return { status: 'Error', message: asked };
		const problem = await accessProblem(graph, account, asked.businessAccountIds);
		if (problem !== null) {
			return { status: 'Error', message: typeof problem === 'string' ? problem : refused(problem) };
		}
		const warning = versionWarning(account.graphVersion, Date.now());
		return { status: 'OK', message: [...whatWorks(account), warning ?? []].flat().join(' ') };
	} catch (error) {
		if (error instanceof CredentialProblem) return { status: 'Error', message: error.message };
		const reason = reasonOf(error);
		return { status: 'Error', message: `The test itself failed: ${reason}` };
	}
}

/**
 * @returns what Meta knows about the token; a sentence if it is wrong, expired, from another app or
 *   lacks a permission, as far as the credential lets us tell
 */
async function askAboutToken(graph: GraphClient, account: Account): Promise<TokenInfo | string> {
	const label = account.activeToken === 'primary' ? 'Access Token' : 'Standby Access Token';
	const otherApp = `${label} belongs to another app, not to the App ID of this credential (${account.appId})`;
	const token = tokenIn(account, account.activeToken);
	const asked = await debugToken(graph, account, token, { timeoutMs });
	if (!asked.ok) {
		const { error } = asked;
		if (error instanceof NoAnswerError) return refused(error);
		if (asksAsApp(account)) {
			if (error.code === codeOtherApp) return otherApp;
			if (error.code === codeBadApp || error.errorClass === 'auth') {
				return 'App ID and App Secret do not fit together';
			}
		} else if (error.errorClass === 'auth') {
			return `${label} is wrong or has expired. Fill App ID and App Secret to learn which. Meta says: ${error.message}`;
		}
		return refused(error);
	}
	const { info } = asked;
	if (account.appId !== '' && info.appId !== null && info.appId !== account.appId) return otherApp;
	if (!info.isValid) {
		return info.expiresAt !== null && info.expiresAt.getTime() <= Date.now()
			? `${label} expired on ${info.expiresAt.toISOString().slice(0, 10)}. Create a new one in Meta Business Settings.`
			: `${label} is wrong: Meta does not know it. Copy it again from Meta Business Settings.`;
	}
	const { scopes, missingScopes } = info;
	if (scopes.length === 0 || missingScopes.length === 0) return info;
	return `${label} lacks ${missingScopes.join(' and ')}. Create a new one for the system user in Meta Business Settings, with both permissions.`;
}

/** What is possible with the fields that are filled in, and what to add for the rest. */
function whatWorks(account: Account): string[] {
	const { phoneNumberId, businessAccountId, appId, appSecret, verifyToken } = account;
	const sending =
		phoneNumberId === ''
			? 'Sending works from the Sender that you pick in the node.'
			: 'Sending works.';
	const lists = 'For the lists of numbers and templates add WhatsApp Business Account ID.';
	const absent = [
		...(appSecret === '' ? ['App Secret'] : []),
		...(appId === '' ? ['App ID'] : []),
		...(businessAccountId === '' ? ['WhatsApp Business Account ID'] : []),
	];
	return [
		sending,
		...(businessAccountId === '' ? [lists] : []),
		...triggerWorks(absent, appSecret !== '' && verifyToken !== ''),
	];
}

/** @param absent What automatic registration still needs. */
function triggerWorks(absent: readonly string[], worksByHand: boolean): string[] {
	if (absent.length === 0) return ['The trigger works.'];
	const what = new Intl.ListFormat('en').format(absent);
	return worksByHand
		? [`The trigger works by hand. To register by itself it needs ${what}.`]
		: [`For the trigger add ${what}.`];
}

const refused = (error: GraphFailure): string =>
	error instanceof NoAnswerError
		? `Meta was not reached: ${error.message}. Check the network, a proxy, and Graph Base URL.`
		: `Meta refused the test: ${error.message} (code ${error.code}). ${error.advice}`;

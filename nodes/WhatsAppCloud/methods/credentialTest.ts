import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { CredentialProblem, parseAccount, tokenIn, type Account } from '../graph/account';
import { createGraphClient, type GraphClient } from '../graph/client';
import { asksAsApp, debugToken } from '../graph/endpoints/debugToken';
import { GraphApiError, NoAnswerError } from '../graph/errors/errors';
import { versionWarning } from '../graph/versions';
import { reasonOf } from '../values/unknown';

/** Meta's code for a token that belongs to an app other than the one asking. */
const codeOtherApp = 100;

/** Meta's code for an app ID and secret that do not match. */
const codeBadApp = 101;

const timeoutMs = 10_000;

/** Tests the credential. Returns the first problem found and what to do about it. */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const account = parseAccount(credential.data);
		const graph = createGraphClient(account);
		const problem = (await tokenProblem(graph, account)) ?? (await accessProblem(graph, account));
		if (problem !== null) return { status: 'Error', message: problem };
		const works = 'The token works and reaches the account';
		const warning = versionWarning(account.graphVersion, Date.now());
		return { status: 'OK', message: warning === null ? works : `${works}. ${warning}` };
	} catch (error) {
		if (error instanceof CredentialProblem) return { status: 'Error', message: error.message };
		const reason = reasonOf(error);
		return { status: 'Error', message: `The test itself failed: ${reason}` };
	}
}

/**
 * Describes a token that is wrong, expired or from another app, as far as the credential lets us
 * tell; null if it is fine.
 */
async function tokenProblem(graph: GraphClient, account: Account): Promise<string | null> {
	const label = account.activeToken === 'primary' ? 'Access Token' : 'Standby Access Token';
	const otherApp = `${label} belongs to another app, not to the App ID of this credential (${account.appId})`;
	const token = tokenIn(account, account.activeToken);
	const asked = await debugToken(graph, account, token, { timeoutMs });
	if (!asked.ok) {
		const { error } = asked;
		if (error instanceof NoAnswerError) return notReached(error);
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
	if (info.isValid) return null;
	return info.expiresAt !== null && info.expiresAt.getTime() <= Date.now()
		? `${label} expired on ${info.expiresAt.toISOString().slice(0, 10)}. Create a new one in Meta Business Settings.`
		: `${label} is wrong: Meta does not know it. Copy it again from Meta Business Settings.`;
}

async function accessProblem(graph: GraphClient, account: Account): Promise<string | null> {
	const checks = [
		{
			id: account.businessAccountId,
			what: 'the WhatsApp Business account',
			field: 'WhatsApp Business Account ID',
		},
		{ id: account.phoneNumberId, what: 'the phone number', field: 'Default Phone Number ID' },
	];
	for (const { id, what, field } of checks.filter((check) => check.id !== '')) {
		const query = { fields: 'id' };
		const tried = await graph.attempt({ method: 'GET', node: id, query, timeoutMs });
		if (tried.ok) continue;
		const { error } = tried;
		if (error instanceof NoAnswerError) return notReached(error);
		if (error.errorClass !== 'permission' && error.errorClass !== 'invalid_request') {
			return refused(error);
		}
		return `The token works, but has no access to ${what} ${id}. Check ${field}, and assign the account to the system user in Meta Business Settings. Meta says: ${error.message}`;
	}
	return null;
}

const notReached = (error: NoAnswerError): string =>
	`Meta was not reached: ${error.message}. Check the network, a proxy, and Graph Base URL.`;

const refused = (error: GraphApiError): string =>
	`Meta refused the test: ${error.message} (code ${error.code}). ${error.advice}`;

import { tokenIn, type TokenSlot } from '../../../graph/account';
import { asksAsApp, debugToken, type TokenInfo } from '../../../graph/endpoints/debugToken';
import { GraphApiError, NoAnswerError } from '../../../graph/errors/errors';
import type { Run } from '../../../node/run';
import { passed, pages, trouble, type Finding } from './check';
import { checkAccount, checkLoneNumber } from './reachChecks';
import { checkToken, ofOtherApp, refused } from './tokenChecks';

interface Criteria {
	warningDays: number;
	requiredScopes: readonly string[];
	now: Date;
}

/** What became of the examination of one token. */
interface Examined {
	/** Null if Meta tells nothing about the token. */
	info: TokenInfo | null;
	findings: Finding[];
}

/** Meta's code for a token of another app than the one that asks. */
const codeOtherApp = 100;

/**
 * Looks at one of the credential's tokens: what it is, and what it can reach.
 *
 * @throws NoAnswerError if Meta cannot be reached at all
 */
export async function examine(run: Run, slot: TokenSlot, criteria: Criteria): Promise<Examined> {
	const { account, graph, signal } = run;
	const described = await describe(run, slot);
	if (!('info' in described)) return { info: null, findings: described.findings };
	const { info } = described;
	const about = checkToken(info, { ...criteria, appId: account.appId });
	const findings = [...described.findings, ...about];
	if (about.some(({ check, verdict }) => check === 'token' && verdict !== 'ok')) {
		return { info, findings };
	}
	const hasSecretFinding = described.findings.some(({ check }) => check === 'appSecret');
	if (!hasSecretFinding) findings.push(await checkSecret(run, slot));
	const asker = { graph, tokenSlot: slot, info, signal };
	const own = account.businessAccountId === '' ? [] : [account.businessAccountId];
	for (const id of new Set([...own, ...info.businessAccountIds])) {
		findings.push(...(await checkAccount(asker, id)));
	}
	const { phoneNumberId } = account;
	const isSeen = findings.some(
		({ check, subject }) => check === 'phoneNumber' && subject?.includes(phoneNumberId),
	);
	if (phoneNumberId !== '' && !isSeen) {
		findings.push(await checkLoneNumber(asker, phoneNumberId));
	}
	return { info, findings };
}

/** Meta's description of a token, asked as the app, or by the token itself. */
async function describe(
	{ account, graph, signal }: Run,
	slot: TokenSlot,
): Promise<{ info: TokenInfo; findings: Finding[] } | { findings: Finding[] }> {
	const token = tokenIn(account, slot);
	const asked = await debugToken(graph, account, token, { signal });
	if (asked.ok) return { info: asked.info, findings: [] };
	if (asked.error instanceof NoAnswerError) throw asked.error;
	if (!asksAsApp(account)) {
		if (asked.error.errorClass === 'auth') return { findings: [refused(asked.error.message)] };
		throw asked.error;
	}
	const finding =
		asked.error.code === codeOtherApp
			? ofOtherApp('another app', account.appId)
			: wrongSecret(account.appId, 'App ID and App Secret do not fit together');
	// The token may still tell about itself.
	const alone = await debugToken(graph, { ...account, appSecret: '' }, token, { signal });
	if (alone.ok) return { info: alone.info, findings: finding.check === 'app' ? [] : [finding] };
	if (alone.error instanceof NoAnswerError) throw alone.error;
	return { findings: [finding] };
}

/**
 * Whether Meta accepts App Secret as that of the token's app.
 * https://developers.facebook.com/docs/graph-api/guides/secure-requests
 */
async function checkSecret({ account, graph, signal }: Run, slot: TokenSlot): Promise<Finding> {
	if (account.appSecret === '') {
		return trouble('unknown', 'appSecret', 'The credential has no App Secret', {
			advice:
				'Fill it in: without it, webhooks cannot be verified, and stolen tokens work elsewhere.',
			page: pages.appSettings(account.appId),
		});
	}
	const asked = await graph.attempt({ method: 'GET', node: 'me', tokenSlot: slot, signal });
	if (asked.ok) return passed('appSecret', 'Meta accepts the proof of App Secret');
	const { error } = asked;
	const isRefused = error instanceof GraphApiError && error.type === 'GraphMethodException';
	if (isRefused) {
		return wrongSecret(account.appId, "App Secret is not the secret of the token's app");
	}
	return trouble('unknown', 'appSecret', `Meta did not say: ${error.message}`, {
		advice: 'Run the check again.',
		page: pages.appSettings(account.appId),
	});
}

const wrongSecret = (appId: string, finding: string): Finding =>
	trouble('failed', 'appSecret', finding, {
		advice: 'Copy App ID and App Secret from App settings › Basic of the app, to the credential.',
		page: pages.appSettings(appId),
	});

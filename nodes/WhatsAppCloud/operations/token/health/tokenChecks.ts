import { dayMs } from '../../../time/durations';
import type { TokenInfo } from '../../../graph/endpoints/debugToken';
import { passed, pages, trouble, type Finding } from './check';

/** What the checks go by. */
interface Criteria {
	/** App ID of the credential; empty if it has none. */
	appId: string;
	warningDays: number;
	requiredScopes: readonly string[];
	now: Date;
}

const newToken = {
	advice:
		'Generate a new token for the system user, with all permissions and without an expiry date, and put it into the credential.',
	page: pages.systemUsers,
};

/** What Meta's own description of a token says about its health. */
export function checkToken(info: TokenInfo, criteria: Criteria): Finding[] {
	const { now } = criteria;
	const { expiresAt } = info;
	if (expiresAt !== null && expiresAt.getTime() <= now.getTime()) {
		return [trouble('failed', 'token', `It expired on ${dateOf(expiresAt)}`, newToken)];
	}
	if (!info.isValid) return [refused(info.problem)];
	const type = info.type === null ? '' : `, of the type ${info.type}`;
	return [
		passed('token', `Meta accepts it${type}`),
		...checkExpiry(info, criteria),
		...criteria.requiredScopes.map((scope) => checkScope(info, scope)),
		...checkApp(info, criteria.appId),
	];
}

/** A token that Meta does not accept, in Meta's words if it has any. */
export const refused = (words: string | null): Finding => {
	const reason = words === null ? '' : `: ${words.replace(/[.\s]+$/, '')}`;
	return trouble('failed', 'token', `Meta does not accept it${reason}`, newToken);
};

/** The token itself, and Meta's access to the data of its user, may end. */
function checkExpiry(
	{ expiresAt, dataAccessExpiresAt }: TokenInfo,
	{ warningDays, now }: Criteria,
): Finding[] {
	const ends = [
		{ what: 'It', at: expiresAt },
		{ what: 'Its access to data', at: dataAccessExpiresAt },
	].filter(({ at }) => at !== null);
	if (ends.length === 0) return [passed('expiry', 'It never expires')];
	return ends.map(({ what, at }) => {
		const days = daysUntil(at, now) ?? 0;
		const finding = `${what} expires in ${days} ${days === 1 ? 'day' : 'days'}, on ${dateOf(at)}`;
		if (days >= warningDays) return passed('expiry', finding);
		const advice = `Refresh it with Token › Refresh, or generate a new one for the system user, and put it into the credential.`;
		return trouble('warning', 'expiry', finding, { advice, page: pages.systemUsers });
	});
}

function checkScope({ scopes }: TokenInfo, scope: string): Finding {
	if (scopes.includes(scope)) return passed('permission', 'It has the permission', scope);
	const advice = `Generate a new token for the system user with the permission ${scope} besides those it has.`;
	const mend = { advice, page: pages.systemUsers };
	return trouble('failed', 'permission', `It lacks the permission ${scope}`, mend, scope);
}

function checkApp({ appId, appName }: TokenInfo, wanted: string): Finding[] {
	if (appId === null) return [];
	const named = appName === null ? appId : `${appName} (${appId})`;
	if (wanted === '' || wanted === appId) {
		return [passed('app', `It belongs to the app ${named}`, appId)];
	}
	return [ofOtherApp(`the app ${named}`, wanted)];
}

/** The token's app is not that of the credential. */
export const ofOtherApp = (owner: string, appId: string): Finding =>
	trouble(
		'failed',
		'app',
		`It belongs to ${owner} and not to App ID of the credential, ${appId}`,
		{
			advice: 'Generate the token for the app of the credential, or correct App ID and App Secret.',
			page: pages.systemUsers,
		},
		appId,
	);

/** Whole days that are left; null for what does not end. */
export const daysUntil = (date: Date | null, now: Date): number | null =>
	date === null ? null : Math.floor((date.getTime() - now.getTime()) / dayMs);

const dateOf = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? '';

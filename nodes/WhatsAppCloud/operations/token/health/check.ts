/** What was looked at. */
type CheckName =
	'token' | 'expiry' | 'permission' | 'app' | 'appSecret' | 'businessAccount' | 'phoneNumber';

/** From good to bad; `unknown` says nothing about the health. */
export type Verdict = 'ok' | 'unknown' | 'warning' | 'failed';

/** One thing that was checked about one token. Its names are permanent: workflows depend on them. */
export interface Check {
	/** Which of the credential's tokens it concerns. */
	token: 'active' | 'standby';
	check: CheckName;
	/** What exactly: a permission, an account, a number; null if the name says it all. */
	subject: string | null;
	verdict: Verdict;
	/** A sentence. */
	finding: string;
	/** What to do, in whole sentences; null if nothing is to be done. */
	advice: string | null;
	/** The page of Meta's tools where that is done. */
	page: string | null;
}

export const checkShape = {
	token: 'string',
	check: 'string',
	subject: 'string',
	verdict: 'string',
	finding: 'string',
	advice: 'string',
	page: 'string',
} as const;

/** A check without its token, which the caller adds. */
export type Finding = Omit<Check, 'token'>;

export const passed = (
	check: CheckName,
	finding: string,
	subject: string | null = null,
): Finding => ({
	check,
	subject,
	verdict: 'ok',
	finding,
	advice: null,
	page: null,
});

/** What is wrong, or cannot be told. */
export const trouble = (
	verdict: Exclude<Verdict, 'ok'>,
	check: CheckName,
	finding: string,
	mend: { advice: string; page: string },
	subject: string | null = null,
): Finding => ({ check, subject, verdict, finding, ...mend });

/** Pages of Meta's tools. */
export const pages = {
	systemUsers: 'https://business.facebook.com/latest/settings/system_users',
	businessAccounts: 'https://business.facebook.com/latest/settings/whatsapp_account',
	phoneNumbers: 'https://business.facebook.com/latest/whatsapp_manager/phone_numbers',
	accountOverview: 'https://business.facebook.com/latest/whatsapp_manager/overview',
	tokenDebugger: 'https://developers.facebook.com/tools/debug/accesstoken/',
	appSettings: (appId: string): string =>
		appId === ''
			? 'https://developers.facebook.com/apps/'
			: `https://developers.facebook.com/apps/${appId}/settings/basic/`,
} as const;

const ranks: readonly Verdict[] = ['ok', 'unknown', 'warning', 'failed'];

/** The worst check; undefined if none is a warning or worse. */
export function worstOf(checks: readonly Check[]): Check | undefined {
	const rank = ({ verdict }: Check): number => ranks.indexOf(verdict);
	const bad = checks.filter(({ verdict }) => verdict === 'warning' || verdict === 'failed');
	return bad.reduce<Check | undefined>(
		(worst, each) => (worst === undefined || rank(each) > rank(worst) ? each : worst),
		undefined,
	);
}

import type { TokenSlot } from '../../../graph/account';
import type { GraphClient } from '../../../graph/client';
import type { TokenInfo } from '../../../graph/endpoints/debugToken';
import { GraphApiError, type GraphFailure } from '../../../graph/errors/errors';
import { PartialFailure } from '../../../graph/errors/partialFailure';
import { readList } from '../../../graph/paging';
import { listIn, objectOf } from '../../../values/unknown';
import { passed, pages, trouble, type Finding } from './check';

/** The token that asks, and what Meta says it may reach. */
export interface Asker {
	graph: GraphClient;
	tokenSlot: TokenSlot;
	info: TokenInfo;
	signal: AbortSignal | undefined;
}

const messaging = 'whatsapp_business_messaging';

/** Whether the token can read the account and its numbers, and send from them. */
export async function checkAccount(asker: Asker, businessAccountId: string): Promise<Finding[]> {
	const { graph, tokenSlot, signal } = asker;
	const asked = await graph.attempt({
		method: 'GET',
		node: businessAccountId,
		query: { fields: 'id,name,health_status' },
		tokenSlot,
		signal,
	});
	if (!asked.ok) return [unreadable('businessAccount', businessAccountId, asked.error)];
	const answer = objectOf(asked.response.body);
	const { name } = answer;
	const subject = typeof name === 'string' ? `${name} (${businessAccountId})` : businessAccountId;
	const sending = mayNotSend(asker.info, businessAccountId, subject);
	const account = sending ?? healthOf('businessAccount', subject, answer['health_status']);
	return [account, ...(await checkNumbers(asker, businessAccountId, sending !== null))];
}

/** A token may be able to read an account and not to send from it. */
function mayNotSend({ scopes, accountsByScope }: TokenInfo, id: string, subject: string) {
	const accounts = accountsByScope.get(messaging) ?? [];
	const isOfAll = accounts.length === 0 && scopes.includes(messaging);
	if (isOfAll || accounts.includes(id)) return null;
	return trouble(
		'failed',
		'businessAccount',
		`It can read the account, but may not send from it: ${messaging} does not cover it`,
		{
			advice:
				'Assign the account to the system user with full control, then generate a new token with both permissions.',
			page: pages.businessAccounts,
		},
		subject,
	);
}

async function checkNumbers(
	{ graph, tokenSlot, signal }: Asker,
	businessAccountId: string,
	isBlocked: boolean,
): Promise<Finding[]> {
	const request = {
		method: 'GET' as const,
		node: businessAccountId,
		edge: 'phone_numbers',
		query: { fields: numberFields },
		tokenSlot,
		signal,
	};
	try {
		const numbers = await readList(graph, request, { limit: Infinity, pageSize: 100 });
		return numbers.map((number) => checkNumber(objectOf(number), isBlocked));
	} catch (error) {
		const failure = error instanceof PartialFailure ? error.failure : error;
		return [unreadable('phoneNumber', `of ${businessAccountId}`, failure as GraphFailure)];
	}
}

const numberFields = 'id,display_phone_number,verified_name,status,health_status';

/** The credential's number, which is in none of the accounts that were read. */
export async function checkLoneNumber(
	{ graph, tokenSlot, signal }: Asker,
	phoneNumberId: string,
): Promise<Finding> {
	const asked = await graph.attempt({
		method: 'GET',
		node: phoneNumberId,
		query: { fields: numberFields },
		tokenSlot,
		signal,
	});
	if (!asked.ok) return unreadable('phoneNumber', phoneNumberId, asked.error);
	return checkNumber(objectOf(asked.response.body), false);
}

/** What the status of a number means for sending; any other one lets it send. */
const statuses: ReadonlyMap<string, readonly ['failed' | 'warning', string]> = new Map([
	['BANNED', ['failed', 'Meta has banned it']],
	['DELETED', ['failed', 'it was deleted']],
	['DISCONNECTED', ['failed', 'it is not registered']],
	['FLAGGED', ['warning', 'its quality has been low']],
	['MIGRATED', ['failed', 'it was moved to another account']],
	['PENDING', ['failed', 'it is not registered yet']],
	['RATE_LIMITED', ['warning', 'Meta limits how fast it sends']],
	['RESTRICTED', ['warning', 'it has reached its limit of conversations']],
	['UNVERIFIED', ['failed', 'its code has not been entered yet']],
]);

function checkNumber(number: Record<string, unknown>, isBlocked: boolean): Finding {
	const { id, display_phone_number: shown, verified_name: name, status } = number;
	const digits = typeof shown === 'string' ? shown : String(id);
	const subject = `${typeof name === 'string' ? `${name}, ` : ''}${digits} (${String(id)})`;
	const [verdict, problem] = statuses.get(String(status)) ?? [];
	if (verdict !== undefined) {
		const advice = 'Open the number in WhatsApp Manager, or use Phone Number › Register here.';
		const mend = { advice, page: pages.phoneNumbers };
		return trouble(verdict, 'phoneNumber', `It is readable, but ${problem ?? ''}`, mend, subject);
	}
	if (isBlocked) {
		const advice = 'Mend the business account first.';
		const mend = { advice, page: pages.businessAccounts };
		return trouble('failed', 'phoneNumber', 'It is readable, but cannot send', mend, subject);
	}
	return healthOf('phoneNumber', subject, number['health_status']);
}

/**
 * Meta's own verdict on whether messages can be sent.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/health-status
 */
function healthOf(
	check: 'businessAccount' | 'phoneNumber',
	subject: string,
	health: unknown,
): Finding {
	const { can_send_message: verdict, entities } = objectOf(health);
	if (verdict !== 'BLOCKED' && verdict !== 'LIMITED') {
		return passed(check, 'It can be read, and messages can be sent', subject);
	}
	const said = listIn(entities).flatMap(wordsOf);
	const isBlocked = verdict === 'BLOCKED';
	const reasons = said.map(({ problem }) => problem).filter(Boolean);
	const because = reasons.length === 0 ? '' : `: ${reasons.join(' ')}`;
	const solutions = said.map(({ solution }) => solution).filter(Boolean);
	return trouble(
		isBlocked ? 'failed' : 'warning',
		check,
		`It can be read, but Meta ${isBlocked ? 'blocks' : 'limits'} sending${because}`,
		{
			advice: solutions.join(' ') || 'Open it in WhatsApp Manager to see why.',
			page: check === 'phoneNumber' ? pages.phoneNumbers : pages.accountOverview,
		},
		subject,
	);
}

/** What Meta says about an entity that cannot send, or only with limits. */
function wordsOf(entity: unknown): { problem: string; solution: string }[] {
	const { errors, additional_info: info } = objectOf(entity);
	const text = (value: unknown): string => (typeof value === 'string' ? value : '');
	return [
		...listIn(errors).map((each) => {
			const { error_description: problem, possible_solution: solution } = objectOf(each);
			return { problem: text(problem), solution: text(solution) };
		}),
		...listIn(info).map((words) => ({ problem: text(words), solution: '' })),
	];
}

function unreadable(
	check: 'businessAccount' | 'phoneNumber',
	subject: string,
	failure: GraphFailure,
): Finding {
	if (!(failure instanceof GraphApiError)) {
		const advice = 'Run the check again; if that does not help, look at the network.';
		const mend = { advice, page: pages.accountOverview };
		return trouble('unknown', check, failure.message, mend, subject);
	}
	return trouble(
		'failed',
		check,
		`It cannot be read with this token (${failure.code}): ${failure.problem}`,
		{
			advice:
				'Check the ID, and assign the account to the system user with full control; then generate a new token.',
			page: pages.businessAccounts,
		},
		subject,
	);
}

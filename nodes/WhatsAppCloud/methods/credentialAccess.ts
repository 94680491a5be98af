import type { Account } from '../graph/account';
import type { GraphClient } from '../graph/client';
import { GraphApiError, type GraphFailure } from '../graph/errors/errors';
import { nextCursor } from '../graph/paging';
import { whereToFind } from '../graph/credential/whereToFind';

export const timeoutMs = 10_000;

/** Meta's code for a field that the object does not have, among others. */
const codeInvalid = 100;

/** Its subcode for an object that does not exist or that the token cannot access. */
const subcodeUnknownObject = 33;

/** The two objects of the credential, each with a field that objects of no other type have. */
const kinds = {
	account: {
		label: 'WhatsApp Business Account ID',
		name: 'WhatsApp Business account',
		ownField: 'message_template_namespace',
	},
	number: {
		label: 'Default Phone Number ID',
		name: 'phone number',
		ownField: 'display_phone_number',
	},
} as const;

type Kind = keyof typeof kinds;

/** What an ID turned out to be: of this kind, of another one, or Meta's refusal. */
type Found = 'right' | 'other' | GraphFailure;

/**
 * What is wrong with the IDs of the credential: swapped, of something else, out of the token's
 * reach, or not belonging together.
 *
 * @param reachable The accounts that the token can use, if Meta lists them.
 * @returns sentences for the user; the failure if Meta does not say; null if nothing is wrong
 */
export async function accessProblem(
	graph: GraphClient,
	{ businessAccountId, phoneNumberId }: Account,
	reachable: readonly string[],
): Promise<string | GraphFailure | null> {
	if (businessAccountId === '' && phoneNumberId === '') {
		return `The token works, but there is no number to send from. Copy Default Phone Number ID and WhatsApp Business Account ID from ${whereToFind['Default Phone Number ID']}.`;
	}
	const [account, number] = await Promise.all([
		businessAccountId === '' ? null : look(graph, businessAccountId, 'account'),
		phoneNumberId === '' ? null : look(graph, phoneNumberId, 'number'),
	]);
	if (account === 'other') {
		const isNumber = (await look(graph, businessAccountId, 'number')) === 'right';
		if (isNumber && number === 'other' && (await look(graph, phoneNumberId, 'account')) === 'right')
			return swapped;
		return ofOtherKind('account', isNumber);
	}
	if (account !== null && account !== 'right') {
		return isUnknown(account)
			? outOfReach('account', businessAccountId, reachable, account)
			: account;
	}
	if (number === null) return null;
	if (number === 'other') {
		return ofOtherKind('number', (await look(graph, phoneNumberId, 'account')) === 'right');
	}
	if (number !== 'right' && !isUnknown(number)) return number;
	const ofAccount = account === null ? null : await numbersOf(graph, businessAccountId);
	const written = ofAccount?.find(({ digits }) => digits === phoneNumberId);
	if (written !== undefined) {
		return `Default Phone Number ID holds the phone number itself. Enter its ID, ${written.id}.`;
	}
	if (number !== 'right') return outOfReach('number', phoneNumberId, [], number);
	if (ofAccount === null || ofAccount.some(({ id }) => id === phoneNumberId)) return null;
	return `The phone number ${phoneNumberId} belongs to another account, not to the WhatsApp Business account ${businessAccountId}. Copy Default Phone Number ID and WhatsApp Business Account ID from the same page, ${whereToFind['Default Phone Number ID']}.`;
}

async function look(graph: GraphClient, id: string, kind: Kind): Promise<Found> {
	const query = { fields: kinds[kind].ownField };
	const tried = await graph.attempt({ method: 'GET', node: id, query, timeoutMs });
	if (tried.ok) return 'right';
	const { error } = tried;
	// A GraphMethodException without a subcode is about the app secret.
	const isOther =
		error instanceof GraphApiError &&
		error.code === codeInvalid &&
		error.smallSubcode === null &&
		error.type !== 'GraphMethodException';
	return isOther ? 'other' : error;
}

/** Whether Meta knows no such object that the token may see. */
const isUnknown = (error: GraphFailure): error is GraphApiError =>
	error instanceof GraphApiError &&
	(error.smallSubcode === subcodeUnknownObject || error.errorClass === 'permission');

/** Entries per page of Meta's list; few accounts have more numbers. */
const pageSize = 200;

/** @returns null if Meta does not say, or if there is more than a page of them */
async function numbersOf(
	graph: GraphClient,
	businessAccountId: string,
): Promise<{ id: string; digits: string }[] | null> {
	const tried = await graph.attempt<{ data?: { id: string; display_phone_number?: string }[] }>({
		method: 'GET',
		node: businessAccountId,
		edge: 'phone_numbers',
		query: { fields: 'id,display_phone_number', limit: pageSize },
		timeoutMs,
	});
	if (!tried.ok) return null;
	const { body } = tried.response;
	if (!Array.isArray(body.data) || nextCursor(body, undefined) !== undefined) return null;
	return body.data.map(({ id, display_phone_number: number = '' }) => ({
		id,
		digits: number.replace(/\D/g, ''),
	}));
}

const swapped =
	'Default Phone Number ID and WhatsApp Business Account ID are swapped: each holds what belongs into the other. Exchange them.';

function ofOtherKind(kind: Kind, isOfTheOther: boolean): string {
	const { label, name } = kinds[kind];
	const other = kinds[kind === 'account' ? 'number' : 'account'];
	const what = isOfTheOther
		? `the ID of a ${other.name}, which belongs into ${other.label}`
		: 'the ID of something else at Meta, such as an app or a business portfolio';
	return `${label} holds ${what}. Copy the ID of the ${name} from ${whereToFind[label]}.`;
}

function outOfReach(
	kind: Kind,
	id: string,
	reachable: readonly string[],
	{ message }: GraphApiError,
): string {
	const { label, name } = kinds[kind];
	const others = reachable.length === 0 ? '' : ` It can use ${reachable.join(', ')}.`;
	return `The token works, but has no access to the ${name} ${id}.${others} Check ${label}, and assign the account to the system user in Meta Business Settings. Meta says: ${message}`;
}

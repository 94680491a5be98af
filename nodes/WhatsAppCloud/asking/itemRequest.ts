import { createHash } from 'node:crypto';
import { windowFor } from '../contacts/window';
import { accountKeyOf, contentHashOf, identifierKey } from '../graph/account';
import type { Run } from '../node/run';
import { senderOf } from '../node/sender';
import type { Step } from '../questions/question';
import { stepMessage } from '../questions/stepMessage';
import type { Request, Rule } from '../questions/wait';
import { fingerprintOf, payloadHashOf } from '../sending/idempotency/identity';
import { operationIdIn } from '../sending/idempotency/operationIds';
import type { NewQuestion } from '../store/questions/questionStore';
import { openAccountStore } from '../store/accountStore';
import { systemClock } from '../time/system/systemClock';
import { FieldProblem } from '../values/problem';
import { parsePerson, recipientAddress } from '../values/recipient';
import { reminderAfter, type AskOptions } from './panel/askOptions';
import type { AskValues } from './panel/askPanel';
import type { Asks } from './panel/responseType';
import { templateOpening } from './panel/templateOpening';
import { envelopeOf } from './sendAsked';
import { type StoredContent } from './storedWait';

/** What one item asks. */
export interface ItemRequest {
	request: Request;
	questions: (Omit<NewQuestion, 'content'> & { content: StoredContent })[];
	options: AskOptions;
}

/** Names waits and questions. */
export const shortHash = (text: string): string =>
	createHash('sha256').update(text).digest('hex').slice(0, 24);

/**
 * Reads what an item asks, and of whom.
 *
 * @throws FieldProblem if a person cannot be read
 */
export async function readItem(
	run: Run,
	values: AskValues,
	itemIndex: number,
): Promise<ItemRequest> {
	const { asks, options } = values;
	const phoneNumberId = senderOf(run, values.phoneNumberId);
	const people = peopleIn(run, values.recipients);
	const questions = await Promise.all(
		people.map(async (recipient, place) => {
			const address = recipientAddress(recipient);
			const steps = asks.steps.map((step) => withCountry(step, run.account.defaultCountry));
			// The message names its question, whose ID comes from the message's: here without it.
			const at = { questionId: '', step: 0, page: 0 };
			const [step] = steps;
			const opening = await openingFor(run, values, { phoneNumberId, address, step });
			const content = opening?.('') ?? (step === undefined ? null : stepMessage(step, at));
			if (content === null) throw new RangeError('Nothing is asked');
			const part = people.length === 1 ? null : place;
			const contentHash = contentHashOf(run.account);
			const payloadHash = payloadHashOf(envelopeOf(content, recipient), new Map(), contentHash);
			const input = run.host.getInputData()[itemIndex]?.json;
			const origin = { ...run.identity, itemIndex, part };
			const fingerprint = fingerprintOf(origin, input, payloadHash, contentHash);
			const operationId = await operationIdIn(run, { itemIndex, part }, fingerprint);
			const questionId = shortHash(operationId);
			return {
				questionId,
				phoneNumberId,
				personKey: identifierKey(run.account, address),
				itemIndex,
				place,
				content: {
					question: { steps, mostAttempts: options.maxAttempts ?? null },
					recipient: address,
					startsWorkflows: options.startsWorkflows ?? false,
					opening: opening?.(questionId) ?? null,
					operationId,
					fingerprint,
					payloadHash,
				},
			};
		}),
	);
	const request: Request = {
		itemIndex,
		rule: ruleOf(values, people.length),
		remindMs: reminderAfter(options),
		followUps: {
			thanks: options.thanks ?? '',
			reminder: options.reminder?.text ?? '',
			expired: options.expiredText ?? '',
			settled: options.several?.settledText ?? '',
		},
	};
	return { request, questions, options };
}

/** The message that asks somebody, if it is not the first step's own. */
async function openingFor(
	{ account }: Run,
	{ asks, options: { template } }: AskValues,
	{
		phoneNumberId,
		address,
		step,
	}: { phoneNumberId: string; address: string; step: Step | undefined },
): Promise<Asks['opening']> {
	if (template === undefined || step === undefined) return asks.opening;
	if (template.when === 'outsideWindow') {
		const store = await openAccountStore(account);
		const key = identifierKey(account, address);
		const [contact] = (await store?.contacts.get(accountKeyOf(account), [key])) ?? [];
		const now = { listeningSince: null, now: systemClock.now() };
		if (windowFor(contact ?? null, phoneNumberId, now).state === 'open') return asks.opening;
	}
	return (questionId) => templateOpening(template, step, questionId);
}

function peopleIn({ account }: Run, written: readonly string[]) {
	const people = written.map((each) => parsePerson(each, account.defaultCountry, 'Recipients'));
	const addresses = people.map(recipientAddress);
	const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
	if (twice === undefined) return people;
	throw new FieldProblem('Recipients', `names ${twice} twice`, 'Name each person once.');
}

function ruleOf({ responseType, options }: AskValues, people: number): Rule {
	const { needed = 'first', number = 1 } = options.several ?? {};
	const count = needed === 'all' ? people : needed === 'some' ? number : 1;
	if (count > people) {
		throw new FieldProblem(
			'Number',
			`asks for ${count} answers, but ${people} ${people === 1 ? 'person is' : 'people are'} asked`,
			'Name more recipients, or ask for fewer answers.',
		);
	}
	return { needed: count, isApproval: responseType === 'approval', firstWins: needed === 'first' };
}

/** Written phone numbers without a country code belong to the account's country. */
function withCountry(step: Step, defaultCountry: string): Step {
	const { wanted } = step;
	return wanted.kind === 'text' && wanted.format === 'phone'
		? { ...step, wanted: { ...wanted, defaultCountry } }
		: step;
}

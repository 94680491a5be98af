import { createHash } from 'node:crypto';
import { rulesFrom } from '../contacts/panel/rulesSchema';
import { contentHashOf, identifierKey } from '../graph/identifiers';
import { uploadBinaries } from '../messages/mediaReference';
import type { MessageContent } from '../messages/messageType';
import { template as templateType } from '../messages/template/template';
import { templateKnown, type TemplateKnown } from '../messages/template/templateKnown';
import type { Run } from '../node/run';
import { senderOf } from '../node/sender';
import type { Step } from '../questions/question';
import { stepMessage } from '../questions/stepMessage';
import type { Request, Rule } from '../questions/wait';
import { envelopeOf } from '../sending/compose';
import { fingerprintOf, payloadHashOf } from '../sending/idempotency/identity';
import { operationIdIn } from '../sending/idempotency/operationIds';
import type { QuestionToStart } from '../store/questions/questionStore';
import { systemClock } from '../time/system/systemClock';
import { FieldProblem } from '../values/problem';
import { parsePerson, recipientAddress } from '../values/recipient';
import { templateOpening } from './panel/askingTemplate';
import { expiryOf, reminderAfter, type AskOptions } from './panel/askOptions';
import type { AskValues } from './panel/askPanel';
import type { Asks } from './panel/responseType';
import { type StoredContent } from './storedWait';

/** What one item asks. */
export interface ItemRequest {
	request: Request;
	questions: (Omit<QuestionToStart, 'content'> & { content: StoredContent })[];
}

/** Names waits and questions. */
export const shortHash = (text: string): string =>
	createHash('sha256').update(text).digest('hex').slice(0, 24);

/**
 * Reads what an item asks, and of whom.
 *
 * @throws FieldProblem if a value cannot be used
 */
export async function readItem(
	run: Run,
	values: AskValues,
	itemIndex: number,
): Promise<ItemRequest> {
	const { asks, options } = values;
	const phoneNumberId = senderOf(run, values.phoneNumberId);
	const people = peopleIn(run, values.recipients);
	const { account, host } = run;
	const contentHash = contentHashOf(account);
	const chosen = rulesFrom(values.contactRules, account.rules, host.getTimezone());
	// A question that Resume sends later would have nobody who waits for its answer.
	const rules = { ...chosen, keepForResume: false };
	const steps = asks.steps.map((step) => withCountry(step, account.defaultCountry));
	const input = host.getInputData()[itemIndex]?.json;
	const onlyOutside = values.template?.askBy === 'templateOutsideWindow';
	const questions = await Promise.all(
		people.map(async (recipient, place) => {
			const from = { phoneNumberId, itemIndex };
			const { opening, uploaded, category, templateText } = await openingFor(run, values, from);
			const [step] = steps;
			const freeForm = (questionId: string): MessageContent | null => {
				const at = { questionId, step: 0, page: 0 };
				return asks.opening?.(questionId) ?? (step === undefined ? null : stepMessage(step, at));
			};
			// The message names its question, whose ID comes from the message's: here without it.
			const content = opening?.('') ?? freeForm('');
			if (content === null) throw new RangeError('Nothing is asked');
			const part = people.length === 1 ? null : place;
			const payloadHash = payloadHashOf(envelopeOf(content, recipient), uploaded, contentHash);
			const origin = { ...run.identity, itemIndex, part };
			const fingerprint = fingerprintOf(origin, input, payloadHash, contentHash);
			const operationId = await operationIdIn(run, { itemIndex, part }, fingerprint);
			const questionId = shortHash(operationId);
			const address = recipientAddress(recipient);
			return {
				questionId,
				phoneNumberId,
				personKey: identifierKey(account, address),
				itemIndex,
				place,
				whenAsked: options.ifOpen ?? 'wait',
				content: {
					question: { steps, mostAttempts: options.maxAttempts ?? null },
					recipient: address,
					startsWorkflows: options.startsWorkflows ?? false,
					opening: opening?.(questionId) ?? null,
					operationId,
					fingerprint,
					payloadHash,
					withinWindow: onlyOutside ? freeForm(questionId) : null,
					category,
					templateText,
					rules,
				},
			};
		}),
	);
	const request: Request = {
		itemIndex,
		rule: ruleOf(values, people.length),
		expiresAt: expiryIn(run, options),
		remindMs: reminderAfter(options),
		followUps: {
			thanks: options.thanks ?? '',
			reminder: options.reminder?.text ?? '',
			expired: options.expiredText ?? '',
			settled: options.several?.settledText ?? '',
		},
	};
	return { request, questions };
}

/** @throws FieldProblem if the time is up before anything is asked */
function expiryIn({ host }: Run, options: AskOptions): number | null {
	const now = systemClock.now();
	const expiresAt = expiryOf(options, now, host.getTimezone());
	if (expiresAt === null || expiresAt > now) return expiresAt;
	throw new FieldProblem('Limit Wait Time', 'is in the past', 'Choose a later time.');
}

/** The message that asks somebody, if it is not the first step's own. */
interface Opening extends TemplateKnown {
	opening: Asks['opening'];
	/** Hashes of its files, by media ID. */
	uploaded: ReadonlyMap<string, string>;
}

/** @throws Problem if a file of the template cannot be used */
async function openingFor(
	run: Run,
	{ asks, template }: AskValues,
	{ phoneNumberId, itemIndex }: { phoneNumberId: string; itemIndex: number },
): Promise<Opening> {
	const uploaded = new Map<string, string>();
	const [step] = asks.steps;
	const usual = { opening: asks.opening, uploaded, category: null, templateText: null };
	if (template === null || step === undefined) return usual;
	const { message } = template;
	const ready = await uploadBinaries(message, async (media) => {
		const { file, contentHash } = await run.uploads.upload(media, itemIndex, phoneNumberId);
		uploaded.set(file.id, contentHash);
		return file;
	});
	return {
		opening: (questionId) => templateOpening(ready, step, questionId),
		uploaded,
		...templateKnown(templateType.details?.(message)),
	};
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

import type { INodeExecutionData } from 'n8n-workflow';
import { accountKeyOf } from '../graph/identifiers';
import type { ReadValues } from '../node/operation';
import { toNodeError } from '../node/problems';
import { requirePart } from '../node/requirePart';
import { requireStore } from '../node/requireStore';
import type { Run } from '../node/run';
import { replyOf } from '../questions/asked';
import { decide } from '../questions/decide';
import { placeOf } from '../sending/idempotency/identity';
import type { StoredQuestion } from '../store/questions/questionStore';
import { seal } from '../store/sealedText';
import { systemClock } from '../time/system/systemClock';
import { listenerGroup } from '../trigger/listeners/listenerIds';
import { FieldProblem, Problem } from '../values/problem';
import { reasonOf } from '../values/unknown';
import { answerItems } from './answerItems';
import { carryOn, type CarriedWait, type Carrier } from './carryOn';
import type { AskValues } from './panel/askPanel';
import { requireTrigger } from './requireTrigger';
import { withToolCall } from './review';
import { type Sender } from './sendAsked';
import { encodeContent, type LeftItem, type StoredWait } from './storedWait';
import { isReview, suspend } from './waitHost';
import { readItem, shortHash, type ItemRequest } from './itemRequest';

/** Another process has the wait, such as one that was killed a moment ago. */
const heldPauseMs = 1_000;
const longestHeldMs = 90_000;

/** Longer than n8n waits between two tries. */
const endLaterMs = 60_000;

/**
 * Asks for all items and lets the execution wait for the answers. In a repeated run, what has been
 * asked is not asked again; if all is answered by then, nothing waits.
 *
 * @returns the outputs: answered, and timed out
 */
export async function askAll(
	run: Run,
	read: ReadValues<AskValues>,
	itemCount: number,
): Promise<INodeExecutionData[][]> {
	const { host, account, identity } = run;
	requirePart(account, 'appSecret');
	const store = await requireStore(run);
	const now = systemClock.now();
	const left: LeftItem[] = [];
	const items: ItemRequest[] = [];
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		try {
			items.push(await readItem(run, withToolCall(host, read(itemIndex), itemIndex), itemIndex));
		} catch (error) {
			left.push(leave(run, itemIndex, error));
		}
	}
	if (items.length === 0) return [left.map(({ json }) => ({ json })), []];
	const senders = items.flatMap(({ questions }) => questions.map((each) => each.phoneNumberId));
	await requireTrigger(account, new Set(senders), store, now);

	const wait: StoredWait = {
		requests: items.map(({ request }) => request),
		workflowId: identity.workflowId,
		executionId: identity.executionId,
		executionBegan: identity.executionBegan,
		runIndex: identity.runIndex,
		isReview: isReview(host),
		left,
		outputField: 'data',
	};
	const waitId = waitIdOf(run);
	const node = host.getNode();
	const questions = items.flatMap((item) => item.questions);
	const known = await store.questions.start(
		{
			waitId,
			accountKey: accountKeyOf(account),
			appKey: listenerGroup(account.appSecret),
			workflowId: identity.workflowId,
			executionId: identity.executionId,
			nodeId: node.id,
			nodeName: node.name,
			resumeUrl: seal(host.getSignedResumeUrl({ wait: waitId }), account.appSecret),
			content: encodeContent(wait, account),
		},
		questions.map((each) => ({ ...each, content: encodeContent(each.content, account) })),
		now,
	);
	const carrier: Carrier = {
		store,
		sender: senderOfRun(run),
		clock: systemClock,
		warn: (what, error) => host.logger.warn(`${what}: ${reasonOf(error)}`),
	};
	const carry = async (): Promise<CarriedWait> => {
		requireFree(run, items, known);
		const result = await takeAndCarry(waitId, carrier);
		requireAsked(run, result);
		return result;
	};
	// If that fails, the loop finds out whether the execution goes on, such as in another try.
	const carried = await carry().catch(async (error: unknown) => {
		await store.questions.postpone(waitId, systemClock.now() + endLaterMs);
		throw error;
	});
	if (carried.isDecided) {
		await store.questions.end(waitId, systemClock.now());
		return answerItems(carried.wait, carried.questions, new Map());
	}
	await suspend(host, lastExpiryOf(wait), answerItems(wait, carried.questions, new Map()));
	return [host.getInputData()];
}

/** When all questions have ended, in milliseconds since 1970; null if one waits as long as it takes. */
function lastExpiryOf({ requests }: StoredWait): number | null {
	const times = requests.map(({ expiresAt }) => expiresAt ?? Infinity);
	const last = Math.max(...times);
	return Number.isFinite(last) ? last : null;
}

/** Waits while another process has it. */
async function takeAndCarry(waitId: string, carrier: Carrier): Promise<CarriedWait> {
	const { clock } = carrier;
	const deadline = clock.now() + longestHeldMs;
	for (;;) {
		const carried = await carryOn(waitId, carrier);
		if (carried === null) throw new Problem('The question has ended', 'Run the workflow again.');
		if (carried !== 'held') return carried;
		if (clock.now() > deadline) {
			throw new Problem('Another execution asks the same', 'Run the workflow again later.');
		}
		await clock.sleep(heldPauseMs);
	}
}

/** An item that is not asked: it stops the node, unless it goes on after errors. */
function leave({ host }: Run, itemIndex: number, caught: unknown): LeftItem {
	const error = toNodeError(host, caught, itemIndex);
	if (!host.continueOnFail()) throw error;
	return { itemIndex, json: { error: error.message } };
}

/** Stops the node if somebody has another question, by choice. */
function requireFree({ host }: Run, items: readonly ItemRequest[], known: StoredQuestion[]): void {
	if (host.continueOnFail()) return;
	const ids = new Set(known.map(({ questionId }) => questionId));
	for (const { questions } of items) {
		const refused = questions.find(({ questionId }) => !ids.has(questionId));
		if (refused === undefined) continue;
		const error = new FieldProblem(
			'Recipients',
			`names ${refused.content.recipient}, who has not answered another question yet`,
			'Wait for that answer, cancel the other question with Cancel Question, or choose otherwise in Options › If Another Question Is Open.',
		);
		throw toNodeError(host, error, refused.itemIndex);
	}
}

/**
 * Stops the node if an item could not be asked at all. Where the node goes on after errors, such an
 * item comes out by Timed Out, with its reason.
 */
function requireAsked({ host }: Run, { wait, questions, errors }: CarriedWait): void {
	if (host.continueOnFail()) return;
	for (const { itemIndex, rule } of wait.requests) {
		const own = questions.filter((question) => question.itemIndex === itemIndex);
		const failed = own.find(({ questionId }) => errors.has(questionId));
		if (failed === undefined || decide(rule, own.map(replyOf)) !== 'unanswered') continue;
		throw toNodeError(host, errors.get(failed.questionId), itemIndex);
	}
}

const senderOfRun = ({ host, account, messenger }: Run): Sender => ({
	account,
	messenger,
	node: host.getNode(),
});

/** The same for all tries of one run of the node. */
function waitIdOf({ identity }: Run): string {
	const place = placeOf({ ...identity, itemIndex: 0, part: null });
	return shortHash(`${place} ${identity.executionBegan ?? ''}`);
}

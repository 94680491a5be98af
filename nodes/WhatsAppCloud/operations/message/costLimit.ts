import { dateIn, resolvePeriod } from '../../fields/period';
import type { MessageContent } from '../../messages/messageType';
import type { ReadValues } from '../../node/operation';
import { createTemplateCategory } from '../../node/prices/categories';
import { freeEntriesOf } from '../../node/prices/entryPoints';
import { priceRules } from '../../node/prices/priceRules';
import { toNodeError } from '../../node/problems';
import type { Run } from '../../node/run';
import type { Category } from '../../pricing/market/category';
import { createEstimator, type Estimate } from '../../pricing/estimate';
import type { BillableMessage } from '../../pricing/meter';
import { openQuestions } from '../../pricing/openQuestions';
import type { CostLimit } from '../../sending/settings/costLimit';
import { systemClock } from '../../time/system/systemClock';
import { formatNumber } from '../../values/limits';
import { FieldProblem, Problem } from '../../values/problem';
import { isGroup, recipientAddress } from '../../values/recipient';
import { objectOf } from '../../values/unknown';
import type { Preparation, SendValues } from './prepare';
import type { SendHooks } from './sendHooks';

/**
 * Reckons what the run would cost, if the user has set a limit, before anything is uploaded,
 * recorded or sent. A message that an earlier run has sent already counts all the same.
 *
 * @throws n8n's error if the limit, or a rate card, forbids the run
 */
export async function checkCost(
	run: Run,
	parts: { preparation: Preparation; hooks: SendHooks },
	read: ReadValues<SendValues>,
	itemCount: number,
): Promise<void> {
	const limit = run.messenger.settings().costLimit?.limit;
	if (limit === undefined) return;
	const { host } = run;
	const now = systemClock.now();
	const timeZone = host.getTimezone();
	const { from } = resolvePeriod({ period: 'thisMonth' }, now, timeZone);
	const choice = { source: limit, currency: limit.currency, lookUp: limit.lookUp };
	const { rules, accountCurrency } = await priceRules(run, choice, { from: from ?? now, to: now });
	const messages = await intendedMessages(run, parts, read, itemCount);
	const entries = await freeEntriesOf(run.account, messages, now);
	const estimator = createEstimator(rules);
	messages.forEach((message, index) => {
		estimator.add({ ...message, freeEntry: entries?.[index] ?? 'no' });
	});
	const estimate = estimator.result();
	const problem = problemWith(estimate, limit, rules.card?.currency ?? '');
	if (problem === null) return;
	const [unknown = ''] = openQuestions(estimate, {
		rules,
		today: dateIn(now, timeZone),
		knowsEntryPoints: entries !== null,
		accountCurrency,
		unreadable: 0,
	}).filter((sentence) => sentence.includes('without a price'));
	if (limit.ifHigher === 'stop') {
		const advice = `Nothing was sent. ${unknown} Raise the limit, send to fewer people, or set If the Cost Is Higher to Send with a Hint.`;
		throw toNodeError(
			host,
			new FieldProblem('Cost Limit', problem, advice.replace('  ', ' ')),
			null,
		);
	}
	const message = `Cost Limit ${problem}`;
	host.logger.info(message, { executionId: run.identity.executionId });
	host.addExecutionHints({ message, location: 'outputPane' });
}

/** Completes the sentence `"Cost Limit" …`; null if the run keeps to it. */
function problemWith(
	{ messages, unpriced, highestCost }: Estimate,
	{ amount }: CostLimit,
	currency: string,
): string | null {
	const money = (value: number): string => `${formatNumber(value)} ${currency}`.trim();
	const count = (number: number): string =>
		`${formatNumber(number)} ${number === 1 ? 'message' : 'messages'}`;
	if (highestCost > amount) {
		return `is ${money(amount)}, but ${count(messages)} would cost up to ${money(highestCost)}`;
	}
	return unpriced === 0
		? null
		: `is ${money(amount)}, but ${formatNumber(unpriced)} of ${count(messages)} ${unpriced === 1 ? 'has' : 'have'} no price`;
}

type IntendedMessage = Omit<BillableMessage, 'freeEntry'>;

/**
 * A message that its values forbid costs nothing. After any other failure the message may still go
 * when its turn comes, so it stops the run.
 */
function asNothing(error: unknown): null {
	if (error instanceof Problem) return null;
	throw error;
}

/** What the items would send. */
async function intendedMessages(
	run: Run,
	{ preparation, hooks }: { preparation: Preparation; hooks: SendHooks },
	read: ReadValues<SendValues>,
	itemCount: number,
): Promise<IntendedMessage[]> {
	const categoryOfTemplate = createTemplateCategory(run);
	const messages: IntendedMessage[] = [];
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		const item = await intended(itemIndex).catch(asNothing);
		if (item === null) continue;
		const { values, contents } = item;
		const recipient = preparation.recipientOf(run, values);
		for (const content of contents) {
			if (withoutPrice.has(content.type)) continue;
			messages.push({
				address: isGroup(recipient) ? null : recipientAddress(recipient),
				phoneNumberId: values.phoneNumberId ?? run.account.phoneNumberId,
				category: await categoryFor(content, values),
			});
		}
	}
	return messages;

	async function intended(itemIndex: number) {
		const values = read(itemIndex);
		preparation.recipientOf(run, values);
		if (hooks.preview?.isWanted(values) === true) return null;
		const completed = (await hooks.complete?.(run, values)) ?? values;
		return { values: completed, contents: await preparation.contentsOf(completed) };
	}

	async function categoryFor(
		content: MessageContent,
		values: SendValues,
	): Promise<Category | null> {
		if (preparation.endpointOf(values) === 'marketing_messages') return 'marketing';
		if (content.type !== 'template') return values.options.outsideWindow?.category ?? 'service';
		const { name } = objectOf(content['template']);
		return typeof name === 'string' ? await categoryOfTemplate(name) : null;
	}
}

/** Types that Meta does not charge for. */
const withoutPrice: ReadonlySet<string> = new Set(['reaction', 'pin']);

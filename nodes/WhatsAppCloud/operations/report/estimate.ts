import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { dateIn, resolvePeriod } from '../../fields/period';
import { defineOperation, type ReadValues } from '../../node/operation';
import { takesValuesFromItem } from '../../node/parameters';
import { createTemplateCategory } from '../../node/prices/categories';
import { freeEntriesOf } from '../../node/prices/entryPoints';
import { priceRules } from '../../node/prices/priceRules';
import { readOnce } from '../../node/readOnce';
import type { Run } from '../../node/run';
import type { Category } from '../../pricing/market/category';
import { createEstimator, type Estimate } from '../../pricing/estimate';
import type { BillableMessage, Price } from '../../pricing/meter';
import { openQuestions } from '../../pricing/openQuestions';
import { systemClock } from '../../time/system/systemClock';
import { FieldProblem } from '../../values/problem';
import { parseRecipient, recipientAddress } from '../../values/recipient';
import { estimateFields, messageSchema, runFields, runSchema } from './estimateFields';

/** Says what messages would cost, and sends nothing. */
export const estimate = defineOperation({
	name: 'Cost Estimate',
	action: 'Estimate the cost of messages',
	description: 'Get what messages to all input items would cost, without sending them',
	fields: estimateFields,
	schema: messageSchema,
	readOnce: runFields.map(({ name }) => name),
	outputSchema: {
		messages: 'integer',
		lowestCost: 'number',
		highestCost: 'number',
		currency: 'string',
		unpriced: 'integer',
		unreadable: 'integer',
		markets: [
			{
				market: 'string',
				category: 'string',
				messages: 'integer',
				freeEntryPoint: 'integer',
				freeService: 'integer',
				perhapsFree: 'integer',
				unpriced: 'integer',
				rate: 'number',
				lowestCost: 'number',
				highestCost: 'number',
			},
		],
		rateCard: { validFrom: 'string', currency: 'string', markets: 'integer' },
		openQuestions: ['string'],
	},
	async executeAll(run, read, itemCount) {
		const { mode, options, ...source } = readOnce(run.host, runFields, runSchema);
		const now = systemClock.now();
		const timeZone = run.host.getTimezone();
		const { from } = resolvePeriod({ period: 'thisMonth' }, now, timeZone);
		const period = { from: from ?? now, to: now };
		const { rules, accountCurrency } = await priceRules(run, { source, ...options }, period);
		const messages = await readMessages(run, read, itemCount);
		const readable = messages.filter((message) => 'address' in message);
		const entries = await freeEntriesOf(run.account, readable, now);

		const estimator = createEstimator(rules);
		const priced = new Map<Message, Price>();
		readable.forEach((message, index) => {
			const freeEntry = entries?.[index] ?? 'no';
			priced.set(message, estimator.add({ ...message, freeEntry }));
		});
		const result = estimator.result();
		const currency = rules.card?.currency ?? null;
		switch (mode) {
			case 'recipients':
				return [
					messages.map((message, item) => ({
						json:
							'address' in message
								? recipientItem(message, priced.get(message), currency)
								: unreadableItem(message),
						pairedItem: { item },
					})),
				];
			case 'markets':
				return [
					result.markets.map((market) => ({
						json: { ...market, ...costs(rules.card === null ? null : market), currency },
						pairedItem: { item: 0 },
					})),
				];
			case 'summary': {
				const unreadable = messages.length - readable.length;
				const questions = openQuestions(result, {
					rules,
					today: dateIn(now, timeZone),
					knowsEntryPoints: entries !== null,
					accountCurrency,
					unreadable,
				});
				const json = {
					messages: result.messages,
					...costs(rules.card === null ? null : result),
					currency,
					unpriced: result.unpriced,
					unreadable,
					markets: result.markets.map((market) => ({ ...market })),
					rateCard:
						rules.card === null
							? null
							: { validFrom: rules.card.validFrom, currency, markets: rules.card.rates.size },
					openQuestions: questions,
				};
				return [[{ json, pairedItem: { item: 0 } }]];
			}
		}
	},
});

/** A message that can be priced, as far as its item tells. */
type Message = Omit<BillableMessage, 'freeEntry'> & { recipient: string; address: string };

/** What stands in the place of a message that a send would refuse, and that costs nothing. */
interface Unreadable {
	/** As written; null if not even that can be told. */
	recipient: string | null;
	problem: string;
}

async function readMessages(
	run: Run,
	read: ReadValues<ReturnType<typeof messageSchema.parse>>,
	itemCount: number,
): Promise<(Message | Unreadable)[]> {
	const categoryOfTemplate = createTemplateCategory(run);
	const messages: (Message | Unreadable)[] = [];
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		const values = orProblem(() => read(itemIndex));
		if (values instanceof FieldProblem) {
			const recipient = writtenRecipient(run.host, itemIndex);
			messages.push({ recipient, problem: values.message });
			continue;
		}
		const { recipient, phoneNumberId = run.account.phoneNumberId, category, template } = values;
		const parsed = orProblem(() => parseRecipient(recipient, run.account.defaultCountry));
		if (parsed instanceof FieldProblem) {
			messages.push({ recipient, problem: parsed.message });
			continue;
		}
		const known: Category | null =
			category === 'template' ? await categoryOfTemplate(template ?? '') : category;
		messages.push({ recipient, address: recipientAddress(parsed), phoneNumberId, category: known });
	}
	return messages;
}

/** The recipient of an item whose other values are wrong. */
function writtenRecipient(host: IExecuteFunctions, itemIndex: number): string | null {
	const fromItem = takesValuesFromItem(host)
		? host.getInputData()[itemIndex]?.json['recipient']
		: undefined;
	const given = fromItem ?? host.getNodeParameter('recipient', itemIndex, null);
	return typeof given === 'string' || typeof given === 'number' ? String(given) : null;
}

function orProblem<Value>(task: () => Value): Value | FieldProblem {
	try {
		return task();
	} catch (error) {
		return asFieldProblem(error);
	}
}

function asFieldProblem(error: unknown): FieldProblem {
	if (error instanceof FieldProblem) return error;
	throw error;
}

/** Costs without a rate card are not zero, but unknown. */
const costs = (
	sums: Pick<Estimate, 'lowestCost' | 'highestCost'> | null,
): { lowestCost: number | null; highestCost: number | null } => ({
	lowestCost: sums?.lowestCost ?? null,
	highestCost: sums?.highestCost ?? null,
});

function recipientItem(
	{ recipient, address, category }: Message,
	price: Price | undefined,
	currency: string | null,
): IDataObject {
	return {
		recipient,
		address,
		market: price?.market ?? null,
		category,
		rate: price?.rate ?? null,
		lowestCost: price?.lowest ?? null,
		highestCost: price?.highest ?? null,
		currency,
		free: price?.free ?? null,
		noPrice: price?.noPrice ?? null,
		problem: null,
	};
}

const unreadableItem = ({ recipient, problem }: Unreadable): IDataObject => ({
	recipient,
	address: null,
	market: null,
	category: null,
	rate: null,
	lowestCost: null,
	highestCost: null,
	currency: null,
	free: null,
	noPrice: null,
	problem,
});

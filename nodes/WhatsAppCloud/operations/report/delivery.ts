import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { type Period, checkPeriod, resolvePeriod } from '../../fields/period';
import { accountKeyOf } from '../../graph/identifiers';
import { periodMsFor, toHistory } from '../../report/history';
import { reportPage } from '../../report/htmlPage';
import type { DeliveryReport } from '../../report/report';
import type { EntryFilter } from '../../store/outbox/outboxStore';
import type { Store } from '../../store/store';
import { defineOperation } from '../../node/operation';
import { minuteMs } from '../../time/durations';
import { FieldProblem } from '../../values/problem';
import { collectPages } from '../../node/limitedList';
import { requireStore } from '../../node/requireStore';
import type { Run } from '../../node/run';
import {
	deliveryReportFields,
	deliveryReportSchema,
	type DeliveryReportValues,
} from './reportFields';
import { foreignItem, messageItem } from './messageItem';
import { summaryItem, summaryShape } from './summaryItem';

/** The most open messages the page lists. */
const mostOpenOnPage = 100;

/** Reports what became of messages, based on the state. */
export const delivery = defineOperation({
	name: 'Delivery',
	action: 'Get delivery report',
	description: 'Get timelines, rates, latencies and errors of sent messages',
	fields: deliveryReportFields,
	schema: deliveryReportSchema,
	outputSchema: summaryShape,
	concurrency: 1,
	async execute(run, values) {
		const store = await requireStore(run);
		if (values.mode === 'message') return await oneMessage(run, store, values.messageId);
		const timeZone = values.options.timeZone ?? run.host.getTimezone();
		const period = checkPeriod(resolvePeriod(values, Date.now(), timeZone));
		const filter = filterOf(run, values, period);
		switch (values.mode) {
			case 'summary':
				return await summary(run, store, values, filter, period, timeZone);
			case 'messages': {
				const { results, newestFirst } = values.options;
				const rows = await collectPages(run, values, (page) =>
					store.reports.messages({ ...filter, ...page, results, newestFirst }),
				);
				return rows.map((row) => ({ json: messageItem(row) }));
			}
			case 'open':
				return await openMessages(run, store, values, filter);
		}
	},
});

function filterOf(
	{ account }: Run,
	{ campaign, options }: DeliveryReportValues,
	{ from, to }: Period,
): EntryFilter {
	const { executionId, phoneNumberId, workflowId } = options;
	return {
		accountKey: accountKeyOf(account),
		to,
		...(from === null ? {} : { from }),
		...(campaign === undefined ? {} : { campaign }),
		...(executionId === undefined ? {} : { executionId }),
		...(phoneNumberId === undefined ? {} : { phoneNumberId }),
		...(workflowId === undefined ? {} : { workflowId }),
	};
}

async function openMessages(
	run: Run,
	store: Store,
	values: DeliveryReportValues,
	filter: EntryFilter,
): Promise<INodeExecutionData[]> {
	const now = Date.now();
	const changedBefore = now - values.options.openMinutes * minuteMs + 1;
	const records = await collectPages(run, values, (page) =>
		store.outbox.listUnknown({ ...filter, ...page, changedBefore }, now),
	);
	return records.map((operation) => ({ json: messageItem({ operation, timeline: null }) }));
}

async function summary(
	{ host }: Run,
	store: Store,
	values: DeliveryReportValues,
	filter: EntryFilter,
	{ from, to }: Period,
	timeZone: string,
): Promise<INodeExecutionData[]> {
	const now = Date.now();
	// First, because it finds messages left by killed processes, which then count as unknown.
	const open = await store.outbox.listUnknown({ ...filter, limit: mostOpenOnPage }, now);
	const periods = await store.reports.history({ ...filter, periodMs: periodMsFor(from, to) });
	const report: DeliveryReport = {
		from,
		to,
		timeZone,
		filters: shownFilters(values),
		createdAt: now,
		summary: await store.reports.summary(filter),
		history: toHistory(periods, timeZone),
		open: open.entries,
	};
	const json = summaryItem(report);
	if (!values.htmlReport) return [{ json }];
	const page = Buffer.from(reportPage(report));
	const file = await host.helpers.prepareBinaryData(page, 'delivery-report.html', 'text/html');
	return [{ json, binary: { [values.outputField]: file } }];
}

function shownFilters({ campaign, options }: DeliveryReportValues): [string, string][] {
	const given: [string, string | undefined][] = [
		['Campaign', campaign],
		['Workflow', options.workflowId],
		['Execution', options.executionId],
		['Sender', options.phoneNumberId],
	];
	return given.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]]));
}

async function oneMessage({ account }: Run, store: Store, id = ''): Promise<IDataObject> {
	const accountKey = accountKeyOf(account);
	const [byMessage] = await store.outbox.findByMessageId([id]);
	const [byOperation] = byMessage
		? [byMessage]
		: await store.outbox.findByOperationId([id], Date.now());
	const operation = byOperation?.accountKey === accountKey ? byOperation : null;
	const [found] = await store.statuses.timelines([operation?.messageId ?? id]);
	const timeline = found?.accountKey === accountKey ? found : null;
	if (operation) return messageItem({ operation, timeline });
	if (timeline) return foreignItem(timeline);
	throw new FieldProblem(
		'Message ID',
		`"${id}" is not in the state of this account`,
		'Copy messageId or operationId from the item of a send. What is older than Keep State For in the credential has been deleted.',
	);
}

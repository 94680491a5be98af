import { DateTime } from 'luxon';
import type { INodeExecutionData } from 'n8n-workflow';
import { checkPeriod, resolvePeriod, type Period } from '../../../fields/period';
import { analyticsDays, templateAnalytics } from '../../../graph/endpoints/templateAnalytics';
import { readList } from '../../../graph/paging';
import { defineOperation } from '../../../node/operation';
import { addressed } from '../../../node/management/graphOperation';
import { businessAccount } from '../../../node/management/target';
import type { Run } from '../../../node/run';
import { templatePage } from '../../../report/templates/templatePage';
import {
	historyOf,
	sumsOf,
	totalsOf,
	type TemplateReport,
} from '../../../report/templates/templateReport';
import { dayMs } from '../../../time/durations';
import { FieldProblem } from '../../../values/problem';
import { isObject, objectOf } from '../../../values/unknown';
import { analyticsFields, analyticsSchema } from './analyticsFields';
import { analyticsSummary, dayItem, dayOf, type TemplateName } from './analyticsItems';

const permission = 'whatsapp_business_management';

/**
 * What became of the messages of templates, and who tapped what.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/analytics#template-analytics
 */
export const getTemplateAnalytics = defineOperation({
	name: 'Get Analytics',
	action: 'Get analytics of templates',
	description:
		"Get Meta's figures of templates by day: sent, delivered, read, tapped and spent. It has none in the EU, the UK and Japan.",
	permission,
	fields: [...businessAccount.fields, ...analyticsFields],
	schema: analyticsSchema,
	outputSchema: {
		templateId: 'string',
		name: 'string',
		language: 'string',
		date: 'string',
		sent: 'integer',
		delivered: 'integer',
		read: 'integer',
		clicked: 'integer',
		clicks: [{ type: 'string', button: 'string', count: 'integer' }],
		amountSpent: 'number',
		costPerDelivered: 'number',
		costPerUrlButtonClick: 'number',
	},
	concurrency: 1,
	async execute(run, values): Promise<INodeExecutionData[]> {
		const { node: account, ...scope } = onAccount(run, businessAccount.idOf(run, values));
		const { accountTime = false, product = 'CLOUD_API', switchOn = false } = values.options;
		// Days come as dates; those of the account are asked for by the dates of the workflow.
		const timeZone = accountTime ? run.host.getTimezone() : 'UTC';
		const period = checkPeriod(resolvePeriod(values, Date.now(), timeZone));
		const { start, end } = boundsOf(period, timeZone, accountTime);
		const names = await namesOf(run, account);
		const ids = values.templateIds.length > 0 ? values.templateIds : [...names.keys()];
		if (switchOn) await switchFiguresOn(run, account);
		const points = await templateAnalytics(
			run.graph,
			account,
			{ templateIds: ids, start, end, isAccountTime: accountTime, product },
			scope,
		);
		if (values.show === 'days') {
			return points.map((point) => ({ json: dayItem(point, names.get(point.templateId)) }));
		}
		const days = points.map(dayOf);
		const labelOf = (id: string): string => {
			const known = names.get(id);
			return known === undefined ? `Deleted (${id})` : `${known.name} (${known.language})`;
		};
		const report: TemplateReport = {
			from: period.from ?? 0,
			to: period.to,
			timeZone,
			createdAt: Date.now(),
			currency: await currencyOf(run, account),
			totals: totalsOf(days),
			templates: sumsOf(days, labelOf),
			history: historyOf(days, 'UTC'),
		};
		const json = analyticsSummary(report);
		if (!values.htmlReport) return [{ json }];
		const page = Buffer.from(templatePage(report));
		const { helpers } = run.host;
		const file = await helpers.prepareBinaryData(page, 'template-report.html', 'text/html');
		return [{ json, binary: { [values.outputField]: file } }];
	},
});

/** What each call on the account carries. */
const onAccount = (run: Run, id: string) =>
	addressed({ permission, target: businessAccount }, { run, id });

/** Meta names templates by ID alone in its figures. */
async function namesOf(run: Run, account: string): Promise<Map<string, TemplateName>> {
	const found = await readList(
		run.graph,
		{
			method: 'GET',
			...onAccount(run, account),
			edge: 'message_templates',
			query: { fields: 'id,name,language' },
		},
		{ limit: Infinity, pageSize: 200 },
	);
	return new Map(
		found
			.filter(isObject)
			.map(({ id, name, language }) => [
				String(id),
				{ name: String(name), language: String(language) },
			]),
	);
}

/** Of the costs; null if Meta does not say. */
async function currencyOf(run: Run, account: string): Promise<string | null> {
	const { body } = await run.graph.call({
		method: 'GET',
		...onAccount(run, account),
		query: { fields: 'currency' },
	});
	const { currency } = objectOf(body);
	return typeof currency === 'string' ? currency : null;
}

/** The period in Meta's form. */
function boundsOf(
	{ from, to }: Period,
	timeZone: string,
	isAccountTime: boolean,
): { start: string; end: string } {
	if (from === null) {
		throw new FieldProblem(
			'From',
			'is empty',
			`Meta needs a beginning, at most ${analyticsDays} days back.`,
		);
	}
	// A day more, for the part of a day with which the period begins.
	if (from < Date.now() - (analyticsDays + 1) * dayMs) {
		throw new FieldProblem(
			'Period',
			`begins more than ${analyticsDays} days ago`,
			"Choose a later beginning; Meta's figures of templates go no further back.",
		);
	}
	const dateOf = (ms: number): string =>
		DateTime.fromMillis(ms, { zone: timeZone }).toISODate() ?? '';
	return isAccountTime
		? { start: dateOf(from), end: dateOf(to) }
		: { start: String(Math.floor(from / 1_000)), end: String(Math.ceil(to / 1_000)) };
}

async function switchFiguresOn(run: Run, account: string): Promise<void> {
	await run.graph.call({
		method: 'POST',
		...onAccount(run, account),
		query: { is_enabled_for_insights: true },
		isIdempotent: true,
	});
}

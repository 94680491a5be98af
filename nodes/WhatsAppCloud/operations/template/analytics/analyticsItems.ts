import type { IDataObject } from 'n8n-workflow';
import type { TemplatePoint } from '../../../graph/endpoints/templateAnalytics';
import {
	clickedOn,
	type TemplateDay,
	type TemplateReport,
} from '../../../report/templates/templateReport';
import { without } from '../../../values/unknown';

const isoTime = (ms: number): string => new Date(ms).toISOString();

/** What a template is called. */
export interface TemplateName {
	name: string;
	language: string;
}

/** One day of one template. Its names are permanent: workflows depend on them. */
export function dayItem(point: TemplatePoint, known: TemplateName | undefined): IDataObject {
	const { templateId, startMs, sent, delivered, read, clicks, costs } = point;
	return {
		templateId,
		name: known?.name ?? null,
		language: known?.language ?? null,
		date: isoTime(startMs).slice(0, 10),
		sent,
		delivered,
		read,
		clicked: clickedOn({ clicks }),
		clicks,
		amountSpent: costs['amount_spent'] ?? null,
		costPerDelivered: costs['cost_per_delivered'] ?? null,
		costPerUrlButtonClick: costs['cost_per_url_button_click'] ?? null,
	};
}

export function dayOf({ sent, delivered, read, costs, ...point }: TemplatePoint): TemplateDay {
	return {
		...point,
		sent: sent ?? 0,
		delivered: delivered ?? 0,
		read: read ?? 0,
		spent: costs['amount_spent'] ?? null,
	};
}

export function analyticsSummary({
	from,
	to,
	timeZone,
	currency,
	totals,
	templates,
}: TemplateReport): IDataObject {
	const { spent, ...counts } = totals;
	return {
		from: isoTime(from),
		to: isoTime(to),
		timeZone,
		...counts,
		amountSpent: spent,
		currency,
		templates: templates.map(({ spent: ofTemplate, ...sums }) => ({
			...without(sums, 'label'),
			amountSpent: ofTemplate,
		})),
	};
}

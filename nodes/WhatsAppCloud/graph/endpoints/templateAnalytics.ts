import { isObject, objectOf } from '../../values/unknown';
import type { GraphClient } from '../client';
import type { GraphRequest } from '../graphRequest';
import { readList } from '../paging';

/** As many templates as Meta takes in one query. */
const maxTemplates = 10;

/** Which way the messages went. */
export const analyticsProducts = ['CLOUD_API', 'MARKETING_MESSAGES_API_FOR_WHATSAPP'] as const;

/** How far back Meta's figures go, in days. */
export const analyticsDays = 90;

interface AnalyticsQuery {
	templateIds: readonly string[];
	/** Unix seconds; with `isAccountTime` dates such as `2026-11-26`. */
	start: string;
	end: string;
	/** Days of the account's time zone, else of UTC. */
	isAccountTime: boolean;
	product: (typeof analyticsProducts)[number];
}

/** What became of one template's messages on one day. */
export interface TemplatePoint {
	templateId: string;
	/** Unix milliseconds. */
	startMs: number;
	endMs: number;
	sent: number | null;
	delivered: number | null;
	read: number | null;
	clicks: { type: string; button: string; count: number }[];
	/** By Meta's name: `amount_spent`, `cost_per_delivered` … */
	costs: Record<string, number>;
}

/**
 * Asks Meta what became of the messages of some templates, by day. Reads and clicks are counted for
 * seven days.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/analytics#template-analytics
 *
 * @throws GraphApiError 200005 where Meta has no figures, 200007 before they are switched on
 * @throws NoAnswerError or LaterPageError
 */
export async function templateAnalytics(
	graph: GraphClient,
	businessAccountId: string,
	query: AnalyticsQuery,
	scope: Pick<GraphRequest, 'signal' | 'permission' | 'idField'>,
): Promise<TemplatePoint[]> {
	const points: TemplatePoint[] = [];
	for (let first = 0; first < query.templateIds.length; first += maxTemplates) {
		const groups = await readList(
			graph,
			{
				method: 'GET',
				node: businessAccountId,
				edge: 'template_analytics',
				query: {
					start: query.start,
					end: query.end,
					granularity: 'DAILY',
					template_ids: JSON.stringify(query.templateIds.slice(first, first + maxTemplates)),
					product_type: query.product,
					...(query.isAccountTime ? { use_waba_timezone: true } : {}),
				},
				...scope,
			},
			{ limit: Infinity, pageSize: 30 },
		);
		for (const group of groups) {
			const { data_points: found } = objectOf(group);
			if (Array.isArray(found)) points.push(...found.filter(isObject).map(readPoint));
		}
	}
	return points.sort((a, b) => a.startMs - b.startMs || a.templateId.localeCompare(b.templateId));
}

function readPoint(point: Record<string, unknown>): TemplatePoint {
	return {
		templateId: String(point['template_id']),
		startMs: momentOf(point['start']),
		endMs: momentOf(point['end']),
		sent: countOf(point['sent']),
		delivered: countOf(point['delivered']),
		read: countOf(point['read']),
		clicks: listOf(point['clicked']).map(({ type, button_content: button, count }) => ({
			type: textOf(type),
			button: textOf(button),
			count: countOf(count) ?? 0,
		})),
		costs: Object.fromEntries(
			listOf(point['cost']).flatMap(({ type, value }) =>
				typeof value === 'number' ? [[textOf(type), value]] : [],
			),
		),
	};
}

/** Unix seconds, or a date. */
const momentOf = (value: unknown): number =>
	typeof value === 'number' ? value * 1_000 : Date.parse(`${textOf(value)}T00:00:00Z`);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const countOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const listOf = (value: unknown): Record<string, unknown>[] =>
	Array.isArray(value) ? value.filter(isObject) : [];

import type { FastifyInstance } from 'fastify';
import { GraphError } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import type { Simulator } from '../../../simulator.ts';
import type { BusinessAccount, Template } from '../../../state/account.ts';
import { localDate, zoneName } from '../../../state/local-date.ts';
import type { StoredMessage } from '../../../state/messages.ts';
import { statusRank } from '../../../state/messages.ts';
import { priceOf } from '../../analytics.ts';
import { queryOf } from '../../call.ts';
import { reachAccount } from '../reach.ts';
import type { AnalyticsQuery } from './analytics-query.ts';
import { readAnalyticsQuery } from './analytics-query.ts';

const dayMs = 86_400_000;
/** How long reads and clicks are counted after a message was sent. */
const countedMs = 7 * dayMs;

/** Countries of Meta's customers without figures: the European Union, the United Kingdom, Japan. */
const withoutFigures: ReadonlySet<string> = new Set(
	'AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT JP LT LU LV MT NL PL PT RO SE SI SK'.split(
		' ',
	),
);

/** `GET /{waba}/template_analytics`; also as a field of the account. */
export function registerTemplateAnalytics(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/template_analytics', (request) => {
		const account = reachAccount(simulator, request);
		return templateAnalytics(simulator, account, (name) => queryOf(request)[name]);
	});
}

/**
 * What became of the messages of up to ten templates, by day.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/analytics#template-analytics
 * @throws GraphError 100, 200005 where there are none, 200007 before they are enabled
 */
export function templateAnalytics(
	simulator: Simulator,
	account: BusinessAccount,
	part: (name: string) => unknown,
): JsonObject {
	if (withoutFigures.has(account.country)) {
		throw new GraphError(200005, {
			details: `There are no template insights in ${account.country}`,
		});
	}
	if (!account.insightsEnabled) {
		throw new GraphError(200007, {
			details: 'Enable template insights for this account first: is_enabled_for_insights=true',
		});
	}
	const query = readAnalyticsQuery(part, simulator.clock.now(), account.timezoneId);
	const days = new Map<string, Day>();
	for (const message of simulator.messages.all()) {
		addToDay(simulator, account, query, days, message);
	}
	const points = [...days.values()]
		.sort((a, b) => a.startMs - b.startMs || a.templateId.localeCompare(b.templateId))
		.map((day) => pointOf(simulator, query, day));
	return {
		data: [
			{
				granularity: 'DAILY',
				product_type: query.product.toLowerCase(),
				...(query.inAccountTime ? { waba_timezone: zoneName(account.timezoneId) } : {}),
				data_points: points,
			},
		],
		paging: { cursors: { before: 'MAZDZD', after: 'MjQZD' } },
	};
}

/** A template's messages of one day. */
interface Day {
	templateId: string;
	startMs: number;
	/** In the account's time zone, e.g. 2026-11-26. */
	date: string;
	sent: number;
	delivered: number;
	read: number;
	spent: number;
	messageIds: Set<string>;
}

function addToDay(
	simulator: Simulator,
	account: BusinessAccount,
	query: AnalyticsQuery,
	days: Map<string, Day>,
	message: StoredMessage,
): void {
	const { chat, rank, endpoint, pricing } = message;
	const templateId = chat.template?.['id'];
	const product =
		endpoint === 'marketing_messages' ? 'MARKETING_MESSAGES_API_FOR_WHATSAPP' : 'CLOUD_API';
	if (typeof templateId !== 'string' || !query.templateIds.includes(templateId)) return;
	if (product !== query.product || chat.status === 'failed') return;
	const date = query.inAccountTime
		? localDate(chat.timestamp, account.timezoneId)
		: new Date(chat.timestamp).toISOString().slice(0, 10);
	if (date < query.startDate || date > query.endDate) return;
	const key = `${date}/${templateId}`;
	const day = days.get(key) ?? {
		templateId,
		startMs: Date.parse(date),
		date,
		sent: 0,
		delivered: 0,
		read: 0,
		spent: 0,
		messageIds: new Set<string>(),
	};
	days.set(key, day);
	day.sent++;
	day.messageIds.add(chat.id);
	if (rank >= statusRank.delivered) {
		day.delivered++;
		day.spent += pricing?.billable ? priceOf(pricing.category) : 0;
	}
	const isCounted = simulator.clock.now() - chat.timestamp < countedMs;
	if (isCounted && rank >= statusRank.read) day.read++;
}

function pointOf(simulator: Simulator, query: AnalyticsQuery, day: Day): JsonObject {
	const wants = (metric: string): boolean =>
		query.metrics.length === 0 || query.metrics.includes(metric);
	const template = simulator.account.templates.get(day.templateId);
	const clicks = template ? clicksOf(simulator, template, day) : [];
	const urlClicks = clicks
		.filter(({ type }) => type === 'url_button')
		.reduce((sum, { count }) => sum + count, 0);
	const cost = (type: string, value: number): JsonObject => ({
		type,
		value: Number(value.toFixed(6)),
	});
	return {
		template_id: day.templateId,
		start: query.inAccountTime ? day.date : day.startMs / 1000,
		end: query.inAccountTime
			? new Date(day.startMs + dayMs).toISOString().slice(0, 10)
			: (day.startMs + dayMs) / 1000,
		...(wants('SENT') ? { sent: day.sent } : {}),
		...(wants('DELIVERED') ? { delivered: day.delivered } : {}),
		...(wants('READ') ? { read: day.read } : {}),
		...(wants('CLICKED') && clicks.length > 0 ? { clicked: clicks } : {}),
		...(wants('COST')
			? {
					cost: [
						cost('amount_spent', day.spent),
						...(day.delivered > 0 ? [cost('cost_per_delivered', day.spent / day.delivered)] : []),
						...(urlClicks > 0 ? [cost('cost_per_url_button_click', day.spent / urlClicks)] : []),
					],
				}
			: {}),
	};
}

interface Clicks extends JsonObject {
	type: 'quick_reply_button' | 'url_button' | 'unique_url_button';
	button_content: string;
	count: number;
}

/** Taps on buttons of the day's messages; none for authentication, or if tracking is off. */
function clicksOf(simulator: Simulator, template: Template, day: Day): Clicks[] {
	const isTracked = template['cta_url_link_tracking_opted_out'] !== true;
	if (template.category === 'AUTHENTICATION' || !isTracked) return [];
	const taps = simulator.templates.tapsOn(day.messageIds);
	const found = new Map<string, Clicks>();
	const add = (type: Clicks['type'], content: string): void => {
		const clicks = found.get(`${type}/${content}`) ?? { type, button_content: content, count: 0 };
		clicks.count++;
		found.set(`${type}/${content}`, clicks);
	};
	const people = new Set<string>();
	for (const { isLink, text, messageId } of taps) {
		add(isLink ? 'url_button' : 'quick_reply_button', text);
		if (isLink && !people.has(`${messageId}/${text}`)) add('unique_url_button', text);
		people.add(`${messageId}/${text}`);
	}
	return [...found.values()];
}

import { invalidParameter } from '../../../errors/graph-error.ts';
import { asText, asTextList, isTrue } from '../../../json.ts';
import { localDate } from '../../../state/local-date.ts';

const dayMs = 86_400_000;
/** How far back figures go. */
const maxDays = 90;
const maxTemplates = 10;

const metricTypes = ['COST', 'CLICKED', 'DELIVERED', 'READ', 'SENT'];
/** What people do on the website or in the app; nothing of it happens here. */
const conversion = /^(?:APP|WEBSITE)_[A-Z_]+$/;
const products = ['CLOUD_API', 'MARKETING_MESSAGES_API_FOR_WHATSAPP'] as const;

/** Which figures of templates are asked for. */
export interface AnalyticsQuery {
	templateIds: string[];
	/** First and last day, e.g. 2026-11-26. */
	startDate: string;
	endDate: string;
	/** Days of the account's time zone, else of UTC. */
	inAccountTime: boolean;
	/** None: all of them. */
	metrics: string[];
	product: (typeof products)[number];
}

/** @throws GraphError 100 */
export function readAnalyticsQuery(
	part: (name: string) => unknown,
	nowMs: number,
	timezoneId: string,
): AnalyticsQuery {
	const text = (name: string): string => unquoted(asText(part(name)) ?? '');
	if (text('granularity').toUpperCase() !== 'DAILY') {
		throw invalidParameter('Param granularity must be one of {DAILY}');
	}
	const templateIds = asTextList(part('template_ids')).map(unquoted);
	if (templateIds.length === 0 || templateIds.length > maxTemplates) {
		throw invalidParameter(`Param template_ids must have 1 to ${maxTemplates} entries`);
	}
	const metrics = asTextList(part('metric_types')).map((name) => unquoted(name).toUpperCase());
	const unknown = metrics.find((name) => !metricTypes.includes(name) && !conversion.test(name));
	if (unknown !== undefined) throw invalidParameter(`Param metric_types knows no ${unknown}`);
	const named = text('product_type').toUpperCase() || 'CLOUD_API';
	const product = products.find((name) => name === named);
	if (!product)
		throw invalidParameter(`Param product_type must be one of {${products.join(', ')}}`);
	const inAccountTime = isTrue(text('use_waba_timezone'));
	const [startDate, endDate] = [
		dateOf(text('start'), 'start', inAccountTime),
		dateOf(text('end'), 'end', inAccountTime),
	];
	if (endDate < startDate) throw invalidParameter('Param end must be later than start');
	const oldest = localDate(nowMs - maxDays * dayMs, inAccountTime ? timezoneId : '');
	if (startDate < oldest) throw invalidParameter(`Param start can lie ${maxDays} days back`);
	return { templateIds, startDate, endDate, inAccountTime, metrics, product };
}

/** A UNIX timestamp, or a date; in the account's time zone, a date only. */
function dateOf(text: string, name: string, inAccountTime: boolean): string {
	if (/^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text))) return text;
	if (inAccountTime) throw invalidParameter(`Param ${name} must be a date such as 2026-11-26`);
	const seconds = Number(text);
	if (!Number.isInteger(seconds) || seconds <= 0) {
		throw invalidParameter(`Param ${name} must be a UNIX timestamp`);
	}
	return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** Modifiers of fields may have quotes and brackets. */
function unquoted(text: string): string {
	return text.replace(/^["'[\s]+|["'\]\s]+$/g, '');
}

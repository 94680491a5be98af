import type { FastifyRequest } from 'fastify';
import { invalidParameter } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asText, asTextList } from '../../../json.ts';
import type { Simulator } from '../../../simulator.ts';
import type { Template } from '../../../state/account.ts';
import { queryOf } from '../../call.ts';
import { qualityOf } from '../life.ts';
import { reachTemplate } from '../reach.ts';

const daySeconds = 86_400;
const spans = [7, 30, 60, 90];
/** Fewest messages of each template within the time. */
const minSends = 1000;

/** The higher, the more often people block. */
const blockRank: Readonly<Record<string, number>> = { GREEN: 0, UNKNOWN: 1, YELLOW: 2, RED: 3 };

/**
 * `GET /{template}/compare`: with one other template of the account. The quality says who is
 * blocked more often.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-comparison
 * @throws GraphError 100
 */
export function compareTemplates(simulator: Simulator, request: FastifyRequest): JsonObject {
	const template = reachTemplate(simulator, request);
	const query = queryOf(request);
	const [otherId, ...more] = asTextList(query['template_ids']);
	const other = simulator.account.templates.get(otherId ?? '');
	if (!other || more.length > 0) throw invalidParameter('Param template_ids takes one template');
	if (other.businessAccountId !== template.businessAccountId) {
		throw invalidParameter('Both templates must belong to one WhatsApp Business Account');
	}
	const [start, end] = [secondsOf(query, 'start'), secondsOf(query, 'end')];
	if (!spans.includes((end - start) / daySeconds)) {
		throw invalidParameter(`The time from start to end must be ${spans.join(', ')} days`);
	}
	const both = [template, other];
	const sends = both.map((one) => countSends(simulator, one, start, end));
	if (sends.some((count) => count < minSends)) {
		throw invalidParameter(`Each template must have been sent at least ${minSends} times`);
	}
	const byBlocks = [...both].sort((a, b) => rankOf(a) - rankOf(b));
	return {
		data: [
			{
				metric: 'BLOCK_RATE',
				type: 'RELATIVE',
				order_by_relative_metric: byBlocks.map(({ id }) => id),
			},
			{
				metric: 'MESSAGE_SENDS',
				type: 'NUMBER_VALUES',
				number_values: both.map(({ id }, index) => ({ key: id, value: sends[index] })),
			},
			{
				metric: 'TOP_BLOCK_REASON',
				type: 'STRING_VALUES',
				string_values: both.map(({ id }) => ({ key: id, value: 'UNKNOWN_BLOCK_REASON' })),
			},
		],
	};
}

function rankOf(template: Template): number {
	return blockRank[qualityOf(template)] ?? 0;
}

function secondsOf(query: JsonObject, name: string): number {
	const value = Number(asText(query[name]));
	if (Number.isInteger(value) && value > 0) return value;
	throw invalidParameter(`Param ${name} must be a UNIX timestamp`);
}

function countSends(simulator: Simulator, { id }: Template, start: number, end: number): number {
	let count = 0;
	for (const { chat } of simulator.messages.all()) {
		const seconds = chat.timestamp / 1000;
		if (chat.template?.['id'] === id && seconds >= start && seconds < end) count++;
	}
	return count;
}

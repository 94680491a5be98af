import type { IDataObject } from 'n8n-workflow';
import { listIn, objectOf } from '../values/unknown';

/** Names and types of what an item tells about health. */
export const healthShape = {
	canSendMessages: 'string',
	healthProblems: [
		{
			entity: 'string',
			id: 'string',
			canSendMessages: 'string',
			code: 'integer',
			problem: 'string',
			solution: 'string',
		},
	],
} as const;

/**
 * `AVAILABLE`, `LIMITED` or `BLOCKED`, and why, one entry per reason.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/health-status
 */
export function healthItem(status: unknown): IDataObject {
	const { can_send_message: canSendMessages = null, entities } = objectOf(status);
	return {
		canSendMessages: canSendMessages as string | null,
		healthProblems: listOf(entities).flatMap(problemsOf),
	};
}

function problemsOf(entity: Record<string, unknown>): IDataObject[] {
	const { entity_type: type = null, id = null, can_send_message: canSend = null } = entity;
	const of = { entity: type, id, canSendMessages: canSend };
	const errors = listOf(entity['errors']).map((error) => ({
		...of,
		code: error['error_code'] ?? null,
		problem: error['error_description'] ?? null,
		solution: error['possible_solution'] ?? null,
	}));
	const notes = texts(entity['additional_info']).map((problem) => ({
		...of,
		code: null,
		problem,
		solution: null,
	}));
	return [...errors, ...notes] as IDataObject[];
}

const listOf = (value: unknown): Record<string, unknown>[] => listIn(value).map(objectOf);

const texts = (value: unknown): string[] =>
	listIn(value).filter((entry) => typeof entry === 'string');

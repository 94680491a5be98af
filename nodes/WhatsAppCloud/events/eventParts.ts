import type { ChangeScope } from './reading/changeScope';
import { NOBODY } from './reading/eventContact';
import { messageOfEcho } from './echo';
import type { WebhookEvent } from './webhookEvent';
import {
	normaliseHistoryChunk,
	normaliseHistoryEcho,
	normaliseHistoryMessage,
	NOWHERE,
} from './historySync';
import type { JsonObject } from './reading/lenientJson';
import { normaliseMessage } from './messages/message';
import { normaliseNotice } from './notices/notice';
import { isPayment, normalisePayment } from './statuses/paymentEvent';
import { normaliseStatus } from './statuses/statusEvent';

/** Reads one entry of a list. */
export type PartReader = (scope: ChangeScope, part: JsonObject) => WebhookEvent | WebhookEvent[];

const readEcho: PartReader = (scope, part) =>
	normaliseMessage(scope, messageOfEcho(part), {
		event: 'smb_message_echoes',
		direction: 'outbound',
		raw: part,
	});

const MESSAGES_PARTS: ReadonlyMap<string, PartReader> = new Map<string, PartReader>([
	[
		'messages',
		(scope, part) => normaliseMessage(scope, part, { event: 'message', direction: 'inbound' }),
	],
	[
		'statuses',
		(scope, part) =>
			isPayment(part)
				? normalisePayment(scope, part, 'payment')
				: normaliseStatus(scope, part, 'status'),
	],
	['message_echoes', readEcho],
	['errors', (scope, part) => normaliseNotice(scope, 'errors', part)],
	['user_actions', (scope, part) => normaliseNotice(scope, 'user_actions', part)],
	['user_preferences', (scope, part) => normaliseNotice(scope, 'user_preferences', part)],
]);

/** A conversation that somebody else handles: don't answer any of it. */
const STANDBY_PARTS: ReadonlyMap<string, PartReader> = new Map<string, PartReader>([
	[
		'messages',
		(scope, part) => normaliseMessage(scope, part, { event: 'standby', direction: 'inbound' }),
	],
	[
		'message_echoes',
		(scope, part) =>
			normaliseMessage(scope, messageOfEcho(part), {
				event: 'standby',
				direction: 'outbound',
				raw: part,
			}),
	],
	[
		'statuses',
		(scope, part) =>
			isPayment(part)
				? normalisePayment(scope, part, 'standby')
				: normaliseStatus(scope, part, 'standby'),
	],
	['errors', (scope, part) => normaliseNotice(scope, 'errors', part)],
]);

const ECHO_PARTS: ReadonlyMap<string, PartReader> = new Map<string, PartReader>([
	['message_echoes', readEcho],
	['messages', readEcho],
	['errors', (scope, part) => normaliseNotice(scope, 'errors', part)],
]);

/** Media of old messages arrive after the chunks that name them. */
const HISTORY_PARTS: ReadonlyMap<string, PartReader> = new Map<string, PartReader>([
	['history', normaliseHistoryChunk],
	['messages', (scope, part) => normaliseHistoryMessage(scope, part, NOWHERE, NOBODY)],
	['message_echoes', normaliseHistoryEcho],
	['errors', (scope, part) => normaliseNotice(scope, 'errors', part)],
]);

/** How to read each list of the fields that carry several, in any combination. */
export const PARTS_BY_FIELD: ReadonlyMap<string, ReadonlyMap<string, PartReader>> = new Map([
	['messages', MESSAGES_PARTS],
	// A change that doesn't name its field is read by its parts.
	['unknown', MESSAGES_PARTS],
	['standby', STANDBY_PARTS],
	['smb_message_echoes', ECHO_PARTS],
	['message_echoes', ECHO_PARTS],
	['history', HISTORY_PARTS],
]);

import { choose } from '../../../../nodes/WhatsAppCloud/trigger/receive/choose';
import type { Choice } from '../../../../nodes/WhatsAppCloud/trigger/settings/eventChoice';
import type { JsonObject } from '../../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { normalise } from '../../../../nodes/WhatsAppCloud/events/normalise';
import { readOptions } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { FieldProblem } from '../../../../nodes/WhatsAppCloud/values/problem';
import { changeWebhook, messagesWebhook } from '../../events/fixture';

const EVERYTHING = { scope: 'manual', businessAccountId: '', phoneNumberId: '' } as const;
const NOW_MS = Date.parse('2026-11-02T12:05:00Z');
const WRITTEN = String(Date.parse('2026-11-02T12:00:00Z') / 1000);

const message = (parts: JsonObject = {}) =>
	normalise(
		messagesWebhook({
			messages: [
				{
					from: '4915112345678',
					from_user_id: 'DE.77',
					id: 'wamid.1',
					timestamp: WRITTEN,
					type: 'text',
					text: { body: 'hi' },
					...parts,
				},
			],
		}),
	);
const status = (name: string) =>
	normalise(messagesWebhook({ statuses: [{ id: 'wamid.2', status: name, timestamp: WRITTEN }] }));
const echo = () =>
	normalise(
		changeWebhook('smb_message_echoes', {
			metadata: { phone_number_id: '200000000000001' },
			message_echoes: [{ from: '15550001111', to: '4915112345678', id: 'wamid.3', type: 'text' }],
		}),
	);
const handover = (parts: JsonObject) =>
	normalise(
		changeWebhook('messaging_handovers', {
			type: 'control_passed',
			sender: { phone_number: '4915112345678' },
			control_passed: { new_owner_role: 'escalation' },
			...parts,
		}),
	);
const payment = () =>
	normalise(
		messagesWebhook({ statuses: [{ id: 'wamid.4', type: 'payment', status: 'captured' }] }),
	);
const echoes = [{ id: 'wamid.5', message: { to: '4915112345678', type: 'text' } }];
const standby = () => normalise(changeWebhook('standby', { standby: { message_echoes: echoes } }));
const flatStandby = () => normalise(changeWebhook('standby', { message_echoes: echoes }));
const strangeStandby = () => normalise(changeWebhook('standby', { standby: { news: ['?'] } }));
const accountReview = () =>
	normalise(changeWebhook('account_review_update', { decision: 'APPROVED' }));

const choiceOf = (parameters: JsonObject): Choice =>
	readOptions({ ...parameters, timeZone: 'UTC' }).choice;

/** The filter that rejected the event, or `chosen`. */
function outcome(events: ReturnType<typeof normalise>, parameters: JsonObject): string {
	const { chosen, filtered } = choose(events, choiceOf(parameters), EVERYTHING, NOW_MS);
	expect(chosen.length + [...filtered.values()].reduce((sum, count) => sum + count, 0)).toBe(
		events.length,
	);
	return chosen.length > 0 ? 'chosen' : [...filtered.keys()].join();
}

describe('without restriction', () => {
	it.each([{}, { events: ['*'] }, { events: ['*', 'status'] }, { events: '' }])(
		'%j chooses everything',
		(parameters) => {
			for (const events of [message(), status('sent'), echo(), accountReview()]) {
				expect(outcome(events, parameters)).toBe('chosen');
			}
		},
	);
});

describe('each filter', () => {
	type Case = [string, ReturnType<typeof normalise>, JsonObject, string];
	it.each<Case>([
		['a chosen event', message(), { events: ['message'] }, 'chosen'],
		['an event that is not chosen', status('sent'), { events: ['message'] }, 'Events'],
		['several events by expression', status('sent'), { events: 'message, status' }, 'chosen'],
		['a chosen type', message(), { messageTypes: ['text'] }, 'chosen'],
		['another type', message(), { messageTypes: ['image', 'video'] }, 'Message Types'],
		['statuses are no message types', status('sent'), { messageTypes: ['image'] }, 'chosen'],
		['a chosen status', status('failed'), { statuses: ['failed', 'read'] }, 'chosen'],
		['another status', status('delivered'), { statuses: ['failed', 'read'] }, 'Statuses'],
		['messages have no status', message(), { statuses: ['failed'] }, 'chosen'],
		['own number', message(), { settings: { phoneNumberIds: ['200000000000001'] } }, 'chosen'],
		['other number', message(), { settings: { phoneNumberIds: ['2'] } }, 'Phone Numbers'],
		['no number at all', accountReview(), { settings: { phoneNumberIds: ['2'] } }, 'chosen'],
		...['300', '2'].map((number): Case => [
			`a handover of a number, with ${number} chosen`,
			handover({ recipient: { phone_number_id: '300' } }),
			{ settings: { phoneNumberIds: [number] } },
			number === '300' ? 'chosen' : 'Phone Numbers',
		]),
		[
			'a handover of a number that nobody names',
			handover({}),
			{ settings: { phoneNumberIds: ['300'] } },
			'Phone Numbers',
		],
		['the same without such a filter', handover({}), {}, 'chosen'],
		[
			'a message of a number that nobody names',
			normalise(changeWebhook('messages', { messages: [{ id: 'wamid.9', from: '49' }] })),
			{ settings: { phoneNumberIds: ['300'] } },
			'Phone Numbers',
		],
		[
			'the settings of another number',
			normalise(
				changeWebhook('account_settings_update', {
					phone_number_settings: { phone_number_id: '300' },
				}),
			),
			{ settings: { phoneNumberIds: ['2'] } },
			'Phone Numbers',
		],
		['a payment', payment(), { events: ['payment'] }, 'chosen'],
		['a payment is no status', payment(), { events: ['status'] }, 'Events'],
		['a payment has no status of a message', payment(), { statuses: ['sent'] }, 'chosen'],
		['standby is no message', standby(), { events: ['message'] }, 'Events'],
		['standby in older shapes, too', flatStandby(), { events: ['message'] }, 'Events'],
		[
			'what cannot be read of it, too',
			strangeStandby(),
			{ events: ['message', 'other'] },
			'Events',
		],
		['an echo on standby', standby(), { settings: { ignoreEchoes: true } }, 'Ignore Own Echoes'],
		[
			'a sender, however written',
			message(),
			{ settings: { senders: ['+49 (151) 1234-5678'] } },
			'chosen',
		],
		['a sender with zeros', message(), { settings: { senders: ['004915112345678'] } }, 'chosen'],
		['a sender by user ID', message(), { settings: { senders: ['DE.77'] } }, 'chosen'],
		[
			'senders in one text',
			message(),
			{ settings: { senders: '+1 555 000 2222, DE.77' } },
			'chosen',
		],
		['somebody else', message(), { settings: { senders: ['+1 555 000 2222'] } }, 'Senders'],
		['the tail of a number', message(), { settings: { senders: ['15112345678'] } }, 'Senders'],
		[
			'a nameless sender',
			message({ from: '', from_user_id: '' }),
			{ settings: { senders: ['DE.77'] } },
			'Senders',
		],
		['statuses have no sender', status('sent'), { settings: { senders: ['DE.1'] } }, 'chosen'],
		['an echo', echo(), { settings: { ignoreEchoes: true } }, 'Ignore Own Echoes'],
		['no echo', message(), { settings: { ignoreEchoes: true } }, 'chosen'],
		['a fresh message', message(), { settings: { maxAgeMinutes: 5 } }, 'chosen'],
		['an old message', message(), { settings: { maxAgeMinutes: 4 } }, 'Ignore Messages Older Than'],
		[
			'a message of the future',
			message({ timestamp: '32503680000' }),
			{ settings: { maxAgeMinutes: 1 } },
			'chosen',
		],
		[
			'a message without time',
			message({ timestamp: '' }),
			{ settings: { maxAgeMinutes: 1 } },
			'chosen',
		],
		['an old status', status('sent'), { settings: { maxAgeMinutes: 1 } }, 'chosen'],
		['a replay', message({ timestamp: '1000000' }), {}, 'Drop Replays Older Than'],
		['a message of the far future', message({ timestamp: '32503680000' }), {}, 'chosen'],
		[
			'inside hours',
			message(),
			{ settings: { hours: { inside: { from: '12:00', to: '13:00' } } } },
			'chosen',
		],
		[
			'outside hours',
			message(),
			{ settings: { hours: { outside: { from: '12:00', to: '13:00' } } } },
			'Hours',
		],
		[
			'hours in another zone',
			message(),
			{ settings: { hours: { inside: { from: '12:00', to: '13:00', timeZone: 'Asia/Tokyo' } } } },
			'Hours',
		],
		['hours by default', message(), { settings: { hours: { inside: {} } } }, 'chosen'],
		[
			'another weekday',
			message(),
			{ settings: { hours: { inside: { weekdays: [0, 2] } } } },
			'Hours',
		],
		[
			'statuses at night',
			status('sent'),
			{ settings: { hours: { inside: { from: '1:00', to: '2:00' } } } },
			'chosen',
		],
	])('%s', (_, events, parameters, expected) => {
		expect(outcome(events, parameters)).toBe(expected);
	});
});

describe('options that cannot be used', () => {
	it.each<[JsonObject, RegExp]>([
		[{ senders: ['somebody'] }, /"Options › Senders" has "somebody"/],
		[{ maxAgeMinutes: 0 }, /Older Than" must be above 0 minutes/],
		[{ maxAgeMinutes: 'soon' }, /"Options › Ignore Messages Older Than" must be a number/],
		[{ hours: { inside: { timeZone: 'Mars/Base' } } }, /These Hours › Time Zone" is no time zone/],
		[
			{ hours: { outside: { from: '25:00' } } },
			/Outside These Hours › From" must be a time.*"25:00"/,
		],
		[{ hours: { inside: { to: 'late' } } }, /Inside These Hours › To" must be a time.*"late"/],
	])('%j says which and what to do', (options, message_) => {
		expect(() => readOptions({ settings: options, timeZone: 'UTC' })).toThrow(message_);
		try {
			readOptions({ settings: options, timeZone: 'UTC' });
		} catch (error) {
			expect(error instanceof FieldProblem && error.advice).toMatch(/\w/);
		}
	});

	it.each([null, undefined, 'text', 5, []])('options %j are none', (options) => {
		expect(readOptions({ settings: options, timeZone: 'UTC' }).choice).toEqual(choiceOf({}));
	});
});

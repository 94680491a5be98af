import type { IExecuteFunctions } from 'n8n-workflow';
import { createMessageLog } from '../../../nodes/WhatsAppCloud/sending/messageLog';
import {
	cancelledResult,
	type SendResult,
	type OutgoingMessage,
} from '../../../nodes/WhatsAppCloud/sending/attempt/outcome';
import { createVirtualClock, type VirtualClock } from './virtualClock';

const minuteMs = 60_000;

const message: OutgoingMessage = {
	operationId: 'op',
	phoneNumberId: '1',
	recipient: { to: '+15551234567' },
	endpoint: 'messages',
	body: {},
	payloadHash: 'hash',
};
const sent: SendResult = { ...cancelledResult('active'), outcome: 'sent' };
const failed: SendResult = { ...cancelledResult('active'), outcome: 'failed' };

let clock: VirtualClock;
beforeEach(() => {
	clock = createVirtualClock(Date.parse('2026-05-01T12:00:00Z'));
});

/** A host with this many items, and what is logged and shown there. */
function host(itemCount: number) {
	const shown = { info: [] as string[], warn: [] as string[], hints: [] as string[] };
	const functions = {
		logger: {
			debug: () => undefined,
			info: (text: string) => shown.info.push(text),
			warn: (text: string) => shown.warn.push(text),
		},
		getInputData: () => Array.from({ length: itemCount }, () => ({ json: {} })),
		addExecutionHints: (hint: { message: string }) => shown.hints.push(hint.message),
	} as unknown as IExecuteFunctions;
	return { shown, functions };
}

test('a short run tells nothing but its messages', () => {
	const { shown, functions } = host(2);
	const log = createMessageLog(functions, '1', clock);
	log.delivered(message, sent);
	log.delivered(message, failed);
	log.finish(false);
	expect(shown).toEqual({ info: [], warn: [], hints: [] });
});

test('a long run tells once a minute how far it is and when it ends, and in the end a hint', () => {
	const { shown, functions } = host(4_000);
	const log = createMessageLog(functions, '1', clock);
	for (let index = 0; index < 1_000; index++) log.delivered(message, index === 0 ? failed : sent);
	clock.jump(minuteMs);
	log.delivered(message, sent);
	log.delivered(message, sent);
	expect(shown.info).toEqual([
		'1,001 of 4,000 messages processed: 1 failed, 1,000 sent; at this pace the last one will be sent at about 2026-05-01T12:03:59.760Z',
	]);
	log.finish(false);
	expect(shown.hints).toEqual(['1,002 of 4,000 messages processed: 1 failed, 1,001 sent']);
});

test('a cancelled run tells how far it came, however short', () => {
	const { shown, functions } = host(3);
	const log = createMessageLog(functions, '1', clock);
	log.delivered(message, sent);
	log.finish(true);
	expect(shown.hints).toEqual(['Cancelled. 1 of 3 messages processed: 1 sent']);
});

test('a resumed run, one item for many messages, tells no total and no end', () => {
	const { shown, functions } = host(1);
	const log = createMessageLog(functions, '1', clock);
	log.delivered(message, sent);
	clock.jump(minuteMs);
	log.delivered(message, sent);
	expect(shown.info).toEqual(['2 messages processed: 2 sent']);
});

test('one message is called one message', () => {
	const { shown, functions } = host(0);
	const log = createMessageLog(functions, '1', clock);
	log.delivered(message, sent);
	log.finish(true);
	expect(shown.hints).toEqual(['Cancelled. 1 message processed: 1 sent']);
});

test('the same trouble is a hint once, and a line each time', () => {
	const { shown, functions } = host(1);
	const log = createMessageLog(functions, '1', clock);
	for (const reason of ['one', 'two']) log.trouble('The state fails', new Error(reason));
	expect(shown.warn).toEqual(['The state fails: one', 'The state fails: two']);
	expect(shown.hints).toEqual(['The state fails: one']);
});

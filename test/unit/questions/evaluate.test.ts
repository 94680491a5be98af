import type { MessageEvent } from '../../../nodes/WhatsAppCloud/events/messages/messageEvent';
import { evaluate } from '../../../nodes/WhatsAppCloud/questions/evaluate';
import type { OtherText, Wanted } from '../../../nodes/WhatsAppCloud/questions/question';
import { messagesWebhook, onlyEvent, readFixture } from '../events/fixture';
import type { JsonObject } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';

/** What Meta sends when somebody writes or taps. */
function received(content: JsonObject): MessageEvent {
	const message = { id: 'wamid.A', from: '4915123456789', timestamp: '1790000000', ...content };
	const event = onlyEvent(messagesWebhook({ messages: [message] }));
	if (event.event !== 'message') throw new Error(`${event.event} is no message`);
	return event;
}

const fixture = (name: string): MessageEvent =>
	received((readFixture(`messages/${name}`) as { message: JsonObject }).message);

const text = (body: string): MessageEvent => received({ type: 'text', text: { body } });

const button = (id: string): MessageEvent =>
	received({
		type: 'interactive',
		interactive: { type: 'button_reply', button_reply: { id, title: 'Yes' } },
	});

const row = (id: string): MessageEvent =>
	received({
		type: 'interactive',
		interactive: { type: 'list_reply', list_reply: { id, title: 'Yes', description: 'Do it' } },
	});

const templateButton = (payload: string): MessageEvent =>
	received({ type: 'button', button: { payload, text: 'Yes' } });

const choice = (otherText: OtherText = 'askAgain', tapsOnly = false): Wanted => ({
	kind: 'choice',
	listButton: 'Choose',
	tapsOnly,
	otherText,
	options: [
		{ id: 'approve', title: 'Yes' },
		{ id: 'deny', title: 'No' },
	],
});

const verdictOn = (wanted: Wanted, event: MessageEvent, step = 0) =>
	evaluate(
		{
			steps: [
				{ name: 'a', text: 'A?', retryText: '', wanted },
				{ name: 'b', text: 'B?', retryText: '', wanted },
			],
			mostAttempts: null,
		},
		{ step },
		'abc',
		event,
	);

const yes = {
	kind: 'answer',
	answer: { id: 'approve', title: 'Yes', text: 'Yes', value: 'approve' },
};

describe('a tap', () => {
	test.each([
		['a button', button],
		['a row', row],
		['a button of a template', templateButton],
	])('on %s answers', (_, tap) => {
		expect(verdictOn(choice(), tap('q:abc:0:o0'))).toEqual(yes);
	});

	test('on another question is unrelated, on an earlier step stale', () => {
		expect(verdictOn(choice(), button('q:other:0:o0'))).toEqual({ kind: 'unrelated' });
		expect(verdictOn(choice(), button('q:abc:0:o0'), 1)).toEqual({ kind: 'stale' });
		expect(verdictOn(choice(), button('q:abc:0:o7'))).toEqual({ kind: 'stale' });
	});

	test('on the row below the options shows others', () => {
		expect(verdictOn(choice(), row('q:abc:0:p1'))).toEqual({ kind: 'page', page: 1 });
	});

	test('on a button of another message counts by its title', () => {
		expect(verdictOn(choice(), button('yes_of_a_menu'))).toEqual(yes);
	});
});

describe('a text instead of a tap', () => {
	test.each(['yes', 'YES!', '1', 'approve'])('"%s" counts as the option', (body) => {
		expect(verdictOn(choice(), text(body))).toEqual(yes);
	});

	test('counts for nothing where only taps do, which still count', () => {
		expect(verdictOn(choice('askAgain', true), text('Yes'))).toMatchObject({ kind: 'wrong' });
		expect(verdictOn(choice('leave', true), text('1'))).toEqual({ kind: 'unrelated' });
		expect(verdictOn(choice('leave', true), templateButton('q:abc:0:o0'))).toEqual(yes);
		// A button of another message, with the same title.
		expect(verdictOn(choice('leave', true), templateButton('Yes'))).toEqual({ kind: 'unrelated' });
	});

	test('that fits no option: asked again, accepted or left alone, as chosen', () => {
		const other = text('tell me more');
		expect(verdictOn(choice('askAgain'), other)).toEqual({
			kind: 'wrong',
			reason: 'is none of the options',
		});
		expect(verdictOn(choice('accept'), other)).toEqual({
			kind: 'answer',
			answer: { id: null, title: null, text: 'tell me more', value: 'tell me more' },
		});
		expect(verdictOn(choice('leave'), other)).toEqual({ kind: 'unrelated' });
	});
});

describe('a text', () => {
	const wanted: Wanted = { kind: 'text', format: 'number', min: 1, max: 9, isWhole: true };

	test('is read and checked', () => {
		expect(verdictOn(wanted, text('7'))).toEqual({
			kind: 'answer',
			answer: { id: null, title: null, text: '7', value: 7 },
		});
		expect(verdictOn(wanted, text('12'))).toEqual({ kind: 'wrong', reason: 'is more than 9' });
	});

	test('is wanted, but a picture comes', () => {
		expect(verdictOn(wanted, fixture('image-with-caption'))).toEqual({
			kind: 'wrong',
			reason: 'is of type image, not a text',
		});
	});
});

test('a reaction, an edit and a deletion answer nothing', () => {
	for (const name of ['reaction', 'edit', 'revoke', 'system-number-changed']) {
		expect(verdictOn(choice(), fixture(name))).toEqual({
			kind: 'unrelated',
		});
	}
});

test.each<[string, Wanted]>([
	['location-with-name', { kind: 'location' }],
	['contacts', { kind: 'contact' }],
	['flow-answer', { kind: 'flow' }],
])('%s answers what asks for it, and nothing else does', (name, wanted) => {
	const event = fixture(name);
	const verdict = verdictOn(wanted, event);
	const value = event.location ?? event.sharedContacts ?? event.flow?.answers;
	expect(value).toBeDefined();
	expect(verdict).toMatchObject({ kind: 'answer', answer: { id: null, value } });
	expect(verdictOn(wanted, text('here'))).toMatchObject({ kind: 'wrong' });
});

describe('a file', () => {
	const document = fixture('document');
	const image = fixture('image-without-caption');

	test('of a wanted type answers', () => {
		const wanted: Wanted = { kind: 'media', types: ['document', 'image'], mimeTypes: [] };
		expect(verdictOn(wanted, document)).toMatchObject({ kind: 'answer', answer: { value: null } });
		expect(verdictOn(wanted, image)).toMatchObject({ kind: 'answer' });
		expect(verdictOn(wanted, text('later'))).toEqual({
			kind: 'wrong',
			reason: 'is of type text, not a file',
		});
	});

	test('of another type or MIME type does not', () => {
		expect(verdictOn({ kind: 'media', types: ['image'], mimeTypes: [] }, document)).toEqual({
			kind: 'wrong',
			reason: 'is of type document, not image',
		});
		const pictures: Wanted = {
			kind: 'media',
			types: ['image', 'document'],
			mimeTypes: ['image/*', 'text/csv'],
		};
		expect(verdictOn(pictures, image)).toMatchObject({ kind: 'answer' });
		expect(verdictOn(pictures, document)).toMatchObject({
			kind: 'wrong',
			reason: expect.stringMatching(/not image\/\* or text\/csv$/),
		});
	});
});

test('after the last step nothing is related', () => {
	expect(verdictOn(choice(), text('yes'), 2)).toEqual({ kind: 'unrelated' });
});

import {
	historyOf,
	noPresent,
	type Present,
} from '../../../nodes/WhatsAppCloud/memory/conversation';
import { sealMessage } from '../../../nodes/WhatsAppCloud/memory/keptMessage';
import { textIdOf } from '../../../nodes/WhatsAppCloud/store/texts/textId';
import type { KeptText, TextAuthor } from '../../../nodes/WhatsAppCloud/store/texts/textStore';

const appSecret = 'secret';
let at = 0;

const kept = (
	id: string,
	author: TextAuthor = 'contact',
	{
		executionId = null,
		secret = appSecret,
		type = 'text',
	}: {
		executionId?: string | null;
		secret?: string;
		type?: string;
	} = {},
): KeptText => ({
	textId: textIdOf(id),
	author,
	content: sealMessage({ id, type, text: id }, secret),
	executionId,
	at: ++at,
});

const lines = (
	texts: KeptText[],
	present: Present = noPresent,
	{ limit = 20, includesFiles = true } = {},
) =>
	historyOf(texts, present, { appSecret, limit, includesFiles }).messages.map(({ line }) => line);

test('the newest, oldest first', () => {
	const texts = ['a', 'b', 'c'].map((id) => kept(id));
	expect(lines(texts)).toEqual(['a', 'b', 'c']);
	expect(lines(texts, noPresent, { limit: 2 })).toEqual(['b', 'c']);
});

test('without what is being answered, what came after it, and what this execution has sent', () => {
	const texts = [
		kept('before'),
		kept('answer before', 'workflow', { executionId: '1' }),
		kept('first'),
		kept('second'),
		kept('one moment', 'workflow', { executionId: '2' }),
		kept('Ann: I am on it', 'person'),
		kept('later'),
	];
	const present = { executionId: '2', messageIds: ['first', 'second'] };
	expect(lines(texts, present)).toEqual(['before', 'answer before', 'Ann: I am on it']);
	// With what this execution has sent, and what was written meanwhile.
	expect(lines(texts, { ...present, executionId: null })).toEqual([
		'before',
		'answer before',
		'one moment',
		'Ann: I am on it',
		'later',
	]);
});

test('files can be left out', () => {
	const texts = [kept('a pot', 'contact', { type: 'image' }), kept('hello')];
	expect(lines(texts)).toEqual(['[image] a pot', 'hello']);
	expect(lines(texts, noPresent, { includesFiles: false })).toEqual(['hello']);
});

test('what another app secret has encrypted is counted, and nothing fails', () => {
	const texts = [kept('old', 'contact', { secret: 'former' }), kept('new')];
	const { messages, unreadable } = historyOf(texts, noPresent, {
		appSecret,
		limit: 20,
		includesFiles: true,
	});
	expect(messages.map(({ line }) => line)).toEqual(['new']);
	expect(unreadable).toBe(1);
});

import { characters, contentOf, problemsOf } from '../../fixtures/messageProblems';

const good = { messageId: 'wamid.1', reaction: 'add', emoji: '👍' };
const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendReaction', { ...good, ...values });
const emojiOf = (values: Record<string, unknown>): unknown =>
	contentOf('sendReaction', { ...good, ...values })['reaction'];

test.each([
	['plain', '😀'],
	['with a skin tone', '👍🏽'],
	['with a gender and a skin tone', '🤷🏾‍♀️'],
	['a family', '👨‍👩‍👧‍👦'],
	['a couple with two skin tones', '👩🏻‍❤️‍💋‍👨🏿'],
	['a flag', '🇩🇪'],
	['a flag of a region', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
	['a joined flag', '🏳️‍🌈'],
	['a keycap', '1️⃣'],
	['a keycap without a selector', '#⃣'],
	['a heart in colour', '❤️'],
	['a heart as text', '❤'],
	['a sign of the first plane', '✅'],
	['with spaces around', ' 🎉\n'],
])('%s: one emoji', (_, emoji) => {
	expect(problems({ emoji })).toEqual([]);
	expect(emojiOf({ emoji })).toEqual({ message_id: 'wamid.1', emoji: emoji.trim() });
});

test.each([
	['two', '👍👍', '"👍👍"'],
	['an emoji and a letter', '👍a', '"👍a"'],
	['a letter', 'a', '"a"'],
	['a digit', '1', '"1"'],
	['a word', ':thumbsup:', '":thumbsup:"'],
	['half a flag', '🇩', '"🇩"'],
	['two flags', '🇩🇪🇫🇷', '"🇩🇪🇫🇷"'],
	['a skin tone that joins nothing', 'é🏽', '"é🏽"'],
])('%s: not one emoji', (_, emoji, shown) =>
	expect(problems({ emoji })).toEqual([`Emoji: must be exactly one emoji, but is ${shown}`]),
);

test.each([
	[{ messageId: '' }, 'Message ID: is empty'],
	[{ messageId: undefined }, 'Message ID: is required'],
	[{ messageId: characters(513) }, 'Message ID: can have at most 512 characters, but has 513'],
	[{ emoji: '' }, 'Emoji: is empty; to remove the reaction, choose Remove Reaction instead'],
	[{ emoji: ' ' }, 'Emoji: is empty; to remove the reaction, choose Remove Reaction instead'],
	[{ emoji: undefined }, 'Emoji: is required'],
	[{ emoji: null }, 'Emoji: is required'],
	[{ emoji: true }, 'Emoji: must be text, but is the boolean true'],
	[{ emoji: 5 }, 'Emoji: must be exactly one emoji, but is "5"'],
	[
		{ reaction: 'toggle' },
		'Reaction: must be one of React With Emoji (add), Remove Reaction (remove), but is the text "toggle"',
	],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

test.each([
	['the choice to remove', { reaction: 'remove', emoji: '👍' }],
	['the choice alone', { reaction: 'remove', emoji: undefined }],
])('%s removes the reaction', (_, values) => {
	expect(emojiOf(values)).toEqual({ message_id: 'wamid.1', emoji: '' });
});

test('an item that gives an emoji needs no choice', () => {
	expect(emojiOf({ reaction: undefined })).toEqual({ message_id: 'wamid.1', emoji: '👍' });
});

test('an ID from an expression loses the spaces around it', () => {
	expect(emojiOf({ messageId: ` ${characters(510)} ` })).toMatchObject({
		message_id: characters(510),
	});
});

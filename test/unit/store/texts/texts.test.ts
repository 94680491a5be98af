import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { textIdOf } from '../../../../nodes/WhatsAppCloud/store/texts/textId';
import {
	textAuthors,
	type ArrivedText,
	type ChangedText,
	type TextRequest,
} from '../../../../nodes/WhatsAppCloud/store/texts/textStore';
import { onEachEngine } from '../engines';
import { dayMs, failed, intent, lease, sent, start, webhookOf } from '../samples';

const PERSON = '+4915112345678';
const USER = 'DE.77112233';
const NUMBER = '200000000000001';

const text = (messageId: string, changes: Partial<ArrivedText> = {}): ArrivedText => ({
	accountKey: 'account',
	contactKey: PERSON,
	phoneNumberId: NUMBER,
	messageId,
	author: 'contact',
	content: `content of ${messageId}`,
	at: start,
	...changes,
});

const all: TextRequest = {
	accountKey: 'account',
	contactKeys: [PERSON, USER],
	phoneNumberId: NUMBER,
	authors: textAuthors,
	since: 0,
	limit: 20,
};

onEachEngine('kept texts', (engine) => {
	let store: Store;
	beforeEach(async () => {
		store = await engine.open();
	});

	const receive = async (
		arrived: ArrivedText[],
		{ changed = [], moves = [] }: { changed?: ChangedText[]; moves?: object[] } = {},
		now = start,
	) =>
		await store.inbox.receive(
			{ ...webhookOf([]), texts: { arrived, changed }, moves: moves as never },
			now,
		);
	const contents = async (changes: Partial<TextRequest> = {}): Promise<string[]> =>
		(await store.texts.last({ ...all, ...changes })).map(({ content }) => content);
	/** Sends a message whose text is kept. */
	const send = async (id: string, changes = {}, at = start, kept: string | null = `said ${id}`) => {
		await store.outbox.enqueue(
			[intent(id, { recipientKey: PERSON, phoneNumberId: NUMBER, ...changes })],
			lease(),
			at,
			{ start: true },
		);
		return await store.outbox.complete([{ ...sent(id), text: kept, sentAt: at }], at);
	};

	test('what arrives and what is sent is one conversation, under all keys of the person', async () => {
		await receive([text('wamid.1'), text('wamid.2', { contactKey: USER, at: start + 2_000 })]);
		await send('op-1', {}, start + 1_000);
		await send('op-2', { campaign: 'spring' }, start + 3_000);
		await receive([text('wamid.3', { author: 'person', at: start + 4_000 })]);
		await receive([text('wamid.x', { contactKey: '+4915199999999' })]);
		await receive([text('wamid.y', { accountKey: 'another' })]);
		expect(await store.texts.last(all)).toEqual([
			{
				textId: textIdOf('wamid.1'),
				author: 'contact',
				content: 'content of wamid.1',
				executionId: null,
				at: start,
			},
			{
				textId: textIdOf('wamid.op-1'),
				author: 'workflow',
				content: 'said op-1',
				executionId: 'execution',
				at: start + 1_000,
			},
			expect.objectContaining({ author: 'contact', content: 'content of wamid.2' }),
			expect.objectContaining({ author: 'campaign', content: 'said op-2' }),
			expect.objectContaining({ author: 'person', content: 'content of wamid.3' }),
		]);
	});

	test('a message is kept once, and in the order of arrival within a millisecond', async () => {
		await receive(['b', 'a', 'c'].map((id) => text(id)));
		await receive([text('a', { content: 'again' }), text('d')]);
		expect(await contents()).toEqual(['b', 'a', 'c', 'd'].map((id) => `content of ${id}`));
		await send('op-1');
		await send('op-1');
		expect(await contents()).toHaveLength(5);
	});

	test('the newest count, by number, author and age', async () => {
		const texts = Array.from({ length: 30 }, (_, index) =>
			text(`m${index}`, {
				at: start + index,
				author: index % 2 === 0 ? 'contact' : 'person',
				contactKey: index % 3 === 0 ? USER : PERSON,
			}),
		);
		await receive([...texts, text('other', { phoneNumberId: '2', at: start + 99 })]);
		expect(await contents({ limit: 3 })).toEqual(
			[27, 28, 29].map((index) => `content of m${index}`),
		);
		expect(await contents({ limit: 2, authors: ['person'] })).toEqual(
			[27, 29].map((index) => `content of m${index}`),
		);
		expect(await contents({ since: start + 28 })).toHaveLength(2);
		expect(await contents({ phoneNumberId: null, limit: 1 })).toEqual(['content of other']);
	});

	test('an edit replaces the text where it stands, a deletion takes it away', async () => {
		await receive([text('a'), text('b', { at: start + 1 }), text('c', { at: start + 2 })]);
		await receive([], {
			changed: [text('a', { content: 'edited' }), { ...text('b'), content: null }],
		});
		expect(await contents()).toEqual(['edited', 'content of c']);
	});

	test('what was deleted or edited stays so, however Meta orders and repeats', async () => {
		const [a, b] = [text('a'), text('b')];
		await receive([], { changed: [{ ...a, content: null }, text('b', { content: 'edited' })] });
		await receive([a, b, text('c')]);
		expect(await contents()).toEqual(['edited', 'content of c']);
		await receive([a], { changed: [text('a', { content: 'edited too late' })] });
		await receive([text('c')], { changed: [{ ...text('c'), content: null }] });
		await receive([text('c')]);
		expect(await contents()).toEqual(['edited']);
	});

	test('a message that failed before it was known to be sent is not kept', async () => {
		await receive([], { changed: [{ ...text('wamid.op-1'), content: null }] });
		await send('op-1');
		expect(await contents()).toEqual([]);
	});

	test('only what went out is kept', async () => {
		await store.outbox.enqueue([intent('op-1', { recipientKey: PERSON })], lease(), start, {
			start: true,
		});
		await store.outbox.complete([{ ...failed('op-1'), text: 'never seen' }], start);
		await send('op-2', {}, start, null);
		// Whoever was erased meanwhile has no entry left.
		await store.outbox.complete([{ ...sent('gone'), text: 'of nobody' }], start);
		expect(await contents()).toEqual([]);
	});

	test('texts go along with a changed number; what comes later is of somebody else', async () => {
		const NEW = '+4915100000000';
		await receive([text('before')]);
		const move = { accountKey: 'account', oldKey: PERSON, newKey: NEW, at: start + 5_000 };
		// Meta's second, of which a message counts as of the end.
		const late = text('late', { at: start + 5_999 });
		await receive([late, text('after', { at: start + 6_000 })], { moves: [move] });
		expect(await contents({ contactKeys: [NEW] })).toEqual(
			['before', 'late'].map((id) => `content of ${id}`),
		);
		expect(await contents({ contactKeys: [PERSON] })).toEqual(['content of after']);
	});

	test('what arrives under a former number once the new one is known goes there, also over several changes', async () => {
		const [NEXT, LAST] = ['+4915100000000', '+4915100000001'];
		const move = { accountKey: 'account', oldKey: PERSON, newKey: NEXT, at: start + 5_000 };
		const again = { accountKey: 'account', oldKey: NEXT, newKey: LAST, at: start + 9_000 };
		await receive([text('first')], { moves: [move] });
		await receive([text('late', { at: start + 1_000 }), text('heir', { at: start + 7_000 })]);
		expect(await contents({ contactKeys: [NEXT] })).toEqual(
			['first', 'late'].map((id) => `content of ${id}`),
		);
		await receive([], { moves: [again] });
		const deleted: ChangedText = { ...text('gone', { at: start + 2_000 }), content: null };
		await receive([text('gone', { at: start + 2_000 }), text('later', { at: start + 3_000 })], {
			changed: [deleted],
		});
		expect(await contents({ contactKeys: [LAST] })).toEqual(
			['first', 'late', 'later'].map((id) => `content of ${id}`),
		);
		expect(await contents({ contactKeys: [PERSON, NEXT] })).toEqual(['content of heir']);
	});

	test('the purge follows their own retention, for one account alone', async () => {
		await receive([
			text('old'),
			text('new', { at: start + 20 * dayMs }),
			text('of another', { accountKey: 'another' }),
		]);
		const now = start + 30 * dayMs;
		const retention = { textsMs: 14 * dayMs };
		await store.purge('account', now - 3_600_000, retention);
		await store.purge('account', now, retention);
		expect(await contents()).toEqual(['content of new']);
		expect(await contents({ accountKey: 'another' })).toHaveLength(1);
	});
});

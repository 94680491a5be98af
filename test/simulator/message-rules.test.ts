import { at, textAt } from './support/json';
import { ana, ids, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'sent=0,delivered=0,read=0']);

type Parts = Record<string, unknown>;

/** 200, or the error's code. */
async function outcome(parts: Parts): Promise<unknown> {
	const answer = await simulator.send(parts);
	return answer.status === 200 ? 200 : at(answer.body, 'error', 'code');
}

const text = (content: unknown): Parts => ({ type: 'text', text: content });
const image = (content: unknown): Parts => ({ type: 'image', image: content });
const link = 'https://example.com/file';
const location = (content: Parts): Parts => ({ type: 'location', location: content });
const person = { name: { formatted_name: 'Ana Torres', first_name: 'Ana' } };
const contacts = (content: unknown): Parts => ({ type: 'contacts', contacts: content });

test.each<[string, Parts]>([
	['a text of 4096 characters', text({ body: 'x'.repeat(4096) })],
	['a text of 4096 emoji', text({ body: '🌵'.repeat(4096) })],
	['a text right to left', text({ body: 'שלום עליכם' })],
	['a text with preview', text({ body: 'https://example.com', preview_url: true })],
	['a text whose type goes without saying', { text: { body: 'hi' }, type: undefined }],
	['an image by link', image({ link, caption: 'x'.repeat(1024) })],
	['a video by link', { type: 'video', video: { link, caption: '' } }],
	['an audio by link', { type: 'audio', audio: { link } }],
	['a voice note by link', { type: 'audio', audio: { link, voice: true } }],
	['a document', { type: 'document', document: { link, filename: 'a.pdf', caption: 'c' } }],
	['a sticker', { type: 'sticker', sticker: { link } }],
	['a location in numbers', location({ latitude: 37.48, longitude: -122.15 })],
	['a location in text', location({ latitude: '-90', longitude: '180', name: 'N', address: 'A' })],
	['a contact', contacts([person])],
	['a contact with a leap day', contacts([{ ...person, birthday: '2012-02-29' }])],
	['257 contacts', contacts(Array.from({ length: 257 }, () => person))],
])('taken: %s', async (_name, parts) => {
	expect(await outcome(parts)).toBe(200);
});

test.each<[string, Parts, number]>([
	['a text of 4097 characters', text({ body: 'x'.repeat(4097) }), 100],
	['an empty text', text({ body: '' }), 100],
	['a text of spaces', text({ body: '  ' }), 100],
	['a text that is a number', text({ body: 1 }), 100],
	['a text that is no object', text('hi'), 100],
	['a text without body', text({}), 131008],
	['no text at all', { type: 'text', text: undefined }, 131008],
	['a preview that is no boolean', text({ body: 'x', preview_url: 'yes' }), 100],
	['an image with ID and link', image({ id: '1', link }), 131009],
	['an image with neither', image({ caption: 'x' }), 131008],
	['an image with an unknown ID', image({ id: '123' }), 100],
	['an image with a link that is none', image({ link: 'example.com/a.png' }), 131009],
	['an image with a file link', image({ link: 'file:///etc/passwd' }), 131009],
	['a caption of 1025 characters', image({ link, caption: 'x'.repeat(1025) }), 100],
	['an audio with caption', { type: 'audio', audio: { link, caption: 'x' } }, 100],
	['a sticker with caption', { type: 'sticker', sticker: { link, caption: 'x' } }, 100],
	['an audio whose voice is no boolean', { type: 'audio', audio: { link, voice: 'y' } }, 100],
	['a location without longitude', location({ latitude: 1 }), 131008],
	['a latitude of 91', location({ latitude: 91, longitude: 1 }), 131009],
	['a longitude of words', location({ latitude: 1, longitude: 'east' }), 131009],
	['no contacts', contacts([]), 131009],
	['258 contacts', contacts(Array.from({ length: 258 }, () => person)), 131009],
	['contacts that are no list', contacts(person), 100],
	['a contact without name', contacts([{}]), 131008],
	['a contact without formatted name', contacts([{ name: { first_name: 'A' } }]), 131008],
	['a birthday that does not exist', contacts([{ ...person, birthday: '2013-02-29' }]), 131009],
	['a birthday in words', contacts([{ ...person, birthday: 'May 1st' }]), 131009],
	['phones that are no list', contacts([{ ...person, phones: '1' }]), 100],
	['a pin outside a group', { type: 'pin', pin: { type: 'pin', message_id: 'x' } }, 131009],
])('refused: %s', async (_name, parts, code) => {
	expect(await outcome(parts)).toBe(code);
	expect(await simulator.admin('/counters')).toMatchObject({ acceptedMessages: 0 });
});

describe('reactions', () => {
	const react = (messageId: string, emoji: unknown): Parts => ({
		type: 'reaction',
		reaction: { message_id: messageId, emoji },
	});
	const write = async (): Promise<string> =>
		textAt(
			await simulator.admin('/chat/messages', {
				phoneNumberId: ids.phoneNumber,
				customer: ana,
				message: { type: 'text', text: { body: 'hi' } },
			}),
			'id',
		);

	test.each(['👍', '👍🏽', '❤️', '❤', '🇩🇪', '👨‍👩‍👧', '🏳️‍🌈', '3️⃣', ''])('taken: %s', async (emoji) => {
		expect(await outcome(react(await write(), emoji))).toBe(200);
	});

	test.each([
		['two emoji', '👍👍', 131009],
		['a letter', 'a', 131009],
		['a number', 1, 100],
		['none', undefined, 131008],
	])('refused: %s', async (_name, emoji, code) => {
		expect(await outcome(react(await write(), emoji))).toBe(code);
	});

	test('a context is refused', async () => {
		const id = await write();
		expect(await outcome({ ...react(id, '👍'), context: { message_id: id } })).toBe(100);
	});

	const lastStatus = async (): Promise<unknown> => {
		await simulator.admin('/clock', { ms: 1000 });
		const { data } = (await simulator.admin('/messages')) as { data: unknown[] };
		return [at(data.at(-1), 'status'), at(data.at(-1), 'errors', 0, 'code')];
	};

	test('goes as far as sent', async () => {
		await simulator.send(react(await write(), '👍'));
		expect(await lastStatus()).toEqual(['sent', undefined]);
	});

	test('to what is unknown, too old or a reaction fails later', async () => {
		expect(await outcome(react('wamid.unknown', '👍'))).toBe(200);
		expect(await lastStatus()).toEqual(['failed', 131009]);
		const answer = await simulator.send(react(await write(), '👍'));
		await simulator.send(react(textAt(answer.body, 'messages', 0, 'id'), '👎'));
		expect(await lastStatus()).toEqual(['failed', 131009]);
		const id = await write();
		await simulator.admin('/clock', { ms: 30 * 86_400_000 + 1 });
		await simulator.send(react(id, '👍'));
		expect(await lastStatus()).toEqual(['failed', 131009]);
	});
});

test('a group has three pins at most', async () => {
	const pin = async (id: number, type = 'pin'): Promise<unknown> =>
		await outcome({
			recipient_type: 'group',
			to: ids.group,
			type: 'pin',
			pin: { type, message_id: `wamid.${id}` },
		});
	expect([await pin(1), await pin(2), await pin(3), await pin(4)]).toEqual([200, 200, 200, 131009]);
	expect(await pin(1)).toBe(200);
	expect([await pin(1, 'unpin'), await pin(4)]).toEqual([200, 200]);
	expect(await pin(5, 'nail')).toBe(131009);
});

test('reading needs a message of a customer', async () => {
	const read = async (json: Parts): Promise<unknown> => {
		const answer = await simulator.graph(`/${ids.phoneNumber}/messages`, {
			json: { messaging_product: 'whatsapp', status: 'read', ...json },
		});
		return answer.status === 200 ? answer.body : at(answer.body, 'error', 'code');
	};
	const id = textAt(
		await simulator.admin('/chat/messages', {
			phoneNumberId: ids.phoneNumber,
			customer: ana,
			message: { type: 'text', text: { body: 'hi' } },
		}),
		'id',
	);
	expect(await read({ message_id: id })).toEqual({ success: true });
	expect(await read({ message_id: id, typing_indicator: { type: 'text' } })).toEqual({
		success: true,
	});
	expect(await read({ message_id: id, typing_indicator: { type: 'audio' } })).toBe(100);
	expect(await read({ message_id: 'wamid.unknown' })).toBe(131009);
	expect(await read({})).toBe(131008);
	expect(await read({ message_id: id, status: 'seen' })).toBe(100);
});

test('without strict references unknown templates are taken, and their shape is still checked', async () => {
	const template = (parameters: Parts[], name = 'whatever'): Parts => ({
		type: 'template',
		template: {
			name,
			language: { code: 'en' },
			components: [{ type: 'body', parameters }],
		},
	});
	await simulator.admin('/settings', { strictReferences: false }, 'PATCH');
	expect(await outcome(template([{ type: 'text', text: 'a' }]))).toBe(200);
	expect(await outcome(template([{ type: 'text' }]))).toBe(131008);
	expect(await outcome(template([{ type: 'text', text: 'a' }], 'hello_world'))).toBe(200);
	expect(await outcome({ type: 'image', image: { id: 'anything' } })).toBe(200);
});

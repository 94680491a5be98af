import { png } from '../../simulator/support/files';
import { runNode, useSimulator } from '../harness';
import { accepted, credentials, ids, itemsOf, problemOf, withoutStatuses } from './account';
import { binaryFile } from './files';

const simulator = useSimulator(withoutStatuses);

const send = async (
	parameters: Record<string, unknown>,
	rows: Record<string, unknown>[],
	account: Record<string, unknown> = {},
) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { valuesFrom: 'item', ...parameters },
		credentials: credentials(simulator.url, account),
		items: rows.map((json) => ({ json })),
		onError: 'continueRegularOutput',
	});

const renames = (names: Record<string, string>) => ({
	rename: Object.entries(names).map(([to, from]) => ({ from, to })),
});

/** The messages by recipient, because the order across people is not guaranteed. */
async function textsByRecipient(): Promise<Record<string, unknown>> {
	const messages = await accepted(simulator);
	return Object.fromEntries(
		messages.map(({ recipient, body }) => [recipient, (body['text'] as { body: string }).body]),
	);
}

test('a table needs no expression', async () => {
	const rows = [
		{ recipient: '+1 555 123 4567', text: 'Hi Ana', city: 'Bonn' },
		{ recipient: 15557654321, text: 42 },
	];
	await send({}, rows);
	expect(await textsByRecipient()).toEqual({ '15551234567': 'Hi Ana', '15557654321': '42' });
});

test('columns with other names are renamed in one place', async () => {
	const parameters = { renames: renames({ recipient: 'Phone', text: 'Message' }) };
	await send(parameters, [{ Phone: '+15551234567', Message: 'Hi', recipient: 'Ana', text: 'no' }]);
	expect(await textsByRecipient()).toEqual({ '15551234567': 'Hi' });
});

test('what a row does not have comes from the fields, also by an expression', async () => {
	const parameters = { text: '={{ "Dear " + $json.name }}', recipient: '' };
	await send(parameters, [
		{ recipient: '+15551234567', name: 'Ana' },
		{ recipient: '+15557654321', text: 'Own text', name: 'Bo' },
	]);
	expect(await textsByRecipient()).toEqual({
		'15551234567': 'Dear Ana',
		'15557654321': 'Own text',
	});
});

test('sender and reply can come from the row', async () => {
	await send({ text: 'Hi' }, [
		{
			recipient: '+15551234567',
			phoneNumberId: ids.secondPhoneNumber,
			replyToMessageId: 'wamid.X',
		},
	]);
	const [message] = await accepted(simulator);
	expect(message).toMatchObject({
		phoneNumberId: ids.secondPhoneNumber,
		body: { context: { message_id: 'wamid.X' } },
	});
});

test('members of the row that are no values change nothing', async () => {
	const row = {
		recipient: '+15551234567',
		text: 'Hi',
		operation: 'sendMedia',
		options: { trackingText: 'x' },
		delivery: { messagesPerSecond: 0 },
		type: 'image',
		to: '+15557654321',
		__proto__: { text: 'no' },
	};
	const [item] = itemsOf(await send({}, [row]));
	expect(problemOf(item)).toBeUndefined();
	const [message] = await accepted(simulator);
	expect(message).toMatchObject({ recipient: '15551234567', type: 'text' });
	expect(message?.body['biz_opaque_callback_data']).not.toContain('|');
});

test('the default country holds for rows, too', async () => {
	await send({}, [{ recipient: '0151 23456789', text: 'Hallo' }], { defaultCountry: 'DE' });
	expect(await textsByRecipient()).toEqual({ '4915123456789': 'Hallo' });
});

describe('a row that cannot be sent', () => {
	test.each([
		[{ text: 'Hi' }, '"Recipient" is empty'],
		[{ recipient: '', text: 'Hi' }, '"Recipient" is empty'],
		[{ recipient: null, text: 'Hi' }, '"Recipient" is empty'],
		[{ recipient: '+15551234567' }, '"Text" is'],
		[{ recipient: '+15551234567', text: { de: 'Hallo' } }, '"Text" must be text, but is an object'],
		[{ recipient: '+15551234567', text: 'x', previewUrl: 'yes' }, '"Preview Link" must be true'],
	])('%j', async (row, problem) => {
		const [, item] = itemsOf(await send({}, [{ recipient: '+15557654321', text: 'Hi' }, row]));
		expect(problemOf(item)).toContain(problem);
		expect(problemOf(item)).toContain('[item 1]');
		expect(await accepted(simulator)).toHaveLength(1);
	});

	test('its error says what the row has', async () => {
		const [item] = itemsOf(await send({}, [{ Phone: '+15551234567', text: 'Hi' }]));
		expect(item?.json['error']).toMatchObject({
			message: '"Recipient" is empty [item 0]',
			advice: expect.stringContaining('The item has the fields Phone, text; Rename Input Fields'),
		});
	});

	test('a required field may stay empty in this mode, for n8n too', async () => {
		const [item] = itemsOf(await send({ recipient: '', text: '' }, [{}]));
		expect(problemOf(item)).toContain('"Text" is empty [item 0]');
	});
});

describe('media', () => {
	test('a row with a link or an ID has chosen it', async () => {
		await simulator.admin('PATCH', '/settings', { strictReferences: false });
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: { operation: 'sendMedia', valuesFrom: 'item', mediaType: 'image' },
			credentials: credentials(simulator.url),
			items: [
				{ json: { recipient: '+15551230001', mediaLink: 'https://example.com/a.png' } },
				{ json: { recipient: '+15551230002', mediaId: '123' } },
				{
					json: { recipient: '+15551230003' },
					binary: { data: binaryFile(png(), 'image/png') },
				},
				{ json: { recipient: '+15551230004', mediaType: 'document', mediaId: '124' } },
			],
		});
		expect(itemsOf(result)).toHaveLength(4);
		const bodies = new Map(
			(await accepted(simulator)).map(({ recipient, type, body }) => [recipient, body[type]]),
		);
		expect(bodies.get('15551230001')).toEqual({ link: 'https://example.com/a.png' });
		expect(bodies.get('15551230002')).toEqual({ id: '123' });
		expect(bodies.get('15551230003')).toEqual({ id: expect.stringMatching(/^\d+$/) });
		expect(bodies.get('15551230004')).toEqual({ id: '124' });
	});

	test('an ID and a link at once are refused', async () => {
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: { operation: 'sendMedia', valuesFrom: 'item' },
			credentials: credentials(simulator.url),
			items: [{ json: { recipient: '+15551230001', mediaId: '1', mediaLink: 'https://a.b/' } }],
			onError: 'continueRegularOutput',
		});
		expect(problemOf(itemsOf(result)[0])).toContain('"Link" and a media ID are both given');
	});
});

import { convert } from '../../../converter/convert';
import type { Workflow } from '../../../converter/workflow/workflow';
import { png } from '../../simulator/support/files';
import { runNode, useSimulator } from '../harness';
import { accepted, credentials, ids, itemsOf, onlyJson, withoutStatuses } from './account';
import { binaryFile } from './files';
import { oldMessages, send } from './oldMessages';

const simulator = useSimulator(withoutStatuses);

const item = { json: { from: '15551234567', name: 'Ana', order: 'A-1001' } };

/** What the converter makes of a node of n8n's WhatsApp integration. */
function parametersOf(parameters: object, type = 'whatsApp'): Record<string, unknown> {
	const node = { name: 'One', type: `n8n-nodes-base.${type}`, typeVersion: 1.1, parameters };
	const old = type === 'httpRequest' ? { ...node, typeVersion: 4.2 } : node;
	const { text } = convert(JSON.stringify({ nodes: [old] }));
	const [converted] = (JSON.parse(text) as Workflow).nodes;
	expect(converted?.type).toBe('n8n-nodes-whatsapp-cloud.whatsAppCloud');
	return converted?.parameters as Record<string, unknown>;
}

const run = async (
	parameters: Record<string, unknown>,
	items: { json?: object; binary?: object }[] = [item],
) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters,
		credentials: credentials(simulator.url),
		items: items as never,
	});

/** The body that the converted node sends. */
async function bodyOf(
	old: object,
	type?: string,
	items?: Parameters<typeof run>[1],
): Promise<Record<string, unknown>> {
	const result = await run(parametersOf(old, type), items);
	expect(onlyJson(result)).toMatchObject({ outcome: 'sent' });
	const [message] = await accepted(simulator);
	return message?.body ?? {};
}

test.each(oldMessages)('%s goes out as before', async (_, old, body) => {
	expect(await bodyOf(old)).toMatchObject({ to: '+15551234567', ...body });
});

test('a file of the item, as before', async () => {
	const old = send({ messageType: 'image', mediaPath: 'useMedian8n', mediaPropertyName: 'photo' });
	const binary = { photo: binaryFile(png(), 'image/png', 'a.png') };
	expect(await bodyOf(old, 'whatsApp', [{ ...item, binary }])).toMatchObject({
		type: 'image',
		image: { id: expect.stringMatching(/^\d+$/) },
	});
});

test('a request to Meta goes out as before', async () => {
	const old = {
		method: 'POST',
		url: `https://graph.facebook.com/v21.0/${ids.phoneNumber}/messages`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody:
			'={"messaging_product":"whatsapp","to":"{{ $json.from }}","type":"text","text":{"body":"Hi {{ $json.name }}"}}',
		options: {},
	};
	expect(await bodyOf(old, 'httpRequest')).toMatchObject({
		to: '+15551234567',
		type: 'text',
		text: { body: 'Hi Ana' },
	});
});

test('a file is uploaded, looked up, fetched and deleted', async () => {
	const binary = { file: binaryFile(png(), 'image/png', 'a.png') };
	const upload = parametersOf({
		resource: 'media',
		operation: 'mediaUpload',
		phoneNumberId: ids.phoneNumber,
		mediaPropertyName: 'file',
	});
	const uploaded = await run({ ...upload, mediaKind: 'image' }, [{ json: {}, binary }]);
	const { mediaId } = onlyJson(uploaded);
	const look = parametersOf({
		resource: 'media',
		operation: 'mediaUrlGet',
		mediaGetId: '={{ $json.id }}',
	});
	const found = onlyJson(await run(look, [{ json: { id: mediaId } }]));
	expect(found).toMatchObject({
		mediaId,
		mimeType: 'image/png',
		url: expect.stringMatching(/^http/),
	});

	const deletion = {
		resource: 'media',
		operation: 'mediaDelete',
		mediaDeleteId: '={{ $json.id }}',
	};
	const deleted = await run(parametersOf(deletion), [{ json: { id: mediaId } }]);
	expect(onlyJson(deleted)).toEqual({ deleted: true });
});

test('the request behind a look-up fetches the file', async () => {
	const nodes = [
		{
			name: 'Look Up',
			type: 'n8n-nodes-base.whatsApp',
			typeVersion: 1,
			parameters: { resource: 'media', operation: 'mediaUrlGet', mediaGetId: '1' },
		},
		{
			name: 'Fetch',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: '={{ $json.url }}',
				options: {
					response: { response: { responseFormat: 'file', outputPropertyName: 'sound' } },
				},
			},
		},
	];
	const connections = { 'Look Up': { main: [[{ node: 'Fetch', type: 'main', index: 0 }]] } };
	const { text } = convert(JSON.stringify({ nodes, connections }));
	const fetch = (JSON.parse(text) as Workflow).nodes[1]?.parameters as Record<string, unknown>;

	const binary = { data: binaryFile(png(), 'image/png', 'a.png') };
	const upload = { resource: 'media', operation: 'upload', mediaKind: 'image' };
	const { mediaId } = onlyJson(await run(upload, [{ json: {}, binary }]));
	const [fetched] = itemsOf(await run(fetch, [{ json: { mediaId } }]));
	expect(fetched?.binary).toHaveProperty('sound');
});

test('a read receipt', async () => {
	const { id } = await simulator.admin<{ id: string }>('POST', '/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer: '15550200001',
		message: { type: 'text', text: { body: 'Hello' } },
	});
	const old = {
		method: 'POST',
		url: `https://graph.facebook.com/v21.0/${ids.phoneNumber}/messages`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={"messaging_product":"whatsapp","status":"read","message_id":"{{ $json.id }}"}',
		options: {},
	};
	const result = await run(parametersOf(old, 'httpRequest'), [{ json: { id } }]);
	expect(itemsOf(result)).toHaveLength(1);
});

test('an empty field fails with its name, and nothing goes out', async () => {
	const result = await run(parametersOf({ operation: 'send', textBody: 'Hi' }));
	expect(result.error?.message).toMatch(/"Recipient" is empty/);
	expect(await accepted(simulator)).toEqual([]);
});

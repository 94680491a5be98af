import { replayWebhook } from '../harness';

const SECRET = 'the-app-secret';
const credentials = {
	whatsAppCloudApi: {
		appSecret: SECRET,
		verifyToken: 'v',
		advancedSettings: true,
		stateStore: 'off',
	},
};

/** A body as in Meta's bytes; `JSON.stringify` would have rounded its numbers. */
const bodyOf = (field: string, value: string): string =>
	`{"object":"whatsapp_business_account","entry":[{"id":"300000000000001","changes":[{"field":"${field}","value":${value}}]}]}`;

async function onlyItem(body: string): Promise<Record<string, unknown>> {
	const parameters = { events: ['*'], settings: { raw: true } };
	const { status, outputs } = await replayWebhook({
		credentials,
		secret: SECRET,
		parameters,
		body,
	});
	expect(status).toBe(200);
	expect(outputs?.[0]).toHaveLength(1);
	return outputs?.[0]?.[0]?.json ?? {};
}

test('a notice keeps the digits of a long ID, also in its raw part', async () => {
	const body = bodyOf(
		'message_template_status_update',
		'{"event":"APPROVED","message_template_id":9007199254740993,"message_template_name":"x","message_template_language":"en"}',
	);
	const item = await onlyItem(body);
	expect(JSON.stringify(item)).not.toContain('9007199254740992');
	expect(item['raw']).toMatchObject({
		message_template_id: '9007199254740993',
	});
});

test('the answer of a Flow keeps them, within its JSON text and beside it', async () => {
	const answer = '{\\"order\\":12345678901234567891,\\"count\\":3,\\"at\\":1793620800000}';
	const message = `{"from":"4915112345678","id":"wamid.L","timestamp":"1793620800","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"${answer}"}}}`;
	const body = bodyOf(
		'messages',
		`{"messaging_product":"whatsapp","metadata":{"display_phone_number":"1","phone_number_id":"2"},"contacts":[{"wa_id":"4915112345678"}],"messages":[${message}]}`,
	);
	expect(await onlyItem(body)).toMatchObject({
		flow: { answers: { order: '12345678901234567891', count: 3, at: 1793620800000 } },
		text: expect.stringContaining('order: 12345678901234567891'),
	});
});

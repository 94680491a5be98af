import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { toItem } from '../../../nodes/WhatsAppCloud/actions/message/item';
import type { Run } from '../../../nodes/WhatsAppCloud/actions/run';
import { resources } from '../../../nodes/WhatsAppCloud/actions/table';
import { sendOperations } from '../../fixtures/messageFixtures';

interface Preview {
	properties: Record<string, unknown>;
}

const folder = join(__dirname, '../../../nodes/WhatsAppCloud/__schema__/v1.0.0/message');
const pathOf = (operation: string): string => join(folder, `${operation}.json`);
const previewOf = (operation: string): Preview =>
	JSON.parse(readFileSync(pathOf(operation), 'utf8')) as Preview;

const { json: sentItem } = toItem(
	{ account: { graphVersion: 'v25.0' } } as Run,
	{
		operationId: 'a',
		phoneNumberId: '1',
		recipient: { to: '+15551234567' },
		endpoint: 'messages',
		body: {},
		payloadHash: 'b',
	},
	{
		outcome: 'sent',
		messageId: 'wamid.1',
		waId: '15551234567',
		userId: 'US.1',
		attempts: 1,
		latencyMs: 100,
		fbtraceId: 'c',
		httpStatus: 200,
		token: 'active',
		error: null,
		cause: null,
	},
	'+1 555 123 4567',
	0,
);

test.each(Object.keys(resources.message.operations))(
	'n8n shows what %s gives before it has run',
	(operation) => expect(existsSync(pathOf(operation))).toBe(true),
);

test.each(Object.keys(sendOperations))('the preview of %s is what a send gives', (operation) => {
	const preview = previewOf(operation);
	const validate = new Ajv({ strict: false }).compile(preview);
	expect(Object.keys(preview.properties)).toEqual(Object.keys(sentItem));
	validate(sentItem);
	expect(validate.errors).toBeNull();
});

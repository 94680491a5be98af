import { z } from 'zod/v4';
import { defineMessage, type MessageType } from '../messageType';
import { bodyField, bodyPart, bodySchema, maxBodyCharacters, optionalBodySchema } from './parts';

/** A message of a text and a button whose words are WhatsApp's own. */
export function bodyOnly(definition: {
	/** `interactive.type` */
	type: string;
	/** `interactive.action.name` */
	action: string;
	bodyRequired?: boolean;
}): MessageType {
	const { type, action, bodyRequired = true } = definition;
	return defineMessage({
		fields: [bodyField(maxBodyCharacters, { required: bodyRequired })],
		schema: z.object({ body: bodyRequired ? bodySchema : optionalBodySchema }),
		build: ({ body }) => ({
			type: 'interactive',
			interactive: { type, ...bodyPart(body), action: { name: action } },
		}),
	});
}

import { z } from 'zod/v4';
import { defineVariant, type MessageVariant } from '../messageType';
import { bodyField, bodySchema, interactive, maxBodyCharacters, optionalBodySchema } from './parts';

/** A text with a button that WhatsApp labels. */
export function bodyOnly(definition: {
	name: string;
	description: string;
	/** `interactive.type` */
	type: string;
	/** `interactive.action.name` */
	action: string;
	bodyRequired?: boolean;
}): MessageVariant {
	const { name, description, type, action, bodyRequired = true } = definition;
	return defineVariant({
		name,
		description,
		fields: [bodyField(maxBodyCharacters, { required: bodyRequired })],
		schema: z.object({ body: bodyRequired ? bodySchema : optionalBodySchema }),
		build: ({ body }) => interactive(type, { body }, { name: action }),
	});
}

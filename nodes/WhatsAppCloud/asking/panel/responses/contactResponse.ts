import { z } from 'zod/v4';

import { defineResponse, onlyStep } from '../responseType';

/** A contact card from the person's address book. */
export const contact = defineResponse({
	name: 'Contact',
	description: 'A contact card that the person shares',
	fields: [],
	schema: z.object({}),
	ask: (_, texts) => onlyStep(texts, { kind: 'contact' }),
});

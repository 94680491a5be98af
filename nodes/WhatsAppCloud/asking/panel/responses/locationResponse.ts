import { z } from 'zod/v4';

import { defineResponse, onlyStep } from '../responseType';

/** A place on the map. */
export const location = defineResponse({
	name: 'Location',
	description: 'A place on the map, by a button that opens it',
	fields: [],
	schema: z.object({}),
	ask: (_, texts) => onlyStep(texts, { kind: 'location' }),
});

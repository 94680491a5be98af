/** What was thrown, in words. */
export const reasonOf = (thrown: unknown): string =>
	thrown instanceof Error ? thrown.message : String(thrown);

/** The HTTP status that Fastify gives an error; 500 for any other. */
export const statusOf = (thrown: unknown): number =>
	typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown
		? Number(thrown.statusCode)
		: 500;

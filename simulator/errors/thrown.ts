/** The message of whatever was thrown. */
export const reasonOf = (thrown: unknown): string =>
	thrown instanceof Error ? thrown.message : String(thrown);

/** The HTTP status that Fastify gave the error; otherwise 500. */
export const statusOf = (thrown: unknown): number =>
	typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown
		? Number(thrown.statusCode)
		: 500;

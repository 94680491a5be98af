/**
 * Whether n8n provides expressions only where one is evaluated, in this process.
 *
 * @see https://docs.n8n.io/hosting/configuration/environment-variables/
 */
export const hasLazyExpressions = (): boolean =>
	process.env['N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE']?.toLowerCase() === 'true';

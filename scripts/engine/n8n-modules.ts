/**
 * The one place that loads n8n. Everything is required, not imported: n8n-core is CommonJS and
 * requires the CommonJS build of n8n-workflow, while an import would load a second copy with
 * different classes.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const requireFromCore = createRequire(require.resolve('n8n-core'));

export const n8nWorkflow = require('n8n-workflow') as typeof import('n8n-workflow');
export const n8nCore = require('n8n-core') as typeof import('n8n-core');
export const { Container } = requireFromCore('@n8n/di') as typeof import('@n8n/di');
export const { Logger } = requireFromCore(
	'@n8n/backend-common',
) as typeof import('@n8n/backend-common');
export const { installGlobalProxyAgent, parseIncomingMessage } = requireFromCore(
	'@n8n/backend-network',
) as typeof import('@n8n/backend-network');
export const { GlobalConfig } = requireFromCore('@n8n/config') as typeof import('@n8n/config');

interface MimeTypes {
	/** `text` or `text/plain` to a full header value, or false. */
	contentType(typeOrExtension: string): string | false;
}
export const mimeTypes = requireFromCore('mime-types') as MimeTypes;

interface QueryStrings {
	parse(query: string, options: { allowPrototypes: boolean }): Record<string, unknown>;
}
/** The query parser of n8n's web server ("extended"). */
export const queryStrings = requireFromCore('qs') as QueryStrings;

import { build, stop } from 'esbuild';
import { join } from 'node:path';
import { fillErrorPage, type CatalogueRow } from './error-tables.ts';

/** What the bundle below exports. */
interface Catalogue {
	errorCodes: readonly (readonly [code: number, ...unknown[]])[];
	lookUpErrorCode: (code: number) => CatalogueRow;
	adviceByClass: Readonly<Record<string, readonly [problem: string, next: string]>>;
}

/**
 * docs/troubleshooting.md with the catalogue of errors.
 * test/unit/docs/errorPage.test.ts fails if the page and the catalogue differ.
 */
export async function errorPage(page: string): Promise<string> {
	const { errorCodes, lookUpErrorCode, adviceByClass } = await loadCatalogue();
	const rows = errorCodes.map(([code]) => lookUpErrorCode(code));
	return fillErrorPage(page, rows, adviceByClass);
}

/** The sources name their imports without an ending, so that Node.js alone cannot load them. */
async function loadCatalogue(): Promise<Catalogue> {
	const errors = './nodes/WhatsAppCloud/graph/errors';
	const contents = [
		`export { errorCodes } from '${errors}/errorCodes';`,
		`export { lookUpErrorCode } from '${errors}/catalogue';`,
		`export { adviceByClass } from '${errors}/advice/adviceByClass';`,
	].join('\n');
	const { outputFiles } = await build({
		stdin: { contents, resolveDir: join(import.meta.dirname, '../..') },
		bundle: true,
		format: 'esm',
		write: false,
	});
	await stop();
	const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
	return (await import(`data:text/javascript;base64,${code}`)) as Catalogue;
}

import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asObject, asText } from '../json.ts';

const pageFolder = fileURLToPath(new URL('../page/', import.meta.url));
/** What the page that converts workflows runs in the browser. */
const converterFolder = fileURLToPath(new URL('../../converter/', import.meta.url));

const contentTypes: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.ts': 'text/javascript; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
	'.json': 'application/json',
};

/** Serves the page's files. Types are stripped on the fly, so there is no build step. */
export function registerPage(app: FastifyInstance): void {
	app.get('/', (_request, reply) => reply.redirect('/_simulator/chat/'));
	app.get('/favicon.ico', (_request, reply) => reply.code(204).send());
	// A trailing slash is ignored, so the wildcard alone would not match the page itself.
	const paths = ['/_simulator/chat', '/_simulator/chat/*'];
	for (const path of paths) app.get(path, filesOf(pageFolder));
	app.get('/convert', (_request, reply) => reply.redirect('/_simulator/chat/convert/index.html'));
	app.get('/converter/*', filesOf(converterFolder));
}

/** Answers with a file of the folder. */
function filesOf(folder: string) {
	return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
		const name = asText(asObject(request.params)?.['*']) ?? 'index.html';
		const path = normalize(join(folder, name));
		const contentType = contentTypes[extname(path)];
		const file =
			path.startsWith(folder.replace(/[\\/]$/, sep)) && contentType ? await read(path) : null;
		if (!file) return await reply.code(404).send({ error: `There is no file ${name}` });
		return await reply
			.type(contentType ?? 'application/octet-stream')
			.header('cache-control', 'no-cache')
			.header('x-frame-options', 'DENY')
			.send(extname(path) === '.ts' ? stripTypeScriptTypes(file.toString('utf8')) : file);
	};
}

async function read(path: string): Promise<Buffer | null> {
	try {
		return await readFile(path);
	} catch {
		return null;
	}
}

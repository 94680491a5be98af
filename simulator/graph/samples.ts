import { createReadStream } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { asObject, asText } from '../json.ts';
import type { Simulator, UploadSession } from '../simulator.ts';

/** The path of Meta's own addresses for samples. */
const folder = '/v/t61.29466-34';

const extensions: Readonly<Record<string, string>> = {
	'application/pdf': 'pdf',
	'image/png': 'png',
	'video/mp4': 'mp4',
};

/** The file name of an upload's address: the digits of its handle. */
function sampleName({ handle, fileType }: UploadSession): string {
	const digits = handle.slice(handle.lastIndexOf(':') + 1);
	return `${digits}_n.${extensions[fileType] ?? 'jpg'}`;
}

/** Where the file of an upload can be fetched by anybody, as the sample of a template. */
export function sampleAddress(origin: string, upload: UploadSession): string {
	return `${origin}${folder}/${sampleName(upload)}`;
}

/** Serves the samples, without a token as Meta's network for content does. */
export function registerSamples(app: FastifyInstance, simulator: Simulator): void {
	app.get(`${folder}/:name`, (request, reply) => {
		const name = asText(asObject(request.params)?.['name']) ?? '';
		for (const upload of simulator.uploads.values()) {
			if (upload.path === null || sampleName(upload) !== name) continue;
			return reply
				.type(upload.fileType)
				.header('content-length', String(upload.fileOffset))
				.header('content-security-policy', 'sandbox')
				.header('x-content-type-options', 'nosniff')
				.send(createReadStream(upload.path));
		}
		return reply.code(404).type('text/plain').send('URL signature mismatch');
	});
}

import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { StoredFile } from '../state/media.ts';
import { bodyOf } from './call.ts';

/** The largest files are documents of 100 MB; one byte more is read to refuse larger ones. */
const maxFileBytes = 100 * 1024 * 1024 + 1;

/** What a request carries besides its address. The caller keeps or discards the file. */
export interface Form {
	fields: Record<string, unknown>;
	file: StoredFile | null;
	filename: string;
	mimeType: string;
}

/** Lets the routes of this scope read forms with a file. */
export async function acceptForms(app: FastifyInstance): Promise<void> {
	await app.register(multipart, {
		limits: { fileSize: maxFileBytes, files: 1, fields: 20 },
		throwFileSizeLimit: false,
	});
}

/** The form of a request, or its JSON body, which has no file. */
export async function readForm(simulator: Simulator, request: FastifyRequest): Promise<Form> {
	const form: Form = { fields: {}, file: null, filename: '', mimeType: '' };
	if (!request.isMultipart()) return { ...form, fields: bodyOf(request) };
	for await (const part of request.parts()) {
		if (part.type === 'field') {
			const text = asText(part.value);
			if (text !== undefined) form.fields[part.fieldname] = text;
			continue;
		}
		const stream: Readable = part.file;
		if (part.fieldname !== 'file' || form.file) {
			stream.resume();
			continue;
		}
		form.file = await simulator.media.write(stream);
		form.filename = part.filename;
		form.mimeType = part.mimetype;
	}
	return form;
}

import { truncate } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import type { Simulator, UploadSession } from '../simulator.ts';
import { newNumericId } from '../state/ids.ts';
import { idOf, callOf, parameter } from './call.ts';
import { invalidParameter, unknownObject } from '../errors/graph-error.ts';

/** Types allowed for sample headers of templates and for profile pictures. */
const allowedTypes: ReadonlySet<string> = new Set([
	'application/pdf',
	'image/jpeg',
	'image/jpg',
	'image/png',
	'video/mp4',
]);

/** The longest file that a header takes. */
const maxBytes = 100 * 1024 * 1024;

/**
 * Resumable uploads, whose handles are used in templates and profiles.
 * https://developers.facebook.com/docs/graph-api/guides/upload
 */
export async function registerUploads(app: FastifyInstance, simulator: Simulator): Promise<void> {
	app.post('/:id/uploads', (request) => ({ id: openSession(simulator, request).id }));
	// The bytes may come with any content type, even that of a form.
	await app.register((scope, _options, registered) => {
		scope.removeAllContentTypeParsers();
		scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
		scope.post('/_upload/:id', async (request) => await receive(simulator, request));
		registered();
	});
	app.get('/_upload/:id', (request) => {
		const { id, fileOffset } = sessionOf(simulator, request);
		return { id, file_offset: fileOffset };
	});
}

function openSession(simulator: Simulator, request: FastifyRequest): UploadSession {
	const appId = idOf(request);
	const { app, token } = callOf(request);
	if ((app?.id ?? token?.appId) !== appId) throw unknownObject(request.method, appId);
	const fileType = asText(parameter(request, 'file_type')) ?? '';
	const fileLength = Number(asText(parameter(request, 'file_length')));
	if (!allowedTypes.has(fileType)) {
		throw invalidParameter(`Param file_type must be one of {${[...allowedTypes].join(', ')}}`);
	}
	if (!Number.isInteger(fileLength) || fileLength < 1) {
		throw invalidParameter('The parameter file_length is required.');
	}
	if (fileLength > maxBytes) throw invalidParameter(`Param file_length can be ${maxBytes} at most`);
	const key = Buffer.from(newNumericId(24)).toString('base64url');
	const session: UploadSession = {
		id: `upload:${key}`,
		fileName: asText(parameter(request, 'file_name')) ?? '',
		fileType,
		fileLength,
		fileOffset: 0,
		path: null,
		handle: `4::${Buffer.from(fileType).toString('base64')}:${newNumericId(20)}`,
	};
	simulator.uploads.set(session.id, session);
	return session;
}

function sessionOf(simulator: Simulator, request: FastifyRequest): UploadSession {
	const id = `upload:${idOf(request)}`;
	const session = simulator.uploads.get(id);
	if (!session) throw unknownObject(request.method, id);
	return session;
}

async function receive(simulator: Simulator, request: FastifyRequest): Promise<JsonObject> {
	const session = sessionOf(simulator, request);
	const offset = Number(request.headers['file_offset'] ?? 0);
	if (offset !== session.fileOffset) {
		throw invalidParameter(`file_offset is ${offset}, but ${session.fileOffset} bytes are here`);
	}
	if (request.body instanceof Readable) {
		session.path = await simulator.media.append(session.path, request.body, (count) => {
			session.fileOffset += count;
		});
	}
	if (session.fileOffset > session.fileLength) {
		if (session.path !== null) await truncate(session.path, offset);
		session.fileOffset = offset;
		throw invalidParameter(`The file is longer than the ${session.fileLength} bytes announced`);
	}
	if (session.fileOffset < session.fileLength) {
		throw invalidParameter(`${session.fileOffset} of ${session.fileLength} bytes are here`);
	}
	return { h: session.handle };
}

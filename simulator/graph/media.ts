import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import { checkUpload } from '../messages/media-rules.ts';
import type { Simulator } from '../simulator.ts';
import type { Media } from '../state/media.ts';
import { callOf, idOf, originOf, queryOf, reachBusinessAccount, reachPhoneNumber } from './call.ts';
import { GraphError, invalidParameter, unknownObject } from '../errors/graph-error.ts';
import type { Form } from './forms.ts';
import { readForm } from './forms.ts';
import type { NodeType } from './node-type.ts';

/**
 * `POST /{phone}/media` and downloads.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
 */
export function registerMedia(app: FastifyInstance, simulator: Simulator): void {
	app.post('/:id/media', async (request) => {
		const number = reachPhoneNumber(
			simulator,
			request,
			idOf(request),
			'whatsapp_business_messaging',
		);
		if (!request.isMultipart()) {
			throw invalidParameter('The request must be multipart/form-data with a file');
		}
		const parts = await readForm(simulator, request);
		try {
			const media = keep(simulator, parts, number.id);
			return { id: media.id };
		} catch (error) {
			if (parts.file) await simulator.media.discard(parts.file);
			throw error;
		}
	});
	app.get('/whatsapp_business/attachments', (request, reply) => {
		const query = queryOf(request);
		const text = (name: string): string => asText(query[name]) ?? '';
		const media = simulator.media.byUrl({ mid: text('mid'), ext: text('ext'), hash: text('hash') });
		if (!media || !reaches(simulator, request, media)) {
			throw new GraphError(131052, {
				httpStatus: 404,
				details: 'The media URL is wrong or has expired; ask for a new one with GET /{media-id}',
			});
		}
		return reply
			.type(media.mimeType)
			.header('content-length', String(media.byteLength))
			.header('content-disposition', 'inline')
			.send(createReadStream(media.path));
	});
}

/** @throws GraphError 100 or 131053 */
function keep(simulator: Simulator, parts: Form, phoneNumberId: string): Media {
	const { fields, file, filename } = parts;
	if (fields['messaging_product'] !== 'whatsapp') {
		throw invalidParameter('The parameter messaging_product is required.');
	}
	if (!file) throw invalidParameter('The parameter file is required.');
	const mimeType = asText(fields['type']) ?? parts.mimeType;
	checkUpload(file, mimeType);
	simulator.counters.uploads++;
	simulator.counters.uploadedBytes += file.byteLength;
	return simulator.media.add(file, { mimeType, filename, phoneNumberId, source: 'uploaded' });
}

/** Whoever has access to the number's business account has access to its files. */
function reaches(simulator: Simulator, request: FastifyRequest, media: Media): boolean {
	const number = simulator.account.phoneNumbers.get(media.phoneNumberId);
	const { token } = callOf(request);
	return (
		number !== undefined && (token?.businessAccountIds.includes(number.businessAccountId) ?? false)
	);
}

/** @throws GraphError 100 if the file is gone, out of reach or not of the number in the query */
function reachMedia(simulator: Simulator, request: FastifyRequest): Media {
	const id = idOf(request);
	const media = simulator.media.get(id);
	const number = simulator.account.phoneNumbers.get(media?.phoneNumberId ?? '');
	if (!media || !number) throw unknownObject(request.method, id);
	reachBusinessAccount(
		simulator,
		request,
		number.businessAccountId,
		'whatsapp_business_messaging',
		id,
	);
	const wanted = asText(queryOf(request)['phone_number_id']);
	if (wanted !== undefined && wanted !== media.phoneNumberId) {
		throw unknownObject(request.method, id);
	}
	return media;
}

export const mediaNodes: NodeType = {
	owns: (simulator, id) => simulator.media.get(id) !== undefined,
	get(simulator, request): JsonObject {
		const media = reachMedia(simulator, request);
		return {
			messaging_product: 'whatsapp',
			url: `${originOf(simulator, request)}${simulator.media.newUrlPath(media)}`,
			mime_type: media.mimeType,
			sha256: media.sha256Hex,
			file_size: media.byteLength,
			id: media.id,
		};
	},
	async delete(simulator, request): Promise<JsonObject> {
		const media = reachMedia(simulator, request);
		await simulator.media.delete(media.id);
		return { success: true };
	},
};

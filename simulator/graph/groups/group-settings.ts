import { readFile } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import { characterCount } from '../../messages/rules.ts';
import type { Simulator } from '../../simulator.ts';
import type { Group } from '../../state/groups.ts';
import type { StoredFile } from '../../state/media.ts';
import { newNumericId } from '../../state/ids.ts';
import { GraphError, invalidParameter } from '../../errors/graph-error.ts';
import { readForm } from '../forms.ts';
import { requireProduct } from './group-access.ts';
import { afterwards, publishGroup } from './group-notices.ts';

const maxSubject = 128;
const maxDescription = 2048;
const minSide = 192;
const maxPictureBytes = 5 * 1024 * 1024;

/** Without blanks around it; undefined if there is none. @throws GraphError 100 */
export function readSubject(value: unknown): string | undefined {
	if (value === undefined) return undefined;
	const subject = asText(value)?.trim() ?? '';
	const length = characterCount(subject);
	if (length >= 1 && length <= maxSubject) return subject;
	throw invalidParameter(`Param subject must be 1 to ${maxSubject} characters long.`);
}

/** @throws GraphError 100 */
export function readDescription(value: unknown): string | undefined {
	const description = asText(value);
	if (description === undefined || characterCount(description) <= maxDescription) {
		return description;
	}
	throw invalidParameter(`Param description must be at most ${maxDescription} characters long.`);
}

/**
 * Subject, description and picture; the webhook says what became of each.
 * @throws GraphError 100, 131209 or 131210 for the picture
 */
export async function changeGroup(
	simulator: Simulator,
	request: FastifyRequest,
	group: Group,
): Promise<JsonObject> {
	const { fields, file, mimeType } = await readForm(simulator, request);
	try {
		requireProduct(fields);
		const subject = readSubject(fields['subject']);
		const description = readDescription(fields['description']);
		const picture = file ? await readPicture(file, mimeType) : undefined;
		if (subject === undefined && description === undefined && picture === undefined) {
			throw invalidParameter('One of subject, description and file is required.');
		}
		const requestId = newNumericId(15);
		group.subject = subject ?? group.subject;
		group.description = description ?? group.description;
		group.pictureSha256 = picture ?? group.pictureSha256;
		afterwards(simulator, () => {
			publishGroup(simulator, group, 'group_settings_update', {
				type: 'group_settings_update',
				request_id: requestId,
				...(subject === undefined
					? {}
					: { group_subject: { text: subject, update_successful: true } }),
				...(description === undefined
					? {}
					: { group_description: { text: description, update_successful: true } }),
				...(picture === undefined
					? {}
					: {
							profile_picture: {
								mime_type: 'image/jpeg',
								sha256: picture,
								update_successful: true,
							},
						}),
			});
		});
		return { messaging_product: 'whatsapp', request_id: requestId };
	} finally {
		if (file) await simulator.media.discard(file);
	}
}

/** @returns its SHA-256 */
async function readPicture(file: StoredFile, mimeType: string): Promise<string> {
	if (file.byteLength > maxPictureBytes) {
		throw invalidParameter('The picture must be at most 5 MB');
	}
	const size = mimeType === 'image/jpeg' ? jpegSize(await readFile(file.path)) : null;
	if (size === null) throw invalidParameter('The picture must be image/jpeg');
	const [width, height] = size;
	if (width !== height) throw new GraphError(131209);
	if (width < minSide) throw new GraphError(131210);
	return file.sha256Hex;
}

/** Width and height from the frame header of a JPEG; null if it is none. */
function jpegSize(bytes: Buffer): [width: number, height: number] | null {
	if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
	for (let at = 2; at + 9 <= bytes.length;) {
		if (bytes[at] !== 0xff) return null;
		const marker = bytes[at + 1] ?? 0;
		// SOF0 to SOF15, but not DHT, JPG and DAC, which lie between them.
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
		at += 2 + bytes.readUInt16BE(at + 2);
	}
	return null;
}

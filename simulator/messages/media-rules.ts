import { GraphError, invalidParameter } from '../errors/graph-error.ts';
import type { StoredFile } from '../state/media.ts';
import { recognise } from './media-content.ts';
import { mediaTypeOf, stickerLimits, supportedMimeTypes } from './media-types.ts';

/**
 * An upload must have a supported type, must not be too large, and must be what it claims to be.
 * Documents with unrecognised content are taken at their word.
 * @throws GraphError 100 for an unknown type, 131053 for the rest
 */
export function checkUpload(file: StoredFile, mimeType: string): void {
	const rule = mediaTypeOf(mimeType);
	if (!rule) {
		throw invalidParameter(
			`Param file must be a file with one of the following types: ${supportedMimeTypes.join(', ')}. ` +
				`Received file of type '${mimeType}'.`,
		);
	}
	if (file.byteLength === 0) throw uploadError('The file is empty');
	const content = recognise(file.head);
	const isUnknown = content.kind === null;
	const fits = isUnknown
		? rule.kind === 'document'
		: (rule.content?.includes(content.kind ?? '') ?? false);
	if (!fits) {
		throw uploadError(
			`The file claims to be ${mimeType}, but its content is ${content.kind ?? 'something else'}`,
		);
	}
	if (content.fault !== null) throw uploadError(content.fault);
	const isStaticSticker = rule.kind === 'sticker' && !content.isAnimated;
	const maxBytes = isStaticSticker ? stickerLimits.staticBytes : rule.maxBytes;
	if (file.byteLength > maxBytes) {
		throw uploadError(
			`The file has ${file.byteLength} bytes; ${rule.kind} files may have ${maxBytes}`,
		);
	}
}

function uploadError(details: string): GraphError {
	return new GraphError(131053, { details });
}

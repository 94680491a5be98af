import { GraphError, invalidParameter, subcodeMembers } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { asList, asObject, asText } from '../../../json.ts';
import type { UploadSession } from '../../../simulator.ts';
import { newNumericId } from '../../../state/ids.ts';
import { sampleAddress } from '../../samples.ts';
import type { DefinitionContext } from './context.ts';
import { allowFields, missingField } from './fields.ts';
import { checkTextHeader } from './texts.ts';

const mebibyte = 1024 * 1024;

/** The samples that a header with a file takes. */
const samples: Readonly<Record<string, { types: readonly string[]; maxBytes: number }>> = {
	IMAGE: { types: ['image/jpeg', 'image/jpg', 'image/png'], maxBytes: 5 * mebibyte },
	VIDEO: { types: ['video/mp4'], maxBytes: 16 * mebibyte },
	GIF: { types: ['video/mp4'], maxBytes: 3.5 * mebibyte },
	DOCUMENT: { types: ['application/pdf'], maxBytes: 100 * mebibyte },
};

/**
 * Checks the header of a template or of a card.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components#media-header
 * @throws GraphError 100 for its format, 2388043 without sample, 131009 for a wrong one, and those
 * of text headers
 */
export function checkHeader(
	context: DefinitionContext,
	header: JsonObject,
	formats: readonly string[],
): void {
	const format = asText(header['format'])?.toUpperCase();
	if (format === undefined) throw missingField('HEADER', 'format');
	if (!formats.includes(format)) {
		throw invalidParameter(
			`Param components['HEADER']['format'] must be one of {${formats.join(', ')}}`,
		);
	}
	if (format === 'TEXT') {
		checkTextHeader(context, header);
		return;
	}
	const sample = samples[format];
	if (!sample) {
		allowFields(header, ['format']);
		return;
	}
	allowFields(header, ['format', 'example']);
	const [handle] = asList(asObject(header['example'])?.['header_handle']).map(asText);
	if (handle === undefined) throw missingField('HEADER', 'example');
	const upload = uploadOf(context, handle);
	if (!upload) return;
	if (!sample.types.includes(upload.fileType)) {
		throw badHandle(`A sample for ${format} must be of the type ${sample.types.join(' or ')}.`);
	}
	if (upload.fileLength > sample.maxBytes) {
		throw badHandle(`A sample for ${format} can have ${sample.maxBytes} bytes at most.`);
	}
}

/** The upload that the handle stands for. @throws GraphError 131009 for a handle of none */
function uploadOf({ simulator }: DefinitionContext, handle: string): UploadSession | null {
	for (const upload of simulator.uploads.values()) {
		if (upload.handle === handle && upload.fileOffset === upload.fileLength) return upload;
	}
	if (!simulator.settings.strictReferences) return null;
	throw badHandle('The uploaded media handle is not valid. Upload the file again.');
}

function badHandle(words: string): GraphError {
	return new GraphError(131009, { extra: subcodeMembers(2494102, words) });
}

/** A header as Graph shows it: the sample's address stands in the place of its handle. */
export function shownHeader(context: DefinitionContext, header: JsonObject): JsonObject {
	const [handle] = asList(asObject(header['example'])?.['header_handle']).map(asText);
	if (handle === undefined) return header;
	const upload = uploadOf(context, handle);
	const address = upload
		? sampleAddress(context.origin, upload)
		: `https://scontent.whatsapp.net/v/t61.29466-34/${newNumericId()}_n`;
	return { ...header, example: { header_handle: [address] } };
}

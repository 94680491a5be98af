import { GraphError, invalidParameter } from '../errors/graph-error.ts';
import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';
import { mediaTypeOf } from './media-types.ts';
import type { MediaKind } from './media-types.ts';
import { badValue, isAbsent, missing, optionalText, requireUrl } from './rules.ts';

const maxCaptionLength = 1024;
const maxFilenameLength = 240;

/** Where rules look up files, catalogs and products. */
export interface LookupContext {
	simulator: Simulator;
	number: PhoneNumber;
}

/**
 * Checks an object that names a file by exactly one of ID and link.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#media-object
 * @throws GraphError 131008 for neither, 131009 for both or a link that is none, 100 for an ID
 * that is not there (any more), 131053 for a file of the wrong type
 */
export function checkMediaObject(
	{ simulator, number }: LookupContext,
	object: JsonObject,
	kind: MediaKind,
	path: string,
): void {
	const hasId = !isAbsent(object['id']);
	const hasLink = !isAbsent(object['link']);
	if (hasId && hasLink) throw badValue(`${path} takes either id or link, not both`);
	if (!hasId && !hasLink) throw missing(`${path}.id or ${path}.link`);
	if (hasLink) {
		requireUrl(object, 'link', `${path}.link`);
		return;
	}
	const id = asText(object['id']);
	if (id === undefined) throw invalidParameter(`Param ${path}['id'] must be a string.`);
	if (!simulator.settings.strictReferences) return;
	const media = simulator.media.get(id);
	const owner = simulator.account.phoneNumbers.get(media?.phoneNumberId ?? '');
	if (!media || owner?.businessAccountId !== number.businessAccountId) {
		throw invalidParameter(
			`Param ${path}['id'] is not a valid whatsapp business account media attachment ID`,
		);
	}
	if (kind !== 'document' && mediaTypeOf(media.mimeType)?.kind !== kind) {
		throw new GraphError(131053, {
			details: `Unsupported ${kind} mime type ${media.mimeType}`,
		});
	}
}

/** @throws GraphError 100 */
export function checkCaption(object: JsonObject, path: string): void {
	optionalText(object, 'caption', `${path}['caption']`, {
		min: 0,
		max: maxCaptionLength,
		code: 100,
	});
}

/** @throws GraphError 100 for a key that Meta does not know on this type */
export function refuseKey(object: JsonObject, name: string, path: string): void {
	if (!isAbsent(object[name]))
		throw invalidParameter(`Unexpected key "${name}" on param "${path}".`);
}

/** @throws GraphError 100 */
export function checkFilename(object: JsonObject, path: string): void {
	optionalText(object, 'filename', `${path}['filename']`, { max: maxFilenameLength, code: 100 });
}

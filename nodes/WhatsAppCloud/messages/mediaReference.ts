import type { z } from 'zod/v4';
import { mediaParameters } from '../fields/mediaFields';
import { reportNoChoice } from '../values/choice';
import { idOfForm } from '../values/id';
import { readAt, readText } from '../values/schema/reading';
import { report } from '../values/schema/singleStep';
import { secureAddress } from '../values/webAddress';
import type { Fault } from '../values/words';
import { linkFilename } from './linkFilename';

/** Kinds of media as messages have them on the wire. */
export type WireMediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** What a file has to be. On the wire, a voice note is audio of a single type. */
export type MediaKind = WireMediaKind | 'voice';

/**
 * Media as the user gives it: already uploaded (an ID), on the web, or in the item. A file in the
 * item is uploaded before the message is built, so `build` sees only the first two.
 */
export type MediaReference =
	({ source: 'id' } & UploadedFile) | ({ source: 'link' } & LinkedFile) | MediaInItem;

/** A file on Meta's servers. */
export interface UploadedFile {
	id: string;
	/** The document's name for the recipient unless the user gives one: Meta forgets the name. */
	filename?: string;
}

/** A file on the web, which Meta fetches. */
interface LinkedFile {
	link: string;
	/** The document's name unless the user gives one: Meta takes no name from the link. */
	filename?: string;
}

/** A binary field of the item that still has to be uploaded. */
export interface MediaInItem {
	source: 'binary';
	kind: MediaKind;
	/** Name of the binary field. */
	binaryField: string;
	/** The parameter that names it, for errors. */
	parameter: string;
	/** What the panel calls it, if not Input Binary Field. */
	label?: string;
}

/**
 * Reads one media choice. If no source is chosen (a row of a table, a card in JSON), the filled
 * value decides; an ID and a link together are refused, not guessed between.
 *
 * @returns null when a problem was reported
 * @param values the parameters of the message, or of one row of it
 * @param prefix of the parameter names
 * @param kind what the file has to be
 * @param context where problems are reported
 */
export function readMedia(
	values: Record<string, unknown>,
	prefix: string,
	kind: MediaKind,
	context: Pick<z.core.ParsePayload, 'issues'>,
): MediaReference | null {
	const names = mediaParameters(prefix);
	const complain = (parameter: string, message: string, fault?: Fault): null =>
		report(context, [parameter], message, fault);
	const textIn = (parameter: string): string => {
		return readText(values[parameter] ?? '', context, [parameter])?.trim() ?? '';
	};
	const [id, link, binaryField] = [textIn(names.id), textIn(names.link), textIn(names.binaryField)];
	if (context.issues.length > 0) return null;

	switch (values[names.source] ?? soleSource(id, link)) {
		case 'both':
			return complain(
				names.link,
				'and a media ID are both given; give only one of them',
				'bothGiven',
			);
		case 'id': {
			const read = readAt(uploadedId, id, [names.id], context);
			return read === undefined ? null : { source: 'id', id: read };
		}
		case 'link': {
			const read = readAt(secureAddress, link, [names.link], context);
			return read === undefined ? null : { source: 'link', ...linkedFile(kind, read) };
		}
		case 'binary':
			if (binaryField === '') return complain(names.binaryField, 'is empty');
			return { source: 'binary', kind, binaryField, parameter: names.binaryField };
		default:
			return reportNoChoice(context, [names.source], sources, values[names.source]);
	}
}

/** Meta's IDs are digits, but its docs don't promise that: refuses only names and web addresses. */
const uploadedId = idOfForm(/^[\w-]+$/, 'must be an ID as an upload gives it');

const sources = ['binary', 'id', 'link'] as const;

function soleSource(id: string, link: string): 'both' | MediaReference['source'] {
	if (id !== '' && link !== '') return 'both';
	if (id !== '') return 'id';
	return link === '' ? 'binary' : 'link';
}

/** Only documents show a name. */
function linkedFile(kind: MediaKind, link: string): LinkedFile {
	const filename = kind === 'document' ? linkFilename(link) : undefined;
	return filename === undefined ? { link } : { link, filename };
}

/** The wire form of media that is uploaded or linked. */
export function mediaObject(media: MediaReference): UploadedFile | LinkedFile {
	switch (media.source) {
		case 'id': {
			const { id, filename } = media;
			return filename === undefined ? { id } : { id, filename };
		}
		case 'link': {
			const { link, filename } = media;
			return filename === undefined ? { link } : { link, filename };
		}
		case 'binary':
			throw new TypeError(`The binary field ${media.binaryField} has not been uploaded yet`);
	}
}

/**
 * Replaces every binary reference in a message's values with what `upload` returns for it.
 *
 * @param upload uploads the file and returns its media ID, for documents with their name
 */
export async function uploadBinaries<Values>(
	values: Values,
	upload: (media: MediaInItem) => Promise<string | UploadedFile>,
): Promise<Values> {
	// Most messages have no file: they cost neither copies nor promises.
	if (!holdsFile(values)) return values;
	if (Array.isArray(values)) {
		return (await Promise.all(
			values.map((value: unknown) => uploadBinaries(value, upload)),
		)) as Values;
	}
	if (isMediaInItem(values)) {
		const uploaded = await upload(values);
		const file = typeof uploaded === 'string' ? { id: uploaded } : uploaded;
		return { source: 'id', ...file } as Values;
	}
	const replaced: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(values)) {
		replaced[key] = await uploadBinaries<unknown>(value, upload);
	}
	return replaced as Values;
}

function holdsFile(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	if (isMediaInItem(value)) return true;
	// A loop makes no lists; this looks at every value of every message.
	for (const name in value) if (holdsFile(value[name as keyof typeof value])) return true;
	return false;
}

function isMediaInItem(value: object): value is MediaInItem {
	return 'source' in value && value.source === 'binary' && 'binaryField' in value;
}

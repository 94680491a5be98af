import { fileTypeFromBuffer } from 'file-type/core';
import type { Flaw } from '../../messages/mediaRules';
import { normaliseMimeType } from '../../values/files/fileEnding';
import type { Content } from './byteReader';
import { readCompoundType } from './compoundFile';
import { readOfficeType } from './officeZip';
import { flawIn } from './flaws';
import { isSvg, isText, isUtf16, textType } from './plainText';
import { readTracks } from './tracks';

/** How much of a file to examine for its type; the detector asks for 4,100 bytes. */
export const headBytes = 64 * 1024;

/** What a file contains. */
export interface ContentType {
	/** Null if the bytes do not show it. */
	mimeType: string | null;
	/** What is wrong with the file, whatever it is sent as. Completes the sentence "File …". */
	fault?: string;
	/** What Meta does not take in a file of this type. */
	flaw?: Flaw | undefined;
}

/** What the item says about a file. */
interface Named {
	mimeType: string;
	filename: string;
}

/** The type from the first bytes alone, and how to look deeper if they fit several types. */
interface FirstLook extends ContentType {
	lookDeeper?: () => Promise<ContentType>;
}

/**
 * Looks at the first bytes of a file. In containers (ZIP, MP4, the old Office formats) these do not
 * show what is inside; for that, more of the file has to be read.
 */
export async function lookAt(content: Content, head: Buffer, named: Named): Promise<FirstLook> {
	const text = (): ContentType => textIn(head, named);
	// Its byte order mark can also be the start of an audio frame.
	if (isUtf16(head)) return text();
	const found = (await fileTypeFromBuffer(head))?.mime ?? null;
	// The detector does not recognise a ZIP whose head ends in the middle of a part.
	if ((found === null && startsWith(head, 'PK\u0003\u0004')) || found === 'application/zip') {
		return {
			mimeType: 'application/zip',
			lookDeeper: async () => ({ mimeType: await readOfficeType(content) }),
		};
	}
	if (found === 'application/x-cfb') {
		return {
			mimeType: found,
			lookDeeper: async () => ({ mimeType: await readCompoundType(content) }),
		};
	}
	if (found === 'application/xml' && isSvg(head)) return { mimeType: 'image/svg+xml' };
	if (found !== null) {
		const mimeType = normaliseMimeType(found);
		return playable.has(mimeType)
			? { mimeType, lookDeeper: async () => await playedType(content, mimeType) }
			: { mimeType: found, flaw: flawIn(found, head) };
	}
	if (/^\s*%PDF-/.test(head.toString('latin1', 0, 1024))) return { mimeType: 'application/pdf' };
	return isText(head) ? text() : { mimeType: null };
}

/** Extensions of documents that are never plain text. */
const binaryEnding = /\.(pdf|docx?|xlsx?|pptx?)$/i;

/** A failed download often leaves a server's error message under the name of the file. */
function textIn(head: Buffer, { mimeType: declared, filename }: Named): ContentType {
	const mimeType = textType(head, normaliseMimeType(declared), filename);
	const ending = binaryEnding.exec(filename)?.[1]?.toUpperCase();
	if (mimeType !== 'text/plain' || ending === undefined) return { mimeType };
	return { mimeType, fault: `calls itself ${ending}, but holds plain text` };
}

/** Types that share one container, whose brand does not tell them apart. */
const playable: ReadonlySet<string> = new Set(['video/mp4', 'audio/mp4', 'video/3gpp']);

async function playedType(content: Content, mimeType: string): Promise<ContentType> {
	const { hasPicture, hasSound } = await readTracks(content);
	if (hasPicture) return { mimeType: mimeType === 'video/3gpp' ? mimeType : 'video/mp4' };
	if (hasSound) return { mimeType: 'audio/mp4' };
	return { mimeType, fault: 'has the form of MP4, but holds neither a picture nor sound' };
}

const startsWith = (head: Buffer, text: string): boolean =>
	head.toString('latin1', 0, text.length) === text;

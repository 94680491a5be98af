import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { mediaProblem, sizeProblem, uploadMimeType, type FileFacts } from '../messages/mediaRules';
import type { MediaKind } from '../messages/mediaReference';
import { FieldProblem } from '../values/problem';
import { readHead, type Content } from './content/byteReader';
import { headBytes, lookAt, type ContentType } from './content/contentType';
import { givenName, uploadName } from './mediaFilename';

/** How much of a file is in memory at once. */
const chunkBytes = 256 * 1024;

/** A file of an item, ready to be read as often as needed. */
export interface ItemFile extends Content {
	/** Where n8n keeps the content; null for content inside the item. */
	storageId: string | null;
	/** With the extension for its type. */
	filename: string;
	mimeType: string;
}

/**
 * Finds a binary field of an item and checks it against Meta's rules before anything is sent.
 *
 * @param field label of the parameter that names the binary field, for errors
 * @param kind what the file has to be
 * @throws FieldProblem when there is no such field, or Meta would refuse the file
 */
export async function openItemFile(
	host: IExecuteFunctions,
	itemIndex: number,
	binaryField: string,
	field: string,
	kind: MediaKind,
): Promise<ItemFile> {
	const binary = binaryOf(host, itemIndex, binaryField, field);
	const content = await contentOf(host, binary);
	const head = await readHead(content, headBytes);
	const filename = givenName(binary);
	const first = await lookAt(content, head, { mimeType: binary.mimeType, filename });
	const factsOf = ({ mimeType, fault, flaw }: ContentType): FileFacts => ({
		detectedMimeType: mimeType,
		declaredMimeType: binary.mimeType,
		sizeBytes: content.sizeBytes,
		isAnimated: isAnimatedWebp(head),
		fault,
		flaw,
	});
	// Don't read through a file that is too large anyway, just to learn its type.
	const isTooLarge = first.lookDeeper !== undefined && sizeProblem(kind, factsOf(first)) !== null;
	const facts = factsOf(isTooLarge ? first : ((await first.lookDeeper?.()) ?? first));
	const problem = isTooLarge ? sizeProblem(kind, facts) : mediaProblem(kind, facts);
	if (problem !== null) {
		throw new FieldProblem(
			field,
			`is "${binaryField}", and that file ${problem.message}`,
			problem.advice,
		);
	}
	const mimeType = uploadMimeType(facts);
	return { ...content, mimeType, filename: uploadName(filename, mimeType) };
}

/**
 * A binary field of an item.
 *
 * @param field label of the parameter that names it, for errors
 * @throws FieldProblem if the item has no such field
 */
export function binaryOf(
	host: Pick<IExecuteFunctions, 'getInputData'>,
	itemIndex: number,
	binaryField: string,
	field: string,
): IBinaryData {
	const binaries = host.getInputData()[itemIndex]?.binary ?? {};
	const binary = binaries[binaryField];
	if (binary !== undefined) return binary;
	const present = Object.keys(binaries);
	throw new FieldProblem(
		field,
		`is "${binaryField}", but the item has no such binary field`,
		present.length === 0
			? 'The item has no binary data at all. Add a node before this one that reads or downloads the file.'
			: `The item has: ${present.join(', ')}.`,
	);
}

/** n8n keeps a file outside the item (`id`), or inside it as base64. */
async function contentOf(
	host: IExecuteFunctions,
	binary: IBinaryData,
): Promise<Pick<ItemFile, 'storageId' | 'sizeBytes' | 'open'>> {
	const { id } = binary;
	if (id !== undefined && id !== '') {
		const { fileSize } = await host.helpers.getBinaryMetadata(id);
		return {
			storageId: id,
			sizeBytes: fileSize,
			open: () => host.helpers.getBinaryStream(id, chunkBytes),
		};
	}
	const bytes = Buffer.from(binary.data, 'base64');
	return {
		storageId: null,
		sizeBytes: bytes.length,
		open: () => Promise.resolve([bytes]),
	};
}

/**
 * An animated WebP has a flag in its extended header, byte 20.
 * https://developers.google.com/speed/webp/docs/riff_container#extended_file_format
 */
function isAnimatedWebp(head: Uint8Array): boolean {
	const isExtended = Buffer.from(head.subarray(12, 16)).toString('latin1') === 'VP8X';
	return isExtended && ((head[20] ?? 0) & 0b10) !== 0;
}

import { fileTypeFromBuffer } from 'file-type/core';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { mediaProblem, uploadMimeType, type FileFacts } from '../../messages/mediaRules';
import type { MediaKind } from '../../messages/mediaReference';
import { FieldProblem } from '../problems';

/** Enough of a file to know its type by content. */
const headBytes = 4100;

/** How much of a file is in memory at once. */
const chunkBytes = 256 * 1024;

/** A file of an item, ready to be read as often as needed. */
export interface ItemFile {
	/** Where n8n keeps the content; null for content inside the item. */
	storageId: string | null;
	filename: string;
	mimeType: string;
	sizeBytes: number;
	open(): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>;
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
	const binary = host.getInputData()[itemIndex]?.binary?.[binaryField];
	if (binary === undefined) {
		const present = Object.keys(host.getInputData()[itemIndex]?.binary ?? {});
		throw new FieldProblem(
			field,
			`is "${binaryField}", but the item has no such binary field`,
			present.length === 0
				? 'The item has no binary data at all. Add a node before this one that reads or downloads the file.'
				: `The item has: ${present.join(', ')}.`,
		);
	}
	const content = await contentOf(host, binary);
	const head = await readHead(await content.open());
	const detected = await fileTypeFromBuffer(head);
	const facts: FileFacts = {
		detectedMimeType: detected?.mime ?? null,
		declaredMimeType: binary.mimeType,
		sizeBytes: content.sizeBytes,
		isAnimated: isAnimatedWebp(head),
	};
	const problem = mediaProblem(kind, facts);
	if (problem !== null) {
		throw new FieldProblem(
			field,
			`is "${binaryField}", and that file ${problem}`,
			'Convert or shrink the file, or send it as a document.',
		);
	}
	const mimeType = uploadMimeType(kind, facts);
	return { ...content, mimeType, filename: filenameOf(binary, detected?.ext) };
}

/** n8n keeps a file outside the item (`id`), or inside as base64. */
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

async function readHead(
	stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of stream) {
		chunks.push(chunk);
		length += chunk.length;
		// Leaving the loop closes the stream.
		if (length >= headBytes) break;
	}
	return Buffer.concat(chunks).subarray(0, headBytes);
}

/**
 * A moving WebP says so in a flag of its extended header, byte 20.
 * https://developers.google.com/speed/webp/docs/riff_container#extended_file_format
 */
function isAnimatedWebp(head: Uint8Array): boolean {
	const isExtended = Buffer.from(head.subarray(12, 16)).toString('latin1') === 'VP8X';
	return isExtended && ((head[20] ?? 0) & 0b10) !== 0;
}

function filenameOf(binary: IBinaryData, detectedExtension: string | undefined): string {
	if (binary.fileName !== undefined && binary.fileName !== '') return binary.fileName;
	const extension = binary.fileExtension ?? detectedExtension;
	return extension === undefined ? 'file' : `file.${extension}`;
}

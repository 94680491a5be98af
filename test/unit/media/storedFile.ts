import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { openItemFile } from '../../../nodes/WhatsAppCloud/media/file';

/** How much of the stored file was read, and whether every stream was closed. */
interface Reads {
	bytes: number;
	streams: number;
	closed: number;
}

/** A host that keeps the file outside the item, as n8n keeps large ones, and counts the reads. */
export function hostWith(content: Buffer, parts: Partial<IBinaryData>): [IExecuteFunctions, Reads] {
	const reads: Reads = { bytes: 0, streams: 0, closed: 0 };
	async function* stream(chunkBytes: number) {
		reads.streams++;
		try {
			for (let at = 0; at < content.length; at += chunkBytes) {
				const chunk = content.subarray(at, at + chunkBytes);
				reads.bytes += chunk.length;
				yield await Promise.resolve(chunk);
			}
		} finally {
			reads.closed++;
		}
	}
	const host = {
		getInputData: () => [
			{ json: {}, binary: { data: { id: 'stored', data: '', mimeType: '', ...parts } } },
		],
		helpers: {
			getBinaryMetadata: () => Promise.resolve({ fileSize: content.length }),
			getBinaryStream: (_id: string, chunkBytes: number) => Promise.resolve(stream(chunkBytes)),
		},
	};
	return [host as unknown as IExecuteFunctions, reads];
}

export type Kind = Parameters<typeof openItemFile>[4];

/** Opens the file as a send would. */
export const open = async (kind: Kind, content: Buffer, parts: Partial<IBinaryData> = {}) => {
	const [host, reads] = hostWith(content, parts);
	const file = await openItemFile(host, 0, 'data', 'Input Binary Field', kind);
	return { mimeType: file.mimeType, filename: file.filename, reads };
};

/** The words with which the file is refused. */
export const refusal = async (kind: Kind, content: Buffer, parts: Partial<IBinaryData> = {}) => {
	const [host] = hostWith(content, parts);
	const thrown: unknown = await openItemFile(host, 0, 'data', 'Input Binary Field', kind).catch(
		(error: unknown) => error,
	);
	const { message, advice } = thrown as { message: string; advice: string };
	return `${message} ${advice}`;
};

import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { GraphClient } from '../graph/client';
import { uploadMedia } from '../graph/endpoints/media';
import type { MediaInItem, UploadedFile } from '../messages/mediaReference';
import { openItemFile, type ItemFile } from './file';

/** A file uploaded to Meta. */
interface Uploaded {
	file: UploadedFile;
	/** SHA-256 of its content, in hex. */
	contentHash: string;
}

/** Uploads files of the items, each once per run and sender. */
export interface Uploads {
	/**
	 * @throws FieldProblem when the binary field is missing or Meta would refuse the file
	 * @throws GraphApiError or NoAnswerError when the upload fails
	 */
	upload(media: MediaInItem, itemIndex: number, phoneNumberId: string): Promise<Uploaded>;
}

/** A file on its way to Meta, or already there. */
interface Upload {
	phoneNumberId: string;
	file: ItemFile;
	mediaId: Promise<string>;
}

/**
 * The uploads of one run: the same file for 1,000 people is uploaded once, even if every item has
 * its own copy.
 */
export function createUploads(host: IExecuteFunctions, graph: GraphClient): Uploads {
	const uploads = new Set<Upload>();
	const digests = new Map<ItemFile, Promise<string>>();

	const digestOf = (file: ItemFile): Promise<string> => {
		const digest = digests.get(file) ?? digestContent(file);
		digests.set(file, digest);
		return digest;
	};

	const find = async (phoneNumberId: string, file: ItemFile): Promise<Upload | undefined> => {
		for (const upload of uploads) {
			if (upload.phoneNumberId !== phoneNumberId || !mayBeSame(upload.file, file)) continue;
			if (isSamePlace(upload.file, file)) return upload;
			// Only files of the same size and type are read a second time to compare them.
			if ((await digestOf(upload.file)) === (await digestOf(file))) return upload;
		}
		return undefined;
	};

	// One at a time, so that two copies of a file do not both find nothing and both get uploaded.
	let lastLookUp: Promise<unknown> = Promise.resolve();
	const findOrStart = async (phoneNumberId: string, file: ItemFile): Promise<Upload> => {
		const known = await find(phoneNumberId, file);
		if (known) return known;
		const upload = { phoneNumberId, file, mediaId: uploadMedia(graph, phoneNumberId, file) };
		uploads.add(upload);
		// A failed upload is tried again for the next item that needs the file.
		upload.mediaId.catch(() => uploads.delete(upload));
		return upload;
	};

	return {
		async upload({ binaryField, kind, label = 'Input Binary Field' }, itemIndex, phoneNumberId) {
			const file = await openItemFile(host, itemIndex, binaryField, label, kind);
			const lookUp = lastLookUp.then(() => findOrStart(phoneNumberId, file));
			lastLookUp = lookUp.catch(() => undefined);
			const uploaded = await lookUp;
			const [id, contentHash] = await Promise.all([uploaded.mediaId, digestOf(uploaded.file)]);
			// Only documents show a name, and another item may have the same file under another name.
			const named = kind === 'document' ? { id, filename: file.filename } : { id };
			return { file: named, contentHash };
		},
	};
}

const mayBeSame = (a: ItemFile, b: ItemFile): boolean =>
	a.sizeBytes === b.sizeBytes && a.mimeType === b.mimeType;

const isSamePlace = (a: ItemFile, b: ItemFile): boolean =>
	a.storageId !== null && a.storageId === b.storageId;

async function digestContent(file: ItemFile): Promise<string> {
	const digest = createHash('sha256');
	for await (const chunk of await file.open()) digest.update(chunk);
	return digest.digest('hex');
}

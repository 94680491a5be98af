import type { IExecuteFunctions } from 'n8n-workflow';
import type { GraphClient } from '../../graph/client';
import { uploadMedia } from '../../graph/media';
import type { MediaInItem } from '../../messages/mediaReference';
import { openItemFile } from './file';

/** Uploads files of the items, each once per run and sender. */
export interface Uploads {
	/**
	 * @throws FieldProblem when the binary field is missing or Meta would refuse the file
	 * @throws GraphApiError or NoAnswerError when the upload fails
	 */
	mediaId(media: MediaInItem, itemIndex: number, phoneNumberId: string): Promise<string>;
}

/** The uploads of one run: the same file for 1,000 people goes up once. */
export function createUploads(host: IExecuteFunctions, graph: GraphClient): Uploads {
	const underWay = new Map<string, Promise<string>>();

	return {
		async mediaId(media, itemIndex, phoneNumberId) {
			const { binaryField, kind } = media;
			const file = await openItemFile(host, itemIndex, binaryField, 'Input Binary Field', kind);
			const key = [phoneNumberId, file.mimeType, file.key].join(' ');
			const known = underWay.get(key);
			if (known !== undefined) return await known;
			const upload = uploadMedia(graph, phoneNumberId, file);
			underWay.set(key, upload);
			// A failed upload is tried again for the next item that needs the file.
			upload.catch(() => underWay.delete(key));
			return await upload;
		},
	};
}

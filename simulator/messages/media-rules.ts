import { GraphError } from '../graph/errors.ts';
import type { StoredFile } from '../state/media.ts';

/** @throws GraphError 131053 for a file that WhatsApp does not take */
export function checkUpload(file: StoredFile, _mimeType: string): void {
	if (file.byteLength === 0) throw new GraphError(131053, { details: 'The file is empty' });
}

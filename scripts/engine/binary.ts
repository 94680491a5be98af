import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants, copyFile, link, mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { resolveUserPath } from './environment.ts';
import { Container, n8nCore } from './n8n-modules.ts';
import { RequestError } from './request-error.ts';
import type { OutputBinary } from './result.ts';

interface BinaryInput {
	path: string;
	mimeType?: string | undefined;
	fileName?: string | undefined;
}

/**
 * Copies a file into n8n's binary storage, as if an earlier node had stored it.
 *
 * @throws RequestError if the file cannot be read
 */
export async function storeBinary(
	input: BinaryInput,
	workflowId: string,
	executionId: string,
): Promise<IBinaryData> {
	const path = resolveUserPath(input.path);
	try {
		await access(path, constants.R_OK);
	} catch {
		throw new RequestError(`The binary file "${input.path}" cannot be read.`);
	}
	return await n8nCore.copyBinaryFile(
		workflowId,
		executionId,
		path,
		input.fileName ?? basename(path),
		input.mimeType,
	);
}

async function sha256(path: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(path), hash);
	return hash.digest('hex');
}

/**
 * Moves the binary data of output items out of n8n's storage, which is removed at exit, into
 * permanent files: as a hard link if possible, otherwise streamed.
 */
export class BinarySink {
	private folder: string | undefined;
	private readonly createFolder: () => Promise<string>;
	private count = 0;

	/** @param createFolder called once, when there is a file to keep */
	constructor(createFolder: () => Promise<string>) {
		this.createFolder = createFolder;
	}

	async keep(binary: IBinaryKeyData): Promise<Record<string, OutputBinary>> {
		const kept: Record<string, OutputBinary> = {};
		for (const [key, data] of Object.entries(binary)) kept[key] = await this.keepOne(data);
		return kept;
	}

	private async keepOne(data: IBinaryData): Promise<OutputBinary> {
		this.folder ??= await this.createFolder();
		this.count += 1;
		const subfolder = join(this.folder, String(this.count));
		await mkdir(subfolder);
		const fallback = data.fileExtension === undefined ? 'file' : `file.${data.fileExtension}`;
		const path = join(subfolder, basename(data.fileName ?? '') || fallback);
		if (data.id === undefined) {
			const content = Readable.from([Buffer.from(data.data, 'base64')]);
			await pipeline(content, createWriteStream(path));
		} else {
			const stored = Container.get(n8nCore.BinaryDataService).getPath(data.id);
			await link(stored, path).catch(async () => await copyFile(stored, path));
		}
		return {
			mimeType: data.mimeType,
			fileName: data.fileName ?? null,
			fileSize: (await stat(path)).size,
			path,
			sha256: await sha256(path),
		};
	}
}

import { uploadForHandle } from '../../../graph/endpoints/resumableUpload';
import { openItemFile } from '../../../media/file';
import type { Run } from '../../../node/run';
import type { DefinedComponent } from '../../../templates/creation/definition';
import { exampleProblem, exampleRules } from '../../../templates/creation/exampleFiles';
import { pendingFiles, withHandles, type HeaderFile } from '../../../templates/creation/files';
import type { Place } from '../../../templates/creation/place';
import { FieldProblem } from '../../../values/problem';

/** What the upload of one example needs. */
interface ExampleFile {
	filename: string;
	mimeType: string;
	sizeBytes: number;
	open(): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>;
}

/**
 * Uploads the example files of a definition, one after the other, and puts Meta's handles in their
 * places. All of them are checked before the first one is uploaded.
 *
 * @param labelOf the label of the field behind a place, for errors
 * @throws FieldProblem if a file is missing or Meta would refuse it
 * @throws GraphApiError or NoAnswerError
 */
export async function withUploadedExamples(
	run: Run,
	components: readonly DefinedComponent[],
	itemIndex: number,
	labelOf: (place: Place) => string,
): Promise<DefinedComponent[]> {
	const checked = [];
	for (const pending of pendingFiles(components)) {
		const label = labelOf([...pending.place, 'example']);
		checked.push({ place: pending.place, file: await openExample(run, pending, itemIndex, label) });
	}
	const handles = new Map<string, string>();
	for (const { place, file } of checked) {
		const scope = { permission: 'whatsapp_business_messaging', signal: run.signal } as const;
		handles.set(keyOf(place), await uploadForHandle(run.graph, run.account, file, scope));
	}
	return withHandles(components, (place) => handles.get(keyOf(place)));
}

const keyOf = (place: Place): string => place.join('.');

async function openExample(
	run: Run,
	{ format, file }: HeaderFile,
	itemIndex: number,
	label: string,
): Promise<ExampleFile> {
	const opened =
		'binaryField' in file
			? await openItemFile(
					run.host,
					itemIndex,
					file.binaryField,
					label,
					exampleRules[format]?.kind ?? 'document',
				)
			: await fetchExample(run, format, file.address, label);
	const problem = exampleProblem(format, opened);
	if (problem === null) return opened;
	const named = 'binaryField' in file ? ` "${file.binaryField}", and that file` : ' a file that';
	throw new FieldProblem(label, `is${named} ${problem}`, 'Use another file.');
}

/** Fetches the file that a template shows now, because Meta takes no address for it. */
async function fetchExample(
	run: Run,
	format: string,
	address: string,
	label: string,
): Promise<ExampleFile> {
	const rule = exampleRules[format];
	const maxBytes = rule?.maxBytes ?? 0;
	const opened = await run.graph.download(address, { signal: run.signal, maxBytes });
	if (!opened.ok) {
		throw new FieldProblem(
			label,
			`is the address of a file that cannot be fetched: ${opened.error.message}`,
			'Meta takes no address as an example. Name a binary field of the item for the header instead.',
		);
	}
	const bytes = await opened.file.content.toArray();
	const content = Buffer.concat(bytes as Buffer[]);
	const isPng = content.subarray(0, 4).toString('latin1') === '\u0089PNG';
	const mimeType = format === 'IMAGE' && isPng ? 'image/png' : (rule?.mimeTypes[0] ?? '');
	return {
		filename: opened.file.filename ?? `example.${mimeType.split('/')[1] ?? ''}`,
		mimeType,
		sizeBytes: content.length,
		open: () => Promise.resolve([content]),
	};
}

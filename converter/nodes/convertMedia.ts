import { isExpression, recordOf, textOf, type Parameters } from '../workflow/workflow.ts';
import { filled, unknownNames, type Converted, type ConvertNode } from './conversion.ts';
import type { ResultShape } from '../expressions/paths.ts';
import { deletedShape, mediaShape, uploadShape } from './resultShapes.ts';
import { SharedFields } from './sharedFields.ts';

function ofMedia(
	operation: string,
	as: string,
	parameters: Parameters,
	shape: ResultShape | null,
	toDo: string[],
): Converted {
	return {
		type: 'whatsAppCloud',
		parameters: { resource: 'media', operation, ...parameters },
		as: `Media › ${as}`,
		shape,
		toDo,
	};
}

/** Media › Upload. What the file is for was not asked before. */
export const convertUpload: ConvertNode = (_node, parameters) => {
	const fields = new SharedFields(parameters);
	const additional = recordOf(parameters['additionalFields']);
	fields.dropped(unknownNames(additional, []));
	const own = filled({
		...fields.sender(),
		binaryField: parameters['mediaPropertyName'] ?? 'data',
	});
	fields.toDo.push('Use As is Document, which takes most files. Choose what the file is sent as.');
	return ofMedia('upload', 'Upload', own, uploadShape, fields.toDo);
};

/** Media › Download of n8n's node, which gives an address and no file. */
export const convertLookUp: ConvertNode = (_node, parameters) => {
	const fields = new SharedFields(parameters);
	const own = { mediaId: fields.required(parameters['mediaGetId'], 'Media ID') };
	return ofMedia('get', 'Get', own, mediaShape, fields.toDo);
};

export const convertDelete: ConvertNode = (_node, parameters) => {
	const fields = new SharedFields(parameters);
	const own = { mediaId: fields.required(parameters['mediaDeleteId'], 'Media ID') };
	return ofMedia('delete', 'Delete', own, deletedShape, fields.toDo);
};

/** The node that fetches a file from the address that Media › Get gives. */
export function downloadOf(mediaId: string, outputField: string): Converted {
	const parameters = { mediaId, ...filled({ outputField }) };
	return ofMedia('download', 'Download', parameters, null, []);
}

/** Whether a text is an expression that reads one member of an item, and nothing else. */
export const isSole = (text: unknown): boolean =>
	isExpression(text) && /^=\{\{[^{}]*\}\}$/.test(textOf(text).trim());

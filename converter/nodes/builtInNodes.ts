import { builtInPrefix } from '../workflow/nodeTypes.ts';
import {
	isExpression,
	parametersOf,
	recordOf,
	textOf,
	type WorkflowNode,
} from '../workflow/workflow.ts';
import { isLeft, unknownNames, type Conversion, type ConvertNode } from './conversion.ts';
import { convertDelete, convertLookUp, convertUpload } from './convertMedia.ts';
import { convertSend } from './convertMessage.ts';
import { convertTemplate } from './convertTemplate.ts';
import { convertTrigger } from './convertTrigger.ts';
import { convertWait } from './convertWait.ts';

/** By the names of n8n's node: its resources and their operations, with the usual one first. */
const operations: Readonly<Record<string, Readonly<Record<string, ConvertNode>>>> = {
	message: { sendTemplate: convertTemplate, send: convertSend, sendAndWait: convertWait },
	media: { mediaUpload: convertUpload, mediaUrlGet: convertLookUp, mediaDelete: convertDelete },
};

/**
 * Every field of n8n's node, in any of its operations. A file may still hold those of an operation
 * chosen before, which are left out without a word; what is not here never was a field, and is named.
 */
const builtInFields: readonly string[] = [
	...['resource', 'operation', 'phoneNumberId', 'recipientPhoneNumber', 'requestOptions'],
	...['messageType', 'messagingProduct', 'textBody', 'additionalFields', 'name'],
	...['mediaPath', 'mediaLink', 'mediaId', 'mediaPropertyName', 'mediaFilename'],
	...['longitude', 'latitude', 'template', 'templateLanguageCode', 'components'],
	...['mediaGetId', 'mediaDeleteId', 'message', 'responseType', 'approvalOptions', 'options'],
	...['subject', 'defineForm', 'jsonOutput', 'formFields', 'descriptionType', 'toolDescription'],
];

/** The versions that the converter knows. */
const versions: Readonly<Record<string, readonly number[]>> = {
	whatsApp: [1, 1.1],
	whatsAppTool: [1, 1.1],
	whatsAppHitlTool: [1, 1.1],
	whatsAppTrigger: [1],
};

/** The node's name within n8n's WhatsApp integration; `null` for any other node. */
export function builtInName({ type }: WorkflowNode): string | null {
	const name = type.startsWith(builtInPrefix) ? type.slice(builtInPrefix.length) : '';
	return Object.hasOwn(versions, name) ? name : null;
}

/** What n8n adds to the name of a node that an agent uses, or that reviews what an agent does. */
export const toolSuffix = (name: string): string => /(?:Hitl)?Tool$/.exec(name)?.[0] ?? '';

/** Converts a node of n8n's WhatsApp integration. */
export function convertBuiltIn(node: WorkflowNode, name: string): Conversion {
	const { typeVersion = 1 } = node;
	if (!versions[name]?.includes(Number(typeVersion))) {
		return { left: `has version ${textOf(typeVersion)}, which is not known` };
	}
	const parameters = parametersOf(node);
	if (name === 'whatsAppTrigger') return convertTrigger(node, parameters);
	// n8n shows no operation there, and sets it by itself.
	if (name === 'whatsAppHitlTool') return convertWait(node, parameters);
	const { resource = 'message', operation } = parameters;
	if (isExpression(resource) || isExpression(operation)) {
		return { left: 'chooses its operation by an expression' };
	}
	const ofResource = operations[textOf(resource)] ?? {};
	const [usual = ''] = Object.keys(ofResource);
	const convert = ofResource[textOf(operation) || usual];
	if (convert === undefined) {
		const named = [resource, operation].map(textOf).filter(Boolean).join(' › ');
		return { left: `has the operation "${named}", which is not known` };
	}
	const converted = convert(node, parameters);
	if (isLeft(converted)) return converted;
	const dropped = Object.keys(recordOf(parameters['requestOptions']));
	const unknown = unknownNames(parameters, builtInFields);
	return {
		...converted,
		toDo: [
			...converted.toDo,
			...(dropped.length === 0
				? []
				: [
						`Request options were left out, since requests are paced and repeated by themselves: ${dropped.join(', ')}.`,
					]),
			...(unknown.length === 0
				? []
				: [`Fields that n8n's node does not have were left out: ${unknown.join(', ')}.`]),
		],
	};
}

import { isExpression, recordOf, textOf, type Parameters } from '../workflow/workflow.ts';
import {
	filled,
	unknownNames,
	type Conversion,
	type Converted,
	type ConvertNode,
} from './conversion.ts';
import { contactOf } from './convertContact.ts';
import { sentShape } from './resultShapes.ts';
import { SharedFields } from './sharedFields.ts';

/** Builds the parameters of one Send operation; the fields that all share are added. */
type ConvertMessage = (parameters: Parameters, fields: SharedFields) => Parameters;

/** What an operation is called here, and how it is read. */
interface SendOperation {
	operation: string;
	as: string;
	read: ConvertMessage;
}

const additional = ({ additionalFields }: Parameters): Parameters => recordOf(additionalFields);

const text: ConvertMessage = (parameters, fields) => {
	const { previewUrl } = additional(parameters);
	fields.dropped(unknownNames(additional(parameters), ['previewUrl']));
	return {
		text: fields.required(parameters['textBody'], 'Text'),
		...(previewUrl === undefined ? {} : { previewUrl }),
	};
};

/** Where a file is, by the values of "Take … From". */
const sources: Readonly<Record<string, string>> = {
	useMediaLink: 'link',
	useMediaId: 'id',
	useMedian8n: 'binary',
};

const media: ConvertMessage = (parameters, fields) => {
	const { mediaPath = 'useMediaLink', mediaLink, mediaId, messageType } = parameters;
	const { mediaPropertyName, mediaFilename } = parameters;
	const { mediaCaption, mediaFilename: ownName, ...others } = additional(parameters);
	const source = sources[textOf(mediaPath)] ?? 'link';
	const isAudio = messageType === 'audio';
	const isDocument = messageType === 'document';
	fields.dropped([
		...Object.keys(others),
		...(isAudio && textOf(mediaCaption) !== '' ? ['Caption (audio has none)'] : []),
	]);
	const link = source === 'link' ? fields.required(mediaLink, 'Link') : '';
	if (link.startsWith('http:')) fields.toDo.push('The link has to begin with https://.');
	return filled({
		mediaType: messageType,
		mediaSource: source,
		mediaLink: link,
		mediaId: source === 'id' ? fields.required(mediaId, 'Media ID') : '',
		binaryField: source === 'binary' ? (mediaPropertyName ?? 'data') : '',
		caption: isAudio ? '' : mediaCaption,
		filename: isDocument ? textOf(ownName) || (source === 'id' ? mediaFilename : '') : '',
	});
};

const location: ConvertMessage = (parameters, fields) => {
	const { name, address } = recordOf(additional(parameters)['nameAndAddress']);
	return filled({
		latitude: fields.required(parameters['latitude'], 'Latitude'),
		longitude: fields.required(parameters['longitude'], 'Longitude'),
		locationName: name,
		locationAddress: address,
	});
};

const contacts: ConvertMessage = (parameters, fields) => ({
	contactsInput: 'fields',
	contacts: { contact: [contactOf(parameters['name'], additional(parameters), fields)] },
});

const mediaOperation: SendOperation = { operation: 'sendMedia', as: 'Send Media', read: media };

const operations: Readonly<Record<string, SendOperation>> = {
	text: { operation: 'sendText', as: 'Send Text', read: text },
	location: { operation: 'sendLocation', as: 'Send Location', read: location },
	contacts: { operation: 'sendContacts', as: 'Send Contacts', read: contacts },
	audio: mediaOperation,
	document: mediaOperation,
	image: mediaOperation,
	sticker: mediaOperation,
	video: mediaOperation,
};

/** Message › Send, of every type. */
export const convertSend: ConvertNode = (_node, parameters): Conversion => {
	const { messageType = 'text' } = parameters;
	if (isExpression(messageType))
		return { left: 'chooses the type of its message by an expression' };
	const chosen = operations[textOf(messageType)];
	if (chosen === undefined) {
		return { left: `sends messages of the type "${textOf(messageType)}", which is not known` };
	}
	const fields = new SharedFields(parameters);
	return sent(chosen, chosen.read({ ...parameters, messageType }, fields), fields);
};

/** A Send operation with the fields that all of them have. */
export function sent(
	{ operation, as }: Pick<SendOperation, 'operation' | 'as'>,
	own: Parameters,
	fields: SharedFields,
): Converted {
	return {
		type: 'whatsAppCloud',
		parameters: {
			resource: 'message',
			operation,
			...fields.sender(),
			...fields.recipient(),
			...own,
		},
		as,
		shape: sentShape,
		toDo: fields.toDo,
	};
}

import {
	isRecord,
	parametersOf,
	recordOf,
	recordsOf,
	textOf,
	type Parameters,
	type WorkflowNode,
} from '../workflow/workflow.ts';
import { httpRequestType } from '../workflow/nodeTypes.ts';
import { bodyOfRows } from './body.ts';

/** What an HTTP Request node asks for, whatever its version. */
export interface HttpRequest {
	method: string;
	/** Without an access token in its query. */
	url: string;
	/** The text of a JSON body, as a JSON field takes it; `null` for any other body and for none. */
	body: string | null;
	/** Whether the panel holds an access token as a text. */
	holdsToken: boolean;
	/** The field for the file that comes; `null` if it is not asked for one. */
	fileField: string | null;
	/** Whether an operation of this package has all that the request has. */
	isPlain: boolean;
	/** Whether the execution went on after errors, by a setting of the request. */
	goesOn: boolean;
}

interface Row {
	name: string;
	value: unknown;
}

/** Headers that the operations of this package set by themselves. */
const usual = ['content-type', 'accept'];

/** The header and the query parameter that hold an access token. */
const tokenNames = ['authorization', 'access_token'];

/** Reads the panel of an HTTP Request node; `null` for other nodes and unknown versions. */
export function requestOf(node: WorkflowNode): HttpRequest | null {
	if (node.type !== httpRequestType) return null;
	const version = Number(node.typeVersion ?? 1);
	const parameters = parametersOf(node);
	if (version < 1 || version >= 5 || Number.isNaN(version)) return null;
	const { rows, isPlain, ...read } =
		version < 3 ? olderPanel(parameters) : panel(parameters, version);
	const url = textOf(parameters['url']).trim();
	const [, withoutToken = url, token = ''] =
		/^(.*)\?access_token=(\{\{[^{}]*\}\}|[^&{}]*)$/.exec(url) ?? [];
	const names = rows.map(({ name }) => name.toLowerCase());
	const tokens = rows.filter((_, index) => tokenNames.includes(names[index] ?? ''));
	return {
		...read,
		url: withoutToken,
		holdsToken: [token, ...tokens.map(({ value }) => textOf(value))].some(isWritten),
		isPlain: isPlain && names.every((name) => [...usual, ...tokenNames].includes(name)),
	};
}

/** What both panels say; `rows` are the headers and the query. */
type Panel = Omit<HttpRequest, 'url' | 'holdsToken'> & { rows: Row[] };

/** Whether a token is there as a text, and not by an expression alone. */
const isWritten = (token: string): boolean =>
	token.replace(/\{\{[\s\S]*?\}\}/g, '').replace(/^=?\s*(?:Bearer|OAuth)?\s*/i, '') !== '';

function panel(parameters: Parameters, version: number): Panel {
	const { method, sendHeaders, sendQuery, sendBody, options } = parameters;
	const response = recordOf(recordOf(recordOf(options)['response'])['response']);
	const { responseFormat, outputPropertyName, fullResponse, neverError } = response;
	const headers =
		sendHeaders === true
			? sent(parameters, 'specifyHeaders', 'headerParameters', 'jsonHeaders')
			: [];
	const query =
		sendQuery === true ? sent(parameters, 'specifyQuery', 'queryParameters', 'jsonQuery') : [];
	const others = Object.keys(recordOf(options)).filter(
		(name) => !['response', 'redirect', 'timeout'].includes(name),
	);
	return {
		method: textOf(method) || 'GET',
		body: sendBody === true ? bodyOf(parameters, version) : null,
		fileField: responseFormat === 'file' ? textOf(outputPropertyName) || 'data' : null,
		rows: [...(headers ?? []), ...(query ?? [])],
		isPlain: headers !== null && query !== null && others.length === 0 && fullResponse !== true,
		goesOn: neverError === true,
	};
}

function bodyOf(parameters: Parameters, version: number): string | null {
	const { contentType = 'json', specifyBody = 'keypair', rawContentType, body } = parameters;
	if (contentType === 'raw') return textOf(rawContentType).includes('json') ? textOf(body) : null;
	if (contentType !== 'json') return null;
	if (specifyBody === 'json') return jsonText(parameters['jsonBody']);
	if (specifyBody !== 'keypair') return null;
	const rows = recordsOf(recordOf(parameters['bodyParameters'])['parameters']);
	return bodyOfRows(rows.map(rowOf), version >= 4);
}

/** Versions 1 and 2. */
function olderPanel(parameters: Parameters): Panel {
	const { requestMethod, jsonParameters, options, responseFormat, dataPropertyName } = parameters;
	const isJson = jsonParameters === true;
	const listOf = (list: unknown, json: unknown): Row[] | null =>
		isJson ? rowsOfJson(json) : recordsOf(recordOf(list)['parameter']).map(rowOf);
	const headers = listOf(parameters['headerParametersUi'], parameters['headerParametersJson']);
	const query = listOf(parameters['queryParametersUi'], parameters['queryParametersJson']);
	const fields = recordsOf(recordOf(parameters['bodyParametersUi'])['parameter']).map(rowOf);
	const others = Object.keys(recordOf(options)).filter(
		(name) => !['followRedirect', 'followAllRedirects', 'timeout'].includes(name),
	);
	return {
		method: textOf(requestMethod) || 'GET',
		body: isJson ? jsonText(parameters['bodyParametersJson']) : bodyOfRows(fields, false),
		fileField: responseFormat === 'file' ? textOf(dataPropertyName) || 'data' : null,
		rows: [...(headers ?? []), ...(query ?? [])],
		goesOn: false,
		isPlain:
			headers !== null &&
			query !== null &&
			others.length === 0 &&
			parameters['sendBinaryData'] !== true,
	};
}

/** Headers or a query, by rows or as JSON; `null` if they cannot be read. */
function sent(parameters: Parameters, how: string, list: string, json: string): Row[] | null {
	return parameters[how] === 'json'
		? rowsOfJson(parameters[json])
		: recordsOf(recordOf(parameters[list])['parameters']).map(rowOf);
}

const rowOf = ({ name, value }: Parameters): Row => ({ name: textOf(name), value });

function rowsOfJson(json: unknown): Row[] | null {
	if (json === undefined || json === '') return [];
	try {
		const read: unknown = isRecord(json) ? json : JSON.parse(textOf(json).replace(/^=/, ''));
		if (!isRecord(read)) return null;
		return Object.entries(read).map(([name, value]) => ({ name, value }));
	} catch {
		return null;
	}
}

const jsonText = (json: unknown): string => (isRecord(json) ? JSON.stringify(json) : textOf(json));

import { recordOf, recordsOf, textOf, type Parameters } from '../workflow/workflow.ts';
import { fillIn, filled, type ConvertNode } from './conversion.ts';
import { sent } from './convertMessage.ts';
import { listedText, SharedFields } from './sharedFields.ts';

/** Message › Send Template: name and language, and the values of its components by hand. */
export const convertTemplate: ConvertNode = (_node, parameters) => {
	const rows = recordsOf(recordOf(parameters['components'])['component']);
	const headers = rows.filter(({ type }) => type === 'header').flatMap(headerParameters);
	const [header, ...more] = headers;
	const kind = textOf(header?.['type']) || 'text';
	if (more.length > 0 || !['text', 'image'].includes(kind)) {
		return { left: 'gives its header values that only few templates take; build it anew' };
	}
	const fields = new SharedFields(parameters);
	const template = templateOf(parameters['template'], fields);
	const variables = rows
		.filter(({ type = 'body' }) => type === 'body')
		.flatMap(({ bodyParameters }) => recordsOf(recordOf(bodyParameters)['parameter']))
		.map((row) => variableOf(row, fields));
	const buttons = rows.filter(({ type }) => type === 'button').map((row) => buttonOf(row, fields));
	const parts = [
		...(header === undefined ? [] : ['header']),
		...(variables.length === 0 ? [] : ['body']),
		...(buttons.length === 0 ? [] : ['buttons']),
	];
	const own = {
		template,
		componentsInput: 'fields',
		templateParts: parts,
		...(header === undefined ? {} : headerOf(kind, header, fields)),
		...(variables.length === 0
			? {}
			: { bodyVariablesInput: 'fields', bodyVariables: { variable: variables } }),
		...(buttons.length === 0 ? {} : { buttonsInput: 'fields', buttons: { button: buttons } }),
	};
	return sent({ operation: 'sendTemplate', as: 'Send Template' }, own, fields);
};

const headerParameters = ({ headerParameters: list }: Parameters): Parameters[] =>
	recordsOf(recordOf(list)['parameter']);

/** n8n's node joins name and language by a bar, the list here by a colon. */
function templateOf(value: unknown, fields: SharedFields): Parameters {
	const written = listedText(value);
	if (written.trim() === '') {
		fields.toDo.push('Template was empty. Choose it.');
		return { __rl: true, mode: 'name', value: fillIn('Template') };
	}
	if (!written.startsWith('=')) {
		const [name = '', language = ''] = written.split('|');
		const cachedResultName = `${name} (${language})`;
		return { __rl: true, mode: 'list', value: `${name}:${language}`, cachedResultName };
	}
	const only = /^=\{\{([\s\S]*)\}\}$/.exec(written)?.[1];
	const isOne = only !== undefined && !only.includes('{{');
	const colon = isOne
		? `={{ String(${only.trim()}).replace('|', ':') }}`
		: written.replace(/\|(?![^{]*\}\})/, ':');
	return { __rl: true, mode: 'name', value: colon };
}

function headerOf(kind: string, row: Parameters, fields: SharedFields): Parameters {
	return kind === 'text'
		? { headerType: 'text', headerText: fields.required(row['text'], 'Header Variable') }
		: {
				headerType: 'image',
				headerMediaSource: 'link',
				headerMediaLink: fields.required(row['imageLink'], 'Header › Link'),
			};
}

function variableOf(row: Parameters, fields: SharedFields): Parameters {
	const { type = 'text', text, code, amount_1000: amount, date_time: date } = row;
	switch (type) {
		case 'currency':
			return filled({
				type,
				amount: textOf(amount),
				currencyCode: code,
				text: row['fallback_value'],
			});
		case 'date_time':
			return { type, text: fields.required(date, 'Date as Text') };
		default:
			return { type: 'text', text: fields.required(text, 'Body Variables › Text') };
	}
}

function buttonOf(row: Parameters, fields: SharedFields): Parameters {
	const { sub_type: type = 'quick_reply', index = 0, buttonParameters } = row;
	const { payload, text } = recordOf(recordOf(buttonParameters)['parameter']);
	const value = textOf(payload) || textOf(text);
	const shared = { type, index: textOf(index) };
	return type === 'url'
		? { ...shared, text: fields.required(value, 'Buttons › URL Variable') }
		: { ...shared, payload: fields.required(value, 'Buttons › Payload') };
}

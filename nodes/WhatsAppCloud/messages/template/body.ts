import { listFields } from '../../fields/listField';
import { readOptional } from '../../values/row';
import { defineComponent } from './component';
import {
	buildVariable,
	textsOfVariables,
	variableFields,
	variableList,
	variableRowName,
} from './variables';

/** The variables in the text. */
export const body = defineComponent({
	name: 'Body',
	description: 'Variables in the text',
	fields: listFields({
		name: 'bodyVariables',
		displayName: 'Body Variables',
		rowName: variableRowName,
		rowDisplayName: 'Variable',
		hint: 'One for each variable, in the order of the text. As JSON, also a list of texts, or an object by name or number.',
		row: variableFields,
		jsonExample: ['Ada', '20%'],
	}),
	read(values, problems) {
		const variables = readOptional(variableList, values, 'bodyVariables', problems) ?? [];
		return variables.length === 0 ? null : variables;
	},
	build: (variables) => [{ type: 'body', parameters: variables.map(buildVariable) }],
	variableTexts: (variables) => textsOfVariables(variables, ['bodyVariables']),
});

import {
	isRecord,
	parametersOf,
	recordOf,
	recordsOf,
	textOf,
	type WorkflowNode,
} from '../workflow/workflow.ts';
import { codeType, setType } from '../workflow/nodeTypes.ts';

/** The names at the top of the items that a node writes, where it passes the others on. */
export function namesWritten(node: WorkflowNode): string[] {
	const parameters = parametersOf(node);
	if (node.type === setType) return namesSet(node);
	if (node.type === codeType) return namesAssigned(textOf(parameters['jsCode']));
	if (node.type.endsWith('.crypto'))
		return [topOf(textOf(parameters['dataPropertyName']) || 'data')];
	return [];
}

/** What Edit Fields sets. Its versions hold that in three ways, and as JSON in a fourth. */
function namesSet(node: WorkflowNode): string[] {
	const { values, fields, assignments, jsonOutput, mode } = parametersOf(node);
	if (mode === 'raw') {
		const json = isRecord(jsonOutput) ? JSON.stringify(jsonOutput) : textOf(jsonOutput);
		return Array.from(json.matchAll(/["']?([A-Za-z_$][\w$]*)["']?\s*:/g), ([, name]) => name ?? '');
	}
	const rows = [
		...Object.values(recordOf(values)).flatMap(recordsOf),
		...recordsOf(recordOf(fields)['values']),
		...recordsOf(recordOf(assignments)['assignments']),
	];
	return rows.map(({ name }) => topOf(textOf(name)));
}

const namesAssigned = (code: string): string[] =>
	Array.from(
		code.matchAll(
			/(?:\.json|\$json)(?:\.([A-Za-z_$][\w$]*)|\[\s*['"]([^'"]+)['"]\s*\])[\w.[\]]*\s*=(?![=>])/g,
		),
		([, plain, quoted]) => plain ?? quoted ?? '',
	);

/** `text.body` sets a member of `text`. */
const topOf = (name: string): string => /^[^.[]*/.exec(name)?.[0] ?? '';

/** Whether Edit Fields gives the fields that it does not set, too. Its versions ask in three ways. */
export function keepsFields(node: WorkflowNode): boolean {
	const { keepOnlySet, include = 'all', includeOtherFields } = parametersOf(node);
	const version = Number(node.typeVersion ?? 1);
	if (version < 3) return keepOnlySet !== true;
	return version < 3.3 ? include === 'all' : includeOtherFields === true;
}

/** Whether code gives the items that it gets: `yes`, `no`, or `perhaps` where that was not followed. */
export function handsOn(code: string): 'yes' | 'no' | 'perhaps' {
	const makesItems = /\bjson\b["']?\s*:|\.json\s*=(?![=>])|\bjson\s*[,}]/.test(code);
	const declares =
		/\b(?:const|let|var)\s+(?:items|item)\s*=(?!\s*\$input\.(?:all\(\)|item|first\(\))\s*(?:;|\n|$))/.test(
			code,
		);
	if (makesItems || declares) return 'no';
	const returns = Array.from(code.matchAll(/\breturn\b([^;\n]*)/g), ([, given = '']) =>
		given.trim(),
	);
	const given = returns.filter((each) => /\$input|\bitems?\b/.test(each));
	if (given.length === 0) return 'no';
	return given.every((each) => /^(?:\$input\.(?:all\(\)|item)|items|item)$/.test(each))
		? 'yes'
		: 'perhaps';
}

import { reportText, type Finding } from './report/findings.ts';
import { convertWorkflow, type ConvertOptions } from './convertWorkflow.ts';
import { readFile } from './workflow/reading.ts';
import { textOf } from './workflow/workflow.ts';

/** A converted file. */
export interface ConvertedFile {
	/** The file with its workflows converted; the input itself if there was nothing to convert. */
	text: string;
	/** What was changed, what a person has to do, and what was left. */
	findings: Finding[];
	/** The findings as a text for people. */
	report: string;
}

/**
 * Converts workflows from n8n's WhatsApp nodes, Webhook nodes and requests to Meta to the nodes of
 * this package. Converting twice changes nothing.
 *
 * @param text a workflow file, or several in a list
 * @throws InputProblem if the text is no JSON or holds no workflow
 */
export function convert(text: string, options: ConvertOptions = {}): ConvertedFile {
	const { content, workflows } = readFile(text);
	const findings: Finding[] = [];
	let isChanged = false;
	for (const workflow of workflows) {
		const name = workflows.length > 1 ? textOf(workflow['name']) || 'Unnamed' : null;
		const converted = convertWorkflow(workflow, name, options);
		findings.push(...converted.findings);
		isChanged ||= converted.isChanged;
		Object.assign(workflow, converted.workflow);
	}
	return {
		text: isChanged ? `${JSON.stringify(content, null, 2)}\n` : text,
		findings,
		report: reportText(findings),
	};
}

/** Something that a person should know about a conversion. */
export interface Finding {
	/**
	 * `changed`: what was done; `toDo`: what a person has to do or check; `left`: what stayed as it
	 * was, and why.
	 */
	kind: 'changed' | 'toDo' | 'left';
	/** The workflow's name, where the file has several; the sub-workflow's within another one. */
	workflow: string | null;
	/** The node's name; `null` for what concerns the whole workflow. */
	node: string | null;
	text: string;
}

/** What the kinds are called, for people. */
export const headings: Readonly<Record<Finding['kind'], string>> = {
	changed: 'Changed',
	toDo: 'To do',
	left: 'Left as it was',
};

/** The findings as a text for people, one line each. */
export function reportText(findings: readonly Finding[]): string {
	const sections = (['toDo', 'left', 'changed'] as const).flatMap((kind) => {
		const lines = findings.filter((finding) => finding.kind === kind).map(lineOf);
		return lines.length === 0 ? [] : [`${headings[kind]}:\n${lines.join('\n')}`];
	});
	return sections.length === 0
		? "Nothing to convert: no nodes of n8n's WhatsApp integration were found."
		: sections.join('\n\n');
}

const lineOf = (finding: Finding): string => `- ${findingText(finding)}`;

/** One line, which begins with the place. */
export function findingText({ workflow, node, text }: Finding): string {
	const place = [workflow, node].filter((part) => part !== null).join(' › ');
	return `${place === '' ? '' : `${place}: `}${text}`;
}

import { convert } from '../../../converter/convert.ts';
import { findingText, headings, type Finding } from '../../../converter/report/findings.ts';
import { InputProblem } from '../../../converter/workflow/reading.ts';
import { el } from '../dom/element.ts';

/** How long "Copied" is shown, in milliseconds. */
const copiedMs = 1_500;

const input = el('textarea', {
	'data-testid': 'old-workflow',
	'aria-label': 'Workflow with the old nodes',
	placeholder: 'In n8n, select all nodes, copy them, and paste them here',
	spellcheck: 'false',
});
const output = el('textarea', {
	'data-testid': 'new-workflow',
	'aria-label': 'Workflow with the new nodes',
	readonly: true,
	spellcheck: 'false',
});
const copy = el('button', { type: 'button', 'data-testid': 'copy', disabled: true }, ['Copy']);
const file = el('input', { type: 'file', accept: '.json,application/json' });
const defaultSender = el('input', { type: 'checkbox', 'data-testid': 'default-sender' });
const report = el('section', {
	class: 'convert-report',
	'data-testid': 'report',
	'aria-live': 'polite',
});

/** Converts what was pasted, and shows the result and the report. */
function show(): void {
	output.value = '';
	copy.disabled = true;
	if (input.value.trim() === '') {
		report.replaceChildren();
		return;
	}
	try {
		const { text, findings } = convert(input.value, { defaultSender: defaultSender.checked });
		output.value = text;
		copy.disabled = false;
		report.replaceChildren(...sectionsOf(findings));
	} catch (error) {
		if (!(error instanceof InputProblem)) throw error;
		report.replaceChildren(
			el('p', { class: 'convert-problem', role: 'alert' }, [`${error.message} ${error.advice}`]),
		);
	}
}

function sectionsOf(findings: readonly Finding[]): HTMLElement[] {
	const sections = (['toDo', 'left', 'changed'] as const).flatMap((kind) => {
		const found = findings.filter((finding) => finding.kind === kind);
		if (found.length === 0) return [];
		const items = found.map((finding) => el('li', {}, [findingText(finding)]));
		return [el('div', {}, [el('h2', {}, [headings[kind]]), el('ul', {}, items)])];
	});
	const nothing = "No nodes of n8n's WhatsApp integration were found, so nothing was changed.";
	return sections.length > 0 ? sections : [el('p', {}, [nothing])];
}

async function copyResult(): Promise<void> {
	try {
		await navigator.clipboard.writeText(output.value);
		copy.textContent = 'Copied';
	} catch {
		// Without a secure address, browsers keep pages from the clipboard.
		output.select();
		copy.textContent = 'Press Ctrl+C';
	}
	setTimeout(() => (copy.textContent = 'Copy'), copiedMs);
}

input.addEventListener('input', show);
defaultSender.addEventListener('change', show);
copy.addEventListener('click', () => void copyResult());
file.addEventListener('change', () => {
	void file.files?.[0]?.text().then((text) => {
		input.value = text;
		file.value = '';
		show();
	});
});

document.body.append(
	el('main', { class: 'convert' }, [
		el('header', {}, [
			el('h1', {}, ['Moving over']),
			el('p', {}, [
				"Paste a workflow with n8n's WhatsApp nodes and copy it back with the nodes of this package. It is converted in this page: nothing leaves your machine.",
			]),
		]),
		el('label', { class: 'convert-choice' }, [
			defaultSender,
			" Let the credential's default phone number send, instead of those in the workflow: for a workflow that somebody else has shared.",
		]),
		el('div', { class: 'convert-sides' }, [
			el('section', { class: 'convert-side' }, [
				el('div', { class: 'convert-head' }, [
					el('h2', {}, ['Before']),
					el('label', { class: 'convert-file' }, ['Choose File…', file]),
				]),
				input,
			]),
			el('section', { class: 'convert-side' }, [
				el('div', { class: 'convert-head' }, [el('h2', {}, ['After']), copy]),
				output,
			]),
		]),
		report,
	]),
);

import { recordOf, textOf, type Parameters, type WorkflowNode } from '../workflow/workflow.ts';

/** The phone numbers that a file names by their IDs: of its owner, or of whoever shared it. */
export class Senders {
	private readonly kept = new Map<string, string[]>();
	private readonly isDefault: boolean;

	/** @param isDefault whether the credential's default number sends in their place */
	constructor(isDefault: boolean) {
		this.isDefault = isDefault;
	}

	/** Leaves the number out, or remembers it. */
	choose({ name }: WorkflowNode, parameters: Parameters): Parameters {
		const { phoneNumberId, ...others } = parameters;
		const id = textOf(recordOf(phoneNumberId)['value']);
		if (!/^\d+$/.test(id)) return parameters;
		if (this.isDefault) return others;
		this.kept.set(id, [...(this.kept.get(id) ?? []), name]);
		return parameters;
	}

	/** What to check. */
	toDo(): string[] {
		return [...this.kept].map(([id, nodes]) => {
			const names = nodes.map((name) => `"${name}"`).join(', ');
			return `The phone number ID ${id} sends, as before, in ${names}. If it is not yours, since somebody else made the workflow, convert with the number of the credential instead: --default-sender, or the choice on the page.`;
		});
	}
}

import { recordOf, textOf, type WorkflowNode } from '../workflow/workflow.ts';

const credentialType = 'whatsAppCloudApi';
const usualName = 'WhatsApp Cloud API';

/**
 * Credentials by name: n8n gives none of their values away. What was one credential for sending and
 * one for the trigger is a single one.
 */
export class CredentialNames {
	private readonly given = new Set<string>();
	/** The only account of the workflow; `null` if it has none or several. */
	private readonly only: string | null;

	/** @param nodes of the workflow, before it is converted */
	constructor(nodes: readonly WorkflowNode[]) {
		const only = (type: string): string | null => {
			const names = new Set(nodes.map((node) => nameOf(node, type)).filter(Boolean));
			const [first = null, ...others] = names;
			return others.length === 0 ? first : null;
		};
		const isSending = nodes.some((node) => nameOf(node, 'whatsAppApi') !== '');
		this.only = only(isSending ? 'whatsAppApi' : 'whatsAppTriggerApi');
	}

	/** Gives a converted node the credential of this package, by the name of the old one. */
	give(before: WorkflowNode, converted: WorkflowNode): WorkflowNode {
		const name =
			nameOf(before, 'whatsAppApi') ||
			(this.only ?? (nameOf(before, 'whatsAppTriggerApi') || usualName));
		this.given.add(name);
		return { ...converted, credentials: { [credentialType]: { id: null, name } } };
	}

	/** What to enter anew. */
	toDo(): string[] {
		return [...this.given].map(
			(name) =>
				`Before you import the workflow, create a credential "WhatsApp Cloud API" with the name "${name}", by which n8n finds it: access token, business account ID and phone number ID; for the trigger also app ID, app secret and a verify token of your own. Leave Default Country empty, so that numbers are read as before.`,
		);
	}
}

const nameOf = ({ credentials }: WorkflowNode, type: string): string =>
	textOf(recordOf(recordOf(credentials)[type])['name']).trim();

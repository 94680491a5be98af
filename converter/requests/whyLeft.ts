import { isNamedWhatsApp } from '../workflow/aboutWhatsApp.ts';
import { builtInPrefix, codeType, httpRequestType, ownPrefix } from '../workflow/nodeTypes.ts';
import { parametersOf, textOf, type WorkflowNode } from '../workflow/workflow.ts';

const requestTypes: ReadonlySet<string> = new Set([
	httpRequestType,
	`${builtInPrefix}httpRequestTool`,
	'@n8n/n8n-nodes-langchain.toolHttpRequest',
]);
const codeTypes: ReadonlySet<string> = new Set([
	codeType,
	`${builtInPrefix}function`,
	`${builtInPrefix}functionItem`,
	'@n8n/n8n-nodes-langchain.toolCode',
]);

const ofMeta = /graph\.facebook\.com|lookaside\.fbsbx\.com/;

/** Another request that used the credential of n8n's node. */
export const usesOldCredential = (node: WorkflowNode): boolean =>
	requestTypes.has(node.type) && parametersOf(node)['nodeCredentialType'] === 'whatsAppApi';

/**
 * Why a node that has to do with WhatsApp stayed as it was; `null` if it has not. n8n's own WhatsApp
 * nodes say that by themselves.
 *
 * @param isAbout whether the workflow has to do with WhatsApp
 */
export function whyLeft(node: WorkflowNode, isAbout: boolean): string | null {
	const { type } = node;
	const { url, edge, object, ...others } = parametersOf(node);
	const text = JSON.stringify(others);
	if (type.startsWith(ownPrefix) || type.startsWith(`${builtInPrefix}whatsApp`)) return null;
	if (requestTypes.has(type)) {
		const sends = /\/messages\b/.test(textOf(url)) && ofMeta.test(textOf(url));
		if (sends && text.includes('messaging_product')) {
			return 'sends a message by a request with settings of its own.';
		}
		const isMessenger = textOf(url).includes('/me/');
		return isAbout && ofMeta.test(textOf(url)) && !isMessenger
			? 'makes a request to Meta by itself, with the account that it had.'
			: null;
	}
	if (codeTypes.has(type)) {
		return isAbout && ofMeta.test(text) ? 'makes a request to Meta in its code.' : null;
	}
	const isGraph = type === `${builtInPrefix}facebookGraphApi`;
	if (isGraph && (text.includes('messaging_product') || (isAbout && edge === 'messages'))) {
		return 'calls Meta by the Facebook Graph API node.';
	}
	if (type === `${builtInPrefix}facebookTrigger` && /whatsapp/i.test(textOf(object))) {
		return "receives WhatsApp's events by the Facebook Trigger. Put a WhatsApp Cloud Trigger in its place.";
	}
	return isNamedWhatsApp(type) ? 'belongs to another package.' : null;
}

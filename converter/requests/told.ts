import { parametersOf, textOf, type Workflow, type WorkflowNode } from '../workflow/workflow.ts';

const requestTypes: ReadonlySet<string> = new Set([
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-base.httpRequestTool',
	'@n8n/n8n-nodes-langchain.toolHttpRequest',
]);
const codeTypes: ReadonlySet<string> = new Set([
	'n8n-nodes-base.code',
	'n8n-nodes-base.function',
	'n8n-nodes-base.functionItem',
	'@n8n/n8n-nodes-langchain.toolCode',
]);

const ofMeta = /graph\.facebook\.com|lookaside\.fbsbx\.com/;
const ofWhatsApp = /whats-?app|messaging_product/i;

const packageName = 'n8n-nodes-whatsapp-cloud.';
const ownNames = 'n8n-nodes-base.whatsApp';

/** Whether the workflow has to do with WhatsApp. */
export const isAboutWhatsApp = ({ nodes }: Workflow): boolean =>
	nodes.some(({ type, parameters }) =>
		ofWhatsApp.test(`${type} ${JSON.stringify(parameters ?? {})}`),
	);

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
	if (type.startsWith(packageName) || type.startsWith(ownNames)) return null;
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
	const isGraph = type === 'n8n-nodes-base.facebookGraphApi';
	if (isGraph && (text.includes('messaging_product') || (isAbout && edge === 'messages'))) {
		return 'calls Meta by the Facebook Graph API node.';
	}
	if (type === 'n8n-nodes-base.facebookTrigger' && /whatsapp/i.test(textOf(object))) {
		return "receives WhatsApp's events by the Facebook Trigger. Put a WhatsApp Cloud Trigger in its place.";
	}
	return ofWhatsApp.test(type) ? 'belongs to another package.' : null;
}

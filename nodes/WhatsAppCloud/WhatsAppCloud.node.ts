import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { outputsOf } from './asking/outputs';
import { answerCall, waitWebhooks } from './asking/waitWebhook';
import { nodeProperties } from './operations/description';
import { executeItems } from './node/execute';
import { subtitleOf } from './operations/subtitle';
import { findOperation, resources } from './operations/table';
import { testCredential } from './methods/credentialTest';
import { searchBusinessAccounts } from './methods/businessAccounts';
import { searchCatalogs } from './methods/catalogs';
import { searchFlows } from './methods/flows';
import { searchGroups } from './methods/groups';
import { searchAllTemplates, searchTemplateLibrary } from './methods/managedTemplates';
import { searchPhoneNumbers } from './methods/phoneNumbers';
import { getPresentComponents } from './methods/presentComponents';
import { searchProducts } from './methods/products';
import { getTemplateFields } from './methods/templateFields';
import { searchTemplates } from './methods/templates';

/** Sends WhatsApp messages and manages a WhatsApp Business account through Meta's Cloud API. */
export class WhatsAppCloud implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Cloud',
		name: 'whatsAppCloud',
		icon: { light: 'file:whatsapp-cloud.svg', dark: 'file:whatsapp-cloud.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: "Send messages and manage a WhatsApp Business account through Meta's Cloud API",
		defaults: { name: 'WhatsApp Cloud' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsOf(NodeConnectionTypes.Main),
		credentials: [{ name: 'whatsAppCloudApi', required: true, testedBy: 'testCredential' }],
		webhooks: waitWebhooks,
		properties: nodeProperties(),
	};

	methods = {
		credentialTest: { testCredential },
		resourceMapping: { getPresentComponents, getTemplateFields },
		listSearch: {
			searchAllTemplates,
			searchBusinessAccounts,
			searchCatalogs,
			searchFlows,
			searchGroups,
			searchPhoneNumbers,
			searchProducts,
			searchTemplateLibrary,
			searchTemplates,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, findOperation);
	}

	/** Called at the address of an execution that waits for an answer. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerCall(this);
	}
}

import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type ISupplyDataFunctions,
	type SupplyData,
} from 'n8n-workflow';
import { credentialName } from './graph/account';
import { memoryFields } from './memory/host/fields';
import { supplyMemory } from './memory/host/supplyMemory';
import { searchPhoneNumbers } from './methods/phoneNumbers';

/** Lets an AI agent read what a person and the business have written to each other. */
export class WhatsAppCloudMemory implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Cloud Memory',
		name: 'whatsAppCloudMemory',
		icon: { light: 'file:whatsapp-cloud.svg', dark: 'file:whatsapp-cloud.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ "last " + $parameter["messageCount"] + " messages" }}',
		description: 'Lets an AI agent know the last messages of a WhatsApp conversation',
		defaults: { name: 'WhatsApp Cloud Memory' },
		inputs: [],
		outputs: [NodeConnectionTypes.AiMemory],
		outputNames: ['Memory'],
		credentials: [{ name: credentialName, required: true }],
		properties: memoryFields,
	};

	methods = { listSearch: { searchPhoneNumbers } };

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		return await supplyMemory(this, itemIndex);
	}
}

import type { IDataObject } from 'n8n-workflow';
import { defineGraphOperation } from '../../../node/management/graphOperation';
import { phoneNumber } from '../../../node/management/target';
import { listIn, objectOf } from '../../../values/unknown';
import { componentFields, componentShape } from './conversationalFields';

/** Ice breakers and commands as items of this package name them. */
function componentItem(automation: unknown, phoneNumberId: string): IDataObject {
	const { prompts, commands } = objectOf(automation);
	return {
		phoneNumberId,
		iceBreakers: listIn(prompts),
		commands: listIn(commands)
			.map(objectOf)
			.map((command) => ({
				name: (command['command_name'] ?? null) as string | null,
				description: (command['command_description'] ?? null) as string | null,
			})),
	};
}

/**
 * What people see before they write, and when they type a slash.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers/conversational-components
 */
export const getConversationalComponents = defineGraphOperation({
	name: 'Get Conversational Components',
	action: 'Get ice breakers and commands of a phone number',
	description: 'Get the ice breakers and slash commands that people see in the chat',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	shape: {},
	request: () => ({ method: 'GET', query: { fields: 'conversational_automation' } }),
	item: ({ conversational_automation: automation }, _, { id }) => componentItem(automation, id),
	outputSchema: {
		phoneNumberId: 'string',
		iceBreakers: ['string'],
		commands: [{ name: 'string', description: 'string' }],
	},
});

/** Replaces the lists that are given; an empty one removes all of it. */
export const updateConversationalComponents = defineGraphOperation({
	name: 'Update Conversational Components',
	action: 'Update ice breakers and commands of a phone number',
	description: 'Replace the ice breakers, the slash commands, or both',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	fields: componentFields,
	shape: componentShape,
	request: ({ change, iceBreakers, commands }) => ({
		method: 'POST',
		edge: 'conversational_automation',
		isIdempotent: true,
		json: {
			...(change === 'commands' ? {} : { prompts: iceBreakers }),
			...(change === 'iceBreakers'
				? {}
				: {
						commands: commands.map(({ name, description }) => ({
							command_name: name,
							command_description: description,
						})),
					}),
		},
	}),
	item: (_, { change, iceBreakers, commands }, { id }) => ({
		success: true,
		phoneNumberId: id,
		iceBreakers: change === 'commands' ? null : iceBreakers.length,
		commands: change === 'iceBreakers' ? null : commands.length,
	}),
	outputSchema: {
		success: 'boolean',
		phoneNumberId: 'string',
		iceBreakers: 'integer',
		commands: 'integer',
	},
});

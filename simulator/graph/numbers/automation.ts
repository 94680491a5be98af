import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asList, asObject, asText } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { PhoneNumber } from '../../state/account.ts';
import { invalidParameter } from '../../errors/graph-error.ts';
import { bodyOf, idOf, reachPhoneNumber } from '../call.ts';

const maxPrompts = 4;
const maxPromptLength = 80;
const maxCommands = 30;
const maxNameLength = 32;
const maxDescriptionLength = 256;

/**
 * Ice breakers and commands; what is given replaces what was there.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers/conversational-components
 */
export function registerAutomation(app: FastifyInstance, simulator: Simulator): void {
	const scope = 'whatsapp_business_management';
	app.get('/:id/conversational_automation', (request) =>
		automationOf(reachPhoneNumber(simulator, request, idOf(request), scope)),
	);
	app.post('/:id/conversational_automation', (request) => {
		const number = reachPhoneNumber(simulator, request, idOf(request), scope);
		const body = bodyOf(request);
		const prompts = body['prompts'] === undefined ? undefined : readPrompts(body['prompts']);
		const commands = body['commands'] === undefined ? undefined : readCommands(body['commands']);
		number.prompts = prompts ?? number.prompts;
		number.commands = commands ?? number.commands;
		return { success: true };
	});
}

/** As Meta shows it, also as the field `conversational_automation` of the number. */
export const automationOf = ({ id, prompts, commands }: PhoneNumber): JsonObject => ({
	id,
	prompts,
	commands,
});

function readPrompts(value: unknown): string[] {
	const prompts = asList(value).map((prompt) => asText(prompt) ?? '');
	if (prompts.length > maxPrompts) {
		throw invalidParameter(`Param prompts can have at most ${maxPrompts} entries`);
	}
	for (const prompt of prompts) checkWords('prompts', prompt, maxPromptLength);
	return prompts;
}

function readCommands(value: unknown): PhoneNumber['commands'] {
	const commands = asList(value).map((entry) => ({
		command_name: asText(asObject(entry)?.['command_name']) ?? '',
		command_description: asText(asObject(entry)?.['command_description']) ?? '',
	}));
	if (commands.length > maxCommands) {
		throw invalidParameter(`Param commands can have at most ${maxCommands} entries`);
	}
	for (const { command_name: name, command_description: description } of commands) {
		checkWords('commands[].command_name', name, maxNameLength);
		checkWords('commands[].command_description', description, maxDescriptionLength);
	}
	return commands;
}

function checkWords(name: string, text: string, maxLength: number): void {
	if (text === '') throw invalidParameter(`Param ${name} must not be empty`);
	if (text.length > maxLength) {
		throw invalidParameter(`Param ${name} must be at most ${maxLength} characters long.`);
	}
	if (/\p{Extended_Pictographic}/u.test(text)) {
		throw invalidParameter(`Param ${name} must not have emoji`);
	}
}

import {
	NodeConnectionTypes,
	NodeOperationError,
	type ISupplyDataFunctions,
	type SupplyData,
} from 'n8n-workflow';
import { z } from 'zod/v4';
import { problemOf } from '../../fields/issues';
import { credentialName, parseAccountWithoutToken } from '../../graph/account';
import { accountKeyOf, identifierKey } from '../../graph/identifiers';
import { toNodeError } from '../../node/problems';
import { requireStore } from '../../node/requireStore';
import { systemClock } from '../../time/system/systemClock';
import { optionalId } from '../../values/id';
import { FieldProblem, Problem } from '../../values/problem';
import { parsePerson, recipientAddress } from '../../values/recipient';
import { truth } from '../../values/truth';
import { createChatMemory, toChatMessage, type ChatMessage } from '../chatMemory';
import { historyFilter, historyOptionShape, historyShape } from '../panel';
import { readHistory, requireTexts, unreadableNote } from '../readHistory';
import { memoryFields } from './fields';
import { originOf, type Origin } from './origin';

const memorySchema = z.object({
	contact: optionalId(256),
	phoneNumberId: optionalId(64),
	...historyShape,
	options: z
		.object({ ...historyOptionShape, includeExecution: truth })
		.partial()
		.prefault({}),
});

/**
 * The memory that n8n's AI nodes get from the sub-node.
 *
 * @throws NodeOperationError that names what is missing
 */
export async function supplyMemory(
	host: ISupplyDataFunctions,
	itemIndex: number,
): Promise<SupplyData> {
	const read = await explained(host, itemIndex, async () => await prepare(host, itemIndex));
	const refuseToClear = (): never => {
		throw shown(
			host,
			itemIndex,
			new Problem(
				'This memory holds what was really written, so an agent cannot clear it',
				'Use Contact › Erase to delete what is kept about a person.',
			),
		);
	};
	return {
		response: createChatMemory(async () => await logged(host, itemIndex, read), refuseToClear),
	};
}

/** Checks everything that can be checked before the agent begins. */
async function prepare(
	host: ISupplyDataFunctions,
	itemIndex: number,
): Promise<() => Promise<ChatMessage[]>> {
	const credential = await host.getCredentials(credentialName, itemIndex);
	const account = parseAccountWithoutToken(credential);
	requireTexts(account);
	const store = await requireStore({ account });
	const values = valuesOf(host, itemIndex);
	const origin = originOf(host, itemIndex);
	const contact = values.contact ?? origin.contact;
	if (contact === null || contact === '')
		throw new FieldProblem('Contact', noContact, enterContact);
	if (peopleOf(host, origin) > 1) throw new FieldProblem('Contact', severalPeople, onePerson);
	const person = parsePerson(contact, account.defaultCountry, 'Contact');
	const number = values.phoneNumberId ?? origin.phoneNumberId ?? account.phoneNumberId;
	const request = {
		accountKey: accountKeyOf(account),
		contactKey: identifierKey(account, recipientAddress(person)),
		phoneNumberId: number === '' ? null : number,
		...historyFilter(values),
	};
	const isPresentShown = values.options.includeExecution === true;
	const present = {
		executionId: isPresentShown ? null : host.getExecutionId(),
		messageIds: origin.messageIds,
	};
	return async () => {
		const now = systemClock.now();
		const { messages, unreadable } = await readHistory(store, account, request, present, now);
		if (unreadable > 0) tell(host, unreadableNote(unreadable));
		return messages.map(toChatMessage);
	};
}

const noContact = 'is empty, and no message of a WhatsApp Cloud Trigger has started this execution';

const enterContact = 'Enter whose messages the agent is to know, such as {{ $json.phone }}.';

const severalPeople =
	'must be one person, but the items of this agent belong to several, and n8n reads one memory for all of them';

const onePerson =
	'Switch on One Execution per Contact or Collect Messages in the WhatsApp Cloud Trigger, or put Loop Over Items with batch size 1 before the agent.';

/** How many people the agent's items are about: as their Contact says, or else their messages. */
function peopleOf(host: ISupplyDataFunctions, { people, items }: Origin): number {
	const written = Array.from({ length: items }, (_, index) => {
		const contact: unknown = host.getNodeParameter('contact', index, '');
		return typeof contact === 'string' || typeof contact === 'number' ? String(contact).trim() : '';
	});
	const filled = written.filter((contact) => contact !== '');
	return new Set(filled).size + (filled.length < items ? people : 0);
}

function valuesOf(host: ISupplyDataFunctions, itemIndex: number): z.output<typeof memorySchema> {
	const values = Object.fromEntries(
		memoryFields
			.filter(({ type }) => type !== 'notice')
			.map(({ name, type }) => [
				name,
				host.getNodeParameter(name, itemIndex, undefined, {
					extractValue: type === 'resourceLocator',
				}),
			]),
	);
	const parsed = memorySchema.safeParse(values);
	if (!parsed.success) throw problemOf(memoryFields, parsed.error);
	return parsed.data;
}

function tell(host: ISupplyDataFunctions, message: string): void {
	host.logger.warn(`[WhatsApp Cloud Memory] ${message}`);
	host.addExecutionHints({ message, location: 'outputPane' });
}

/** Shows in the run's log what the agent has read, as n8n's own memories do. */
async function logged(
	host: ISupplyDataFunctions,
	itemIndex: number,
	read: () => Promise<ChatMessage[]>,
): Promise<ChatMessage[]> {
	const type = NodeConnectionTypes.AiMemory;
	const action = 'loadMemoryVariables';
	const { index } = host.addInputData(type, [[{ json: { action } }]]);
	try {
		const messages = await read();
		const chatHistory = messages.map((message) => message.toJSON());
		host.addOutputData(type, index, [[{ json: { action, chatHistory } }]]);
		return messages;
	} catch (error) {
		const nodeError = shown(host, itemIndex, error);
		host.addOutputData(type, index, nodeError);
		throw nodeError;
	}
}

async function explained<Result>(
	host: ISupplyDataFunctions,
	itemIndex: number,
	work: () => Promise<Result>,
): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		throw shown(host, itemIndex, error);
	}
}

/** Marked like this, n8n shows the error as it is, and not as one of the agent. */
function shown(host: ISupplyDataFunctions, itemIndex: number, error: unknown): NodeOperationError {
	const known = toNodeError(host, error, itemIndex);
	const nodeError =
		known instanceof NodeOperationError ? known : new NodeOperationError(host.getNode(), known);
	nodeError.functionality = 'configuration-node';
	return nodeError;
}

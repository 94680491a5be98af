import type { IDataObject } from 'n8n-workflow';
import { threadIdleMs } from '../../contacts/handoff';
import { phoneNumber } from '../../node/management/target';
import { partsOf } from '../../node/management/graphOperation';
import { defineOperation } from '../../node/operation';
import type { Run } from '../../node/run';
import { openAccountStore } from '../../store/accountStore';
import { systemClock } from '../../time/system/systemClock';
import { requiredId } from '../../values/id';
import { optionalText } from '../../values/schema/reading';
import { parsePerson } from '../../values/recipient';
import { objectOf } from '../../values/unknown';
import { contactField, personOf } from './person';

const permission = 'whatsapp_business_messaging';

/** The role to which Meta lets an app pass a thread. */
const aiAgent = 'ai_agent';

const metadataField = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Asked for an invoice',
	description: 'A text for whoever gets the conversation, up to 2,000 characters',
} as const;

/**
 * Gives a conversation away at Meta.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing/thread-control-cloud-api
 */
function defineThreadOperation(
	texts: { name: string; action: string; description: string },
	action: 'pass' | 'release',
) {
	return defineOperation({
		...partsOf({
			...texts,
			permission,
			target: phoneNumber,
			fields: [contactField, metadataField],
			shape: { contact: requiredId(256), metadata: optionalText(2_000) },
			outputSchema: {
				success: 'boolean',
				action: 'string',
				contact: 'string',
				phoneNumberId: 'string',
			},
		}),
		async execute(run, values): Promise<IDataObject> {
			const id = phoneNumber.idOf(run, values);
			const person = parsePerson(values.contact, run.account.defaultCountry, 'Contact');
			const { body } = await run.graph.call({
				method: 'POST',
				node: id,
				edge: 'thread_control',
				idField: phoneNumber.label,
				permission,
				signal: run.signal,
				json: {
					messaging_product: 'whatsapp',
					...('recipient' in person ? { recipient: person.recipient } : { to: person.to }),
					action,
					...(values.metadata === undefined ? {} : { metadata: values.metadata }),
					...(action === 'pass' ? { control_pass: { target_role: aiAgent } } : {}),
				},
			});
			if (action === 'pass') await noteStandby(run, values.contact, id);
			const { address } = personOf(run.account, values.contact);
			const success = objectOf(body)['success'] !== false;
			return { success, action, contact: address, phoneNumberId: id };
		},
	});
}

/** From now on, the other one answers. Without the state, nobody needs to know. */
async function noteStandby(run: Run, contact: string, phoneNumberId: string): Promise<void> {
	const store = await openAccountStore(run.account);
	const { accountKey, key } = personOf(run.account, contact);
	const now = systemClock.now();
	await store?.contacts.record(
		[
			{
				fact: 'standby',
				accountKey,
				contactKey: key,
				at: now,
				phoneNumberId,
				active: true,
				until: now + threadIdleMs,
				by: aiAgent,
			},
		],
		now,
	);
}

/** Passes a conversation to the AI agent that is set up at Meta. */
export const passControl = defineThreadOperation(
	{
		name: 'Pass Control',
		action: 'Pass control of conversation',
		description: 'Let the AI agent that is set up at Meta answer a person',
	},
	'pass',
);

/** Gives a conversation back to Meta's routing. */
export const releaseControl = defineThreadOperation(
	{
		name: 'Release Control',
		action: 'Release control of conversation',
		description: 'Let Meta route the next message of a person to its primary responder',
	},
	'release',
);

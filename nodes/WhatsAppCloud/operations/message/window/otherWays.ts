import { z } from 'zod/v4';
import { problemOf } from '../../../fields/issues';
import { checkEnvelopeOutside, refuseOutsideWindow } from '../../../fields/outsideWindow';
import type { FallbackTemplate } from '../../../contacts/panel/rulesSchema';
import type { MessageType } from '../../../messages/messageType';
import { template } from '../../../messages/template/template';
import { mapperField } from '../../../messages/template/mapped';
import { templateValue } from '../../../messages/template/name';
import { itemAt } from '../../../node/resourceMapper';
import type { Run } from '../../../node/run';
import type { Dispatch } from '../../../sending/compose';
import { toMapperFields } from '../../../templates/mapper';
import { planOf } from '../../../templates/plan';
import { Problem } from '../../../values/problem';
import { parsing } from '../../../values/words';
import { Preparation, rulesOf, type SendValues } from '../prepare';
import type { CheckedMessage } from '../sendHooks';
import { templatesNamed } from '../template/templateNow';

/** How a free-form message goes whose person's window is closed. */
export interface OtherWay {
	name: 'template' | 'directSend';
	dispatches: Dispatch[];
	/** What the type of message that goes adds to its item. */
	details: Record<string, unknown>;
}

/** A message that cannot go another way, either; the sentence says why. */
export interface NoWay {
	problem: string;
}

/** The messages of an operation, as far as the window is concerned. */
export interface WindowedOperation {
	/** As errors call the message: `Send Media`. */
	name: string;
	message: MessageType;
	preparation: Preparation;
	fields: Parameters<typeof problemOf>[0];
}

/** Which way the sender chose; null if a closed window has no other. */
function chosenWay(run: Run, values: SendValues) {
	const { ifClosed } = rulesOf(run, values);
	return ifClosed === 'template' || ifClosed === 'directSend' ? ifClosed : null;
}

/** Whether a message is free-form, so that it only goes within a window. */
const needsWindow = ({ message }: WindowedOperation, { options }: SendValues): boolean =>
	message !== template &&
	options.outsideWindow === undefined &&
	options.recipientType === 'individual';

/**
 * What a closed window makes of a message, if its sender chose another way. A window that is not
 * known is no closed one.
 *
 * @param isClosed what is known already; undefined if the state is to be asked
 * @returns null if the message goes as it is
 * @throws Problem if a file cannot be used; StateProblem
 */
export async function otherWay(
	run: Run,
	operation: WindowedOperation,
	checked: CheckedMessage,
	isClosed?: boolean,
): Promise<OtherWay | NoWay | null> {
	const { values, recipient } = checked;
	const way = chosenWay(run, values);
	if (way === null || !needsWindow(operation, values)) return null;
	const sender = values.phoneNumberId ?? run.account.phoneNumberId;
	const closed = isClosed ?? (await run.messenger.windowOf(recipient, sender))?.state === 'closed';
	if (!closed) return null;
	const going =
		way === 'template' ? asTemplate(run, checked) : asDirectSend(run, operation, checked);
	return await going.catch((error: unknown) => {
		if (error instanceof Problem) return { problem: error.message };
		throw error;
	});
}

async function asDirectSend(
	run: Run,
	{ name, message, preparation, fields }: WindowedOperation,
	{ values, recipient, itemIndex }: CheckedMessage,
): Promise<OtherWay> {
	const outside: SendValues = {
		...values,
		options: {
			...values.options,
			outsideWindow: { category: 'utility', ttlSeconds: undefined, templateName: undefined },
		},
	};
	const fits = z.custom<SendValues>().check(({ issues }) => {
		if (message.outsideWindow === undefined) refuseOutsideWindow(name, { issues });
		else message.outsideWindow(outside, { issues });
		checkEnvelopeOutside(outside, { issues });
	});
	const { error } = fits.safeParse(outside, parsing);
	if (error !== undefined) throw problemOf(fields, error);
	const dispatches = await preparation.prepare(run, outside, recipient, itemIndex);
	return { name: 'directSend', dispatches, details: message.details?.(outside) ?? {} };
}

const templatePreparation = new Preparation(template, false);

async function asTemplate(
	run: Run,
	{ values, recipient, itemIndex }: CheckedMessage,
): Promise<OtherWay> {
	const chosen = values.contactRules.template;
	if (chosen === undefined) throw new Problem('No template is chosen', 'Choose one.');
	const { name, language } = chosen;
	const parsed = template.schema.safeParse(
		{
			template: templateValue(name, language),
			[mapperField.name]: {
				value: null,
				schema: await mapperFieldsOf(run, chosen),
				item: itemAt(run.host, itemIndex),
			},
		},
		parsing,
	);
	if (!parsed.success) throw problemOf(template.fields, parsed.error);
	const { phoneNumberId, contactRules, options } = values;
	const filled: SendValues = {
		...parsed.data,
		phoneNumberId,
		recipient: values.recipient,
		replyToMessageId: undefined,
		options,
		contactRules,
	};
	const dispatches = await templatePreparation.prepare(run, filled, recipient, itemIndex);
	return { name: 'template', dispatches, details: template.details?.(parsed.data) ?? {} };
}

const known = new WeakMap<Run, Map<string, Promise<unknown>>>();

/** What the panel's inputs for the template would be; looked up once per run. */
async function mapperFieldsOf(run: Run, { name, language }: FallbackTemplate): Promise<unknown> {
	const ofRun = known.get(run) ?? new Map<string, Promise<unknown>>();
	known.set(run, ofRun);
	const key = templateValue(name, language);
	const fields = ofRun.get(key) ?? lookUp(run, { name, language });
	ofRun.set(key, fields);
	return await fields;
}

async function lookUp(run: Run, { name, language }: FallbackTemplate): Promise<unknown> {
	const translations = await templatesNamed(run, name);
	const found = translations.find((each) => each.language === language);
	if (found?.status !== 'APPROVED') {
		const state = found === undefined ? 'is not there' : `has the status ${found.status}`;
		throw new Problem(`The template ${name} (${language}) ${state}`, 'Choose an approved one.');
	}
	return toMapperFields(planOf(found), true);
}

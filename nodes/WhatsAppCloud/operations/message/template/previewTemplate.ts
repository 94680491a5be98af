import type { IDataObject } from 'n8n-workflow';
import { accountKeyOf, identifierKey, type Account } from '../../../graph/account';
import { openItemFile } from '../../../media/file';
import { uploadBinaries } from '../../../messages/mediaReference';
import { template, type TemplateMessage } from '../../../messages/template/template';
import type { Run } from '../../../node/run';
import { senderOf } from '../../../node/sender';
import { openAccountStore } from '../../../store/accountStore';
import { valuesIn } from '../../../templates/messageValues';
import { filledText, planOf } from '../../../templates/plan';
import { dayMs, hourMs } from '../../../time/durations';
import { systemClock } from '../../../time/system/systemClock';
import { Problem } from '../../../values/problem';
import { recipientAddress, type Recipient } from '../../../values/recipient';
import { objectOf } from '../../../values/unknown';
import { blockedInItem } from '../item';
import { rulesOf } from '../prepare';
import type { CheckedMessage } from '../sendHooks';
import { misfit, templatesNow } from './templateNow';

/**
 * The item that shows a template message as it would be sent. Files are checked, not uploaded.
 *
 * @throws Problem if it does not fit the template as Meta has it now, or a file cannot be used
 */
export async function showTemplate(
	run: Run,
	{ values, recipient, written, itemIndex }: CheckedMessage,
): Promise<IDataObject> {
	const { name, language, marketing } = values as unknown as TemplateMessage;
	const phoneNumberId = senderOf(run, values.phoneNumberId);
	const ready = await uploadBinaries(values, async (media) => {
		const { binaryField, label = 'Input Binary Field', kind } = media;
		await openItemFile(run.host, itemIndex, binaryField, label, kind);
		return 'not-uploaded';
	});
	const built = template.build(ready as unknown as TemplateMessage);
	const { components } = objectOf(objectOf(built)['template']);
	const translations = await templatesNow(run, name);
	const wrong = misfit({ name, language, components }, translations);
	const now = translations.find((each) => each.language === language);
	if (wrong !== null || now === undefined) {
		throw new Problem(`The message cannot be sent. ${wrong ?? ''}`, 'Nothing was sent.');
	}
	const { category, status, quality } = now;
	const text = filledText(planOf(now), valuesIn(components));
	const address = recipientAddress(recipient);
	const endpoint = marketing === undefined ? 'messages' : 'marketing_messages';
	const { blocked } = await run.messenger.judge({
		operationId: '',
		payloadHash: '',
		phoneNumberId,
		recipient,
		endpoint,
		category,
		body: objectOf(built),
		rules: rulesOf(run, values),
	});
	return {
		outcome: 'preview',
		messageId: null,
		recipient: { input: written === '' ? address : written, waId: null, userId: null },
		phoneNumberId,
		template: { name, language, category, text, status, quality },
		endpoint,
		blocked: blocked === null ? null : blockedInItem(blocked),
		window: await windowOf(run.account, recipient, { phoneNumberId, category }),
	};
}

/** What the person's 24-hour window makes of the message; null for a group, which has none. */
async function windowOf(
	account: Account,
	recipient: Recipient,
	{ phoneNumberId, category }: { phoneNumberId: string; category: string },
): Promise<IDataObject | null> {
	if ('recipient_type' in recipient) return null;
	const store = await openAccountStore(account);
	const key = identifierKey(account, recipientAddress(recipient));
	const [contact] = (await store?.contacts.get(accountKeyOf(account), [key])) ?? [];
	const now = systemClock.now();
	const closesAt = endOf(contact?.inbound[phoneNumberId]?.at, dayMs);
	const freeUntil = endOf(contact?.entryPoints[phoneNumberId]?.at, 3 * dayMs);
	const isFree = freeUntil !== null && freeUntil > now;
	return {
		isOpen: closesAt === null ? null : closesAt > now,
		closesAt: closesAt === null ? null : new Date(closesAt).toISOString(),
		note: `${stateOf(closesAt, now)} ${isFree ? freeNote : chargeNote(category)}`,
	};
}

const endOf = (began: number | undefined, lengthMs: number): number | null =>
	began === undefined ? null : began + lengthMs;

function stateOf(closesAt: number | null, now: number): string {
	if (closesAt === null) {
		return 'No message of this person is recorded here, so the window counts as closed; a template may go all the same.';
	}
	const hours = Math.max(1, Math.round(Math.abs(closesAt - now) / hourMs));
	return closesAt > now
		? `The window is open for about ${hours} hours; other messages may go, too.`
		: `The window closed about ${hours} hours ago; only a template may go.`;
}

const freeNote =
	'Free of charge if the first answer came within 24 hours: the person came through an ad within the last 72 hours.';

/** Since October 2026, an open window makes no template free. */
const chargeNote = (category: string): string =>
	`Charged as a ${category.toLowerCase()} message once it is delivered, whether the window is open or not.`;

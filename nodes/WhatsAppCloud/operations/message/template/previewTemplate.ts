import type { IDataObject } from 'n8n-workflow';
import type { ServiceWindow } from '../../../contacts/window';
import { openItemFile } from '../../../media/file';
import { uploadBinaries } from '../../../messages/mediaReference';
import { template, type TemplateMessage } from '../../../messages/template/template';
import type { Run } from '../../../node/run';
import { senderOf } from '../../../node/sender';
import { valuesIn } from '../../../templates/messageValues';
import { filledText, planOf } from '../../../templates/plan';
import { hourMs } from '../../../time/durations';
import { systemClock } from '../../../time/system/systemClock';
import { Problem } from '../../../values/problem';
import { recipientAddress } from '../../../values/recipient';
import { isoTime } from '../../../values/timestamp';
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
	const window = await run.messenger.windowOf(recipient, phoneNumberId);
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
		window: window === null ? null : windowJson(window, category),
	};
}

/** What a person's 24-hour window makes of a template. */
function windowJson({ state, until, isFreeEntry }: ServiceWindow, category: string): IDataObject {
	return {
		state,
		until: isoTime(until),
		isFreeEntry,
		note: `${stateNote({ state, until })} ${isFreeEntry ? freeNote : chargeNote(category)}`,
	};
}

function stateNote({ state, until }: Pick<ServiceWindow, 'state' | 'until'>): string {
	const about = until === null ? '' : aboutHours(until - systemClock.now());
	switch (state) {
		case 'open':
			return `The window is open${about === '' ? '' : ` for ${about}`}; other messages may go, too.`;
		case 'closed':
			return `The window ${about === '' ? 'is closed' : `closed ${about} ago`}; only a template may go.`;
		case 'unknown':
			return 'Whether the window is open is not known; a template may go all the same.';
	}
}

function aboutHours(ms: number): string {
	const hours = Math.max(1, Math.round(Math.abs(ms) / hourMs));
	return `about ${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}

const freeNote =
	'Free of charge if the first answer came within 24 hours: the person came through an ad within the last 72 hours.';

/** Since October 2026, an open window makes no template free. */
const chargeNote = (category: string): string =>
	`Charged as a ${category.toLowerCase()} message once it is delivered, whether the window is open or not.`;

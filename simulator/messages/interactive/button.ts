import type { JsonObject } from '../../json.ts';
import {
	badValue,
	objectAt,
	requireChoice,
	requireList,
	requireObject,
	requireText,
	requireUnique,
	requireUrl,
} from '../rules.ts';
import { invalidParameter } from '../../errors/graph-error.ts';
import { checkPaymentSetting } from '../template/payment-request.ts';
import type { InteractiveRules } from '../type.ts';
import { optionalFooter, optionalHeader, requireAction, requireBody } from './parts.ts';

const maxButtons = 3;
/** With Direct Send, links may come before the replies. */
const maxMixed = 10;
const maxLinks = 2;

const path = 'interactive.action.buttons';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages */
export const checkButtons: InteractiveRules = (message, interactive) => {
	optionalHeader(message, interactive, ['text', 'image', 'video', 'document']);
	requireBody(interactive);
	optionalFooter(interactive);
	const action = requireAction(interactive);
	const limits = { min: 1, max: message.directSend ? maxMixed : maxButtons };
	const buttons = requireList(action, 'buttons', path, limits).map((entry, index) =>
		objectAt(entry, `${path}[${index}]`),
	);
	const types = message.directSend ? ['cta_url', 'reply'] : ['reply', 'payment_request'];
	const kinds = buttons.map((button, index) =>
		requireChoice(button, 'type', `${path}[${index}].type`, types),
	);
	checkMix(kinds);
	const ids: string[] = [];
	const titles: string[] = [];
	for (const [index, button] of buttons.entries()) {
		const buttonPath = `${path}[${index}]`;
		if (kinds[index] === 'cta_url') titles.push(checkLink(button, buttonPath));
		else if (kinds[index] === 'payment_request') checkPayment(button, buttonPath);
		else {
			const { id, title } = checkReply(button, buttonPath);
			ids.push(id);
			titles.push(title);
		}
	}
	requireUnique(ids, 'button ID');
	requireUnique(titles, 'button title');
};

/** Links come first, at most two; without links, there are at most three replies. */
function checkMix(kinds: readonly string[]): void {
	const links = kinds.filter((kind) => kind === 'cta_url').length;
	if (links > maxLinks) throw badValue(`${path} may have ${maxLinks} links, got: ${links}`);
	if (kinds.slice(links).includes('cta_url')) {
		throw badValue(`${path}: links must come before the replies`);
	}
	if (links === 0 && kinds.length > maxButtons) {
		throw badValue(
			`${path} count invalid. Min count: 1, Max count: ${maxButtons}, got: ${kinds.length}`,
		);
	}
}

function checkReply(button: JsonObject, buttonPath: string): { id: string; title: string } {
	const reply = requireObject(button, 'reply', `${buttonPath}.reply`);
	const id = requireText(reply, 'id', `${buttonPath}.reply.id`, { max: 256 });
	if (id !== id.trim()) throw badValue(`${buttonPath}.reply.id starts or ends with a space`);
	return { id, title: requireText(reply, 'title', `${buttonPath}.reply.title`, { max: 20 }) };
}

/** @returns its label */
function checkLink(button: JsonObject, buttonPath: string): string {
	const link = requireObject(button, 'cta_url', `${buttonPath}.cta_url`);
	const url = requireUrl(link, 'url', `${buttonPath}.cta_url.url`);
	if (!/^https:/i.test(url)) {
		throw invalidParameter(`Param ${buttonPath}.cta_url.url must begin with https`);
	}
	return requireText(link, 'display_text', `${buttonPath}.cta_url.display_text`, { max: 20 });
}

/** The setting is in an object named after the type, as with other buttons, or beside the type. */
function checkPayment(button: JsonObject, buttonPath: string): void {
	const nested = button['payment_request'];
	if (nested === undefined) checkPaymentSetting(button, buttonPath);
	else {
		const requestPath = `${buttonPath}.payment_request`;
		checkPaymentSetting(objectAt(nested, requestPath), requestPath);
	}
}

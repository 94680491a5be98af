import {
	badValue,
	objectAt,
	requireChoice,
	requireList,
	requireObject,
	requireText,
	requireUnique,
} from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import { optionalFooter, optionalHeader, requireAction, requireBody } from './parts.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages */
export const checkButtons: InteractiveRules = (message, interactive) => {
	optionalHeader(message, interactive, ['text', 'image', 'video', 'document']);
	requireBody(interactive);
	optionalFooter(interactive);
	const path = 'interactive.action.buttons';
	const buttons = requireList(requireAction(interactive), 'buttons', path, { min: 1, max: 3 });
	const ids: string[] = [];
	const titles: string[] = [];
	for (const [index, entry] of buttons.entries()) {
		const button = objectAt(entry, `${path}[${index}]`);
		requireChoice(button, 'type', `${path}[${index}].type`, ['reply']);
		const reply = requireObject(button, 'reply', `${path}[${index}].reply`);
		const id = requireText(reply, 'id', `${path}[${index}].reply.id`, { max: 256 });
		if (id !== id.trim()) throw badValue(`${path}[${index}].reply.id begins or ends with a space`);
		ids.push(id);
		titles.push(requireText(reply, 'title', `${path}[${index}].reply.title`, { max: 20 }));
	}
	requireUnique(ids, 'button ID');
	requireUnique(titles, 'button title');
};

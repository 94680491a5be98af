import type { JsonObject } from '../../json.ts';
import {
	badValue,
	missing,
	isAbsent,
	objectAt,
	optionalText,
	requireList,
	requireText,
	requireUnique,
} from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import { optionalFooter, optionalHeader, requireAction, requireBody } from './parts.ts';

/** Longer than with the other kinds. */
const listBodyLength = 4096;
/** Across all sections. */
const maxRows = 10;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages */
export const checkList: InteractiveRules = (message, interactive) => {
	optionalHeader(message, interactive, ['text']);
	requireBody(interactive, listBodyLength);
	optionalFooter(interactive);
	const action = requireAction(interactive);
	requireText(action, 'button', 'interactive.action.button', { max: 20 });
	const path = 'interactive.action.sections';
	const sections = requireList(action, 'sections', path, { min: 1, max: 10 });
	const ids: string[] = [];
	for (const [index, entry] of sections.entries()) {
		const section = objectAt(entry, `${path}[${index}]`);
		checkTitle(section, `${path}[${index}]`, sections.length);
		ids.push(...checkRows(section, `${path}[${index}].rows`));
	}
	if (ids.length > maxRows) throw badValue(`Total row count exceeds the maximum of ${maxRows}`);
	requireUnique(ids, 'row ID');
};

/** With several sections, each needs a title. */
function checkTitle(section: JsonObject, path: string, sectionCount: number): void {
	if (sectionCount > 1 && isAbsent(section['title'])) throw missing(`${path}.title`);
	const min = sectionCount > 1 ? 1 : 0;
	optionalText(section, 'title', `${path}.title`, { min, max: 24 });
}

function checkRows(section: JsonObject, path: string): string[] {
	const rows = requireList(section, 'rows', path, { min: 1, max: Infinity });
	return rows.map((entry, index) => {
		const row = objectAt(entry, `${path}[${index}]`);
		requireText(row, 'title', `${path}[${index}].title`, { max: 24 });
		optionalText(row, 'description', `${path}[${index}].description`, { min: 0, max: 72 });
		return requireText(row, 'id', `${path}[${index}].id`, { max: 200 });
	});
}

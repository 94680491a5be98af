import { translationsOf } from '../../../graph/endpoints/translations';
import { forgetLookUps } from '../../../graph/keptAnswers';
import type { Run } from '../../../node/run';
import { compare } from '../../../templates/comparison';
import { valuesIn } from '../../../templates/messageValues';
import { filledBody, planOf } from '../../../templates/plan';
import {
	readStructure,
	structureFields,
	type TemplateStructure,
} from '../../../templates/structure';
import { countCharacters, formatNumber } from '../../../values/limits';

/** The longest body that Meta sends, with the values of its variables … */
const maxFilledCharacters = 1_024;
/** … and the longest one that has no other parts beside it. */
const maxFilledAlone = 32_768;

/** The translations of a template as Meta has them, or had them up to a minute ago. */
export async function templatesNamed(run: Run, name: string): Promise<TemplateStructure[]> {
	const found = await translationsOf(run.account, run.graph, name, structureFields);
	return found.map(readStructure);
}

const readAnew = new WeakMap<Run, Map<string, Promise<TemplateStructure[]>>>();

/**
 * The translations of a template as Meta has them during this run: what the editor looked up a moment
 * before, such as a template that was paused since, does not count.
 */
export async function templatesNow(run: Run, name: string): Promise<TemplateStructure[]> {
	const known = readAnew.get(run) ?? new Map<string, Promise<TemplateStructure[]>>();
	readAnew.set(run, known);
	let translations = known.get(name);
	if (translations === undefined) {
		forgetLookUps(run.account);
		translations = templatesNamed(run, name);
		known.set(name, translations);
	}
	return await translations;
}

/** A template as a message names and fills it. */
interface FilledTemplate {
	name: string;
	language: string;
	/** In Meta's form. */
	components: unknown;
}

/**
 * Why a message does not fit the template as Meta has it now: what the template takes, and what the
 * message gives. Null if it fits.
 */
export function misfit(
	{ name, language, components }: FilledTemplate,
	translations: readonly TemplateStructure[],
): string | null {
	if (translations.length === 0) {
		return `The business account has no template ${name} now; it may have been deleted. Choose another one.`;
	}
	const template = translations.find((each) => each.language === language);
	if (template === undefined) {
		const languages = translations.map((each) => each.language).join(', ');
		return `The template ${name} is not there in ${language}, but in ${languages}. Choose one of these.`;
	}
	const which = `template ${name} (${language})`;
	if (template.status !== 'APPROVED') {
		return `The ${which} has the status ${template.status} now, and Meta sends approved templates only.`;
	}
	const plan = planOf(template);
	const { expected, given, missing, unknown } = compare(plan, components);
	if (missing.length > 0 || unknown.length > 0) {
		return `The ${which} takes ${expected} now; the message gives ${given}. Open the node, so that its fields follow the template, and fill in what has changed.`;
	}
	const isAlone = Object.keys(plan.texts).every((where) => where === 'body');
	const max = isAlone ? maxFilledAlone : maxFilledCharacters;
	const length = countCharacters(filledBody(plan, valuesIn(components)));
	return length <= max
		? null
		: `With these values, the body of the ${which} has ${formatNumber(length)} characters; Meta takes ${formatNumber(max)}.`;
}

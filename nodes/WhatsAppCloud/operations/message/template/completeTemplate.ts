import { hasMarketingMessages } from '../../../graph/endpoints/marketingStatus';
import type { TemplateMessage } from '../../../messages/template/template';
import type { Run } from '../../../node/run';
import { bestLanguage } from '../../../templates/languages';
import { planOf, type TemplatePlan } from '../../../templates/plan';
import { isRequired } from '../../../templates/templateInput';
import { isNothing } from '../../../values/numbers';
import { FieldProblem, Problem } from '../../../values/problem';
import { templatesNamed } from './templateNow';

/**
 * Chooses the translation for the recipient and the way through Meta. Both are looked up only if
 * the options ask for it.
 *
 * @throws Problem if no translation can be sent, or the chosen one takes values that are not there
 */
export async function completeTemplate<Values extends TemplateMessage>(
	run: Run,
	values: Values,
): Promise<Values> {
	const { recipientLanguage } = values;
	const translated =
		recipientLanguage === undefined ? values : await translate(run, values, recipientLanguage);
	return await route(run, translated);
}

async function translate<Values extends TemplateMessage>(
	run: Run,
	values: Values,
	wanted: string,
): Promise<Values> {
	const { name, language, mapped } = values;
	const translations = await templatesNamed(run, name);
	const approved = translations.filter(({ status }) => status === 'APPROVED');
	const best = bestLanguage(
		approved.map((each) => each.language),
		wanted,
		language,
	);
	const template = approved.find((each) => each.language === best);
	if (template === undefined) {
		const others = translations.map((each) => `${each.language} (${each.status.toLowerCase()})`);
		throw new Problem(
			`The template ${name} can be sent neither in the recipient's language ${wanted} nor in ${language}`,
			others.length === 0
				? 'The business account has no template of this name. Choose one from the list.'
				: `Its translations are ${others.join(', ')}. Meta sends approved ones only.`,
		);
	}
	const plan = planOf(template);
	const given = mapped();
	if (given === null) return { ...values, language: template.language };
	checkValues(plan, given.byId);
	return { ...values, language: template.language, mapped: () => ({ ...given, plan }) };
}

/** Translations should take the same values, but nothing at Meta makes them. */
function checkValues({ name, language, inputs }: TemplatePlan, byId: Record<string, unknown>) {
	const missing = inputs.find(({ id }) => isRequired(id) && isNothing(byId[id]));
	if (missing === undefined) return;
	throw new FieldProblem(
		`Values › ${missing.label}`,
		`is empty, and the translation ${language} of the template ${name} takes it`,
		'Enter it, or make the translations take the same values.',
	);
}

async function route<Values extends TemplateMessage>(run: Run, values: Values): Promise<Values> {
	const { marketing, name, language, mapped } = values;
	if (marketing?.when !== 'enabled') return values;
	const category =
		mapped()?.plan?.category ??
		(await templatesNamed(run, name)).find((each) => each.language === language)?.category;
	const isWanted = category === 'MARKETING' && (await hasMarketingMessages(run.account, run.graph));
	return isWanted ? values : { ...values, marketing: undefined };
}

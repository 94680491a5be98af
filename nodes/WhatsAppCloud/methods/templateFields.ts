import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { credentialName, parseAccount } from '../graph/account';
import { translationsOf } from '../graph/endpoints/translations';
import { createSteadyClient } from '../graph/steps/steadyClient';
import { readTemplateName } from '../messages/template/name';
import { toNodeError } from '../node/problems';
import { toMapperFields } from '../templates/mapper';
import { planOf } from '../templates/plan';
import { readStructure, structureFields } from '../templates/structure';
import { objectOf } from '../values/unknown';
import { mapperNotice } from './mapperNotice';
import { systemClock } from '../time/system/systemClock';

/**
 * One field for each value that the chosen template takes, and its text. Whatever prevents that
 * is told in the panel instead: the editor hides the text of an error.
 */
export async function getTemplateFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const name = readTemplateName(
		{
			template: this.getCurrentNodeParameter('template', { extractValue: true }),
			language: this.getCurrentNodeParameter('language'),
		},
		{ issues: [] },
	);
	if (name === null) {
		return mapperNotice(
			'Choose a template, and a field for each of its values appears here. If none does, an expression in this panel has no data yet: run the nodes before this one, or close the panel and open it again. If the name of the template itself has no result yet, take the values from the items by their IDs, or specify them by hand or as JSON.',
		);
	}
	try {
		const account = parseAccount(await this.getCredentials(credentialName));
		const graph = createSteadyClient(account, { clock: systemClock });
		const found = await translationsOf(account, graph, name.name, structureFields);
		const templates = found.map(readStructure);
		const template = templates.find(({ language }) => language === name.language);
		if (template === undefined) return mapperNotice(absent(name, templates));
		const plan = planOf(template);
		const mayBeEmpty = this.getCurrentNodeParameter('valuesFrom') === 'item';
		const { text: shown } = objectOf(
			objectOf(this.getCurrentNodeParameter('templateValues'))['value'],
		);
		return { fields: toMapperFields(plan, mayBeEmpty, shown) };
	} catch (error) {
		const { message, description } = toNodeError(this, error, null);
		const advice = description ?? '';
		return mapperNotice(`The template could not be looked up: ${message}. ${advice}`);
	}
}

function absent(
	{ name, language }: { name: string; language: string },
	translations: readonly { language: string; status: string }[],
): string {
	if (translations.length === 0) {
		return `The business account has no template ${name}. Choose one from the list.`;
	}
	const languages = translations.map((each) => each.language).join(', ');
	return `The template ${name} is not there in ${language}, but in ${languages}. Choose one of these under Language.`;
}

import { createHash } from 'node:crypto';
import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { credentialName, parseAccount } from '../graph/account';
import { lookUp } from '../graph/keptAnswers';
import { createSteadyClient } from '../graph/steps/steadyClient';
import { toNodeError } from '../node/problems';
import { systemClock } from '../time/system/systemClock';
import { isNothing } from '../values/numbers';
import { mapperNotice } from './mapperNotice';

interface PresentTemplate {
	name?: string;
	language?: string;
	status?: string;
	category?: string;
	components?: unknown;
}

/**
 * The components of the chosen template as Meta has them, to read before they are changed. The
 * editor keeps what a field has shown once, so other components are another field.
 */
export async function getPresentComponents(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const id = this.getCurrentNodeParameter('templateId', { extractValue: true });
	if (typeof id !== 'string' || isNothing(id)) {
		return mapperNotice('Choose a template, and its components appear here.');
	}
	try {
		const account = parseAccount(await this.getCredentials(credentialName));
		const template = await lookUp<PresentTemplate>(
			account,
			createSteadyClient(account, { clock: systemClock }),
			{
				node: id.trim(),
				query: { fields: 'name,language,status,category,components' },
				permission: 'whatsapp_business_management',
			},
		);
		const { name, language, status, category, components = [] } = template;
		const shown = JSON.stringify({ components }, null, 2);
		const version = createHash('sha256').update(`${id} ${shown}`).digest('hex').slice(0, 12);
		return {
			fields: [
				{
					id: `components.${version}`,
					displayName: [name, language, status, category].filter(Boolean).join(' · '),
					required: false,
					readOnly: true,
					defaultMatch: false,
					canBeUsedToMatch: false,
					display: true,
					// The only type that shows several lines; n8n warns of a list in it.
					type: 'object',
					defaultValue: shown,
				},
			],
		};
	} catch (error) {
		const { message, description } = toNodeError(this, error, null);
		return mapperNotice(`The template could not be looked up: ${message}. ${description ?? ''}`);
	}
}

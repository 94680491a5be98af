import { templateValue } from '../messages/template/name';
import { readStructure, structureFields } from '../templates/structure';
import { emptyText, planOf } from '../templates/plan';
import { listSearch } from './accountList';

/**
 * The account's approved templates for the editor's list, by name, language, category, status and
 * quality, with their texts: `order_update · en_US · Utility · Green`.
 * https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/
 */
export const searchTemplates = listSearch<{ id: string }>({
	edge: 'message_templates',
	fields: structureFields,
	query: { status: 'APPROVED' },
	label(entry) {
		const { name, language, category, status, quality } = readStructure(entry);
		return [name, language, ...[category, status, quality ?? ''].map(inTitleCase)]
			.filter((part) => part !== '')
			.join(' · ');
	},
	value(entry) {
		const { name, language } = readStructure(entry);
		return templateValue(name, language);
	},
	description: (entry) => emptyText(planOf(readStructure(entry))),
	filteredBy: 'name_or_content',
});

const inTitleCase = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();

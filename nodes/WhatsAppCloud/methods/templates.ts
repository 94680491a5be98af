import { templateValue } from '../messages/template/name';
import { listSearch } from './accountList';

interface Template {
	id: string;
	name: string;
	language: string;
	category?: string;
}

/**
 * The account's approved templates for the editor's list: `order_update (en_US, Utility)`.
 * https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/
 */
export const searchTemplates = listSearch<Template>({
	edge: 'message_templates',
	fields: 'id,name,language,category',
	query: { status: 'APPROVED' },
	label: ({ name, language, category = '' }) => {
		const kind = category.charAt(0) + category.slice(1).toLowerCase();
		return `${name} (${[language, kind].filter(Boolean).join(', ')})`;
	},
	value: ({ name, language }) => templateValue(name, language),
});

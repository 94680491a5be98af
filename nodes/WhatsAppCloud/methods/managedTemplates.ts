import { listSearch } from './accountList';

interface ManagedTemplate {
	id: string;
	name: string;
	language: string;
	status?: string;
}

interface LibraryTemplate {
	id: string;
	name: string;
	language?: string;
	usecase?: string;
}

/** `PENDING_DELETION` → `Pending deletion` */
const inWords = (value: string): string =>
	(value.charAt(0) + value.slice(1).toLowerCase()).replaceAll('_', ' ');

/** The account's templates in any state, by ID: `order_update (en_US, Rejected)`. */
export const searchAllTemplates = listSearch<ManagedTemplate>({
	edge: 'message_templates',
	fields: 'id,name,language,status',
	label: ({ name, language, status = '' }) =>
		`${name} (${[language, inWords(status)].filter(Boolean).join(', ')})`,
	filteredBy: 'name_or_content',
});

/**
 * Meta's library of templates, by name: `delivery_update_1 (en_US, Delivery update)`.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-library
 */
export const searchTemplateLibrary = listSearch<LibraryTemplate>({
	node: () => 'message_template_library',
	fields: 'id,name,language,usecase',
	label: ({ name, language = '', usecase = '' }) =>
		`${name} (${[language, inWords(usecase)].filter(Boolean).join(', ')})`,
	value: ({ name }) => name,
	filteredBy: 'search',
});

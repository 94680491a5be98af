import type { ResourceMapperFields } from 'n8n-workflow';

/** What a resource mapper says in the place of its fields. The editor shows it as HTML. */
export const mapperNotice = (text: string): ResourceMapperFields => ({
	fields: [],
	emptyFieldsNotice: text.replace(/&/g, '&amp;').replace(/</g, '&lt;'),
});

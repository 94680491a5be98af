import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../../simulator.ts';
import { queryOf } from '../call.ts';
import type { NodeType } from '../node-type.ts';
import { registerTemplateAnalytics } from './figures/analytics.ts';
import { archiveTemplates } from './archive.ts';
import { previewTemplates, upsertTemplates } from './authentication-bulk.ts';
import { compareTemplates } from './figures/compare.ts';
import { createTemplate } from './create.ts';
import { deleteTemplates } from './delete.ts';
import { editTemplate } from './edit.ts';
import { listLibrary } from './library.ts';
import { listTemplates, showTemplate } from './list.ts';
import { migrateTemplates } from './migrate.ts';
import { reachTemplate } from './reach.ts';
import { unpauseTemplate } from './unpause.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management */
export function registerTemplates(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/message_templates', (request) => listTemplates(simulator, request));
	app.post('/:id/message_templates', (request) => createTemplate(simulator, request));
	app.delete('/:id/message_templates', (request) => deleteTemplates(simulator, request));
	for (const way of ['archive', 'unarchive'] as const) {
		app.post(`/:id/message_templates/${way}`, (request) =>
			archiveTemplates(simulator, request, way),
		);
	}
	app.post('/:id/migrate_message_templates', (request) => migrateTemplates(simulator, request));
	app.post('/:id/upsert_message_templates', (request) => upsertTemplates(simulator, request));
	app.get('/:id/message_template_previews', (request) => previewTemplates(simulator, request));
	app.get('/message_template_library', (request) => listLibrary(simulator, request));
	app.post('/:id/unpause', (request) => unpauseTemplate(simulator, request));
	app.get('/:id/compare', (request) => compareTemplates(simulator, request));
	registerTemplateAnalytics(app, simulator);
}

export const templateNodes: NodeType = {
	owns: (simulator, id) => simulator.account.templates.has(id),
	get: (simulator, request) =>
		showTemplate(reachTemplate(simulator, request), queryOf(request)['fields']),
	post: editTemplate,
};

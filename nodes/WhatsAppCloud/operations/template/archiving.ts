import type { INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { defineOperation } from '../../node/operation';
import { businessAccount } from '../../node/management/target';
import { FieldProblem } from '../../values/problem';
import { objectOf } from '../../values/unknown';
import { templateIds, templateIdsField } from './templateTarget';

/** One of Meta's two calls, and the words around it. */
interface Archiving {
	name: string;
	action: string;
	description: string;
	entry: 'archive' | 'unarchive';
	/** Meta's list of the templates with which it worked. */
	done: 'archived_templates' | 'unarchived_templates';
	/** Name in the item. */
	member: 'archived' | 'unarchived';
}

/**
 * Puts templates away, or brings them back. One item per template, with the reason where Meta did
 * not do it; if it did none of them, that is an error.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-archival
 */
export const defineArchiving = ({ entry, done, member, ...words }: Archiving) =>
	defineOperation({
		...words,
		permission: 'whatsapp_business_management',
		fields: [...businessAccount.fields, templateIdsField('Meta tells for each whether it did it')],
		schema: z.object({ ...businessAccount.shape, templateIds: templateIds() }),
		outputSchema: { [member]: 'boolean', templateId: 'string', reason: 'string' },
		concurrency: 1,
		async execute(run, values): Promise<INodeExecutionData[]> {
			const { body } = await run.graph.call({
				method: 'POST',
				host: 'api',
				node: businessAccount.idOf(run, values),
				edge: 'message_templates',
				entry,
				idField: businessAccount.label,
				json: { hsm_ids: values.templateIds },
				// A template that is there already stays there.
				isIdempotent: true,
				permission: 'whatsapp_business_management',
				signal: run.signal,
			});
			const answer = objectOf(body);
			const worked = textsIn(answer[done]);
			const reasons = objectOf(answer['failed_templates']);
			if (values.templateIds.every((id) => id in reasons)) throw noneOf(reasons, entry);
			return values.templateIds.map((templateId) => ({
				json: {
					[member]: worked.includes(templateId),
					templateId,
					reason: templateId in reasons ? reasonIn(reasons[templateId]) : null,
				},
			}));
		},
	});

const textsIn = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);

/** Meta writes a text, or an object with one. */
function reasonIn(reason: unknown): string {
	if (typeof reason === 'string') return reason;
	const { error, message } = objectOf(reason);
	const text = [error, message].find((each) => typeof each === 'string');
	return text ?? JSON.stringify(reason);
}

function noneOf(reasons: Record<string, unknown>, entry: string): FieldProblem {
	const all = Object.entries(reasons).map(([id, reason]) => `${id}: ${reasonIn(reason)}`);
	return new FieldProblem(
		'Template IDs',
		`has no template that Meta could ${entry}`,
		`Meta says: ${all.slice(0, 5).join('; ')}${all.length > 5 ? '; …' : ''}. Look at the status of the templates.`,
	);
}

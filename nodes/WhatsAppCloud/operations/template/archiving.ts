import { defineGraphOperation } from '../../node/management/graphOperation';
import { businessAccount } from '../../node/management/target';
import { FieldProblem } from '../../values/problem';
import { listIn, objectOf } from '../../values/unknown';
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
	defineGraphOperation({
		...words,
		permission: 'whatsapp_business_management',
		target: businessAccount,
		fields: [templateIdsField('Meta tells for each whether it did it')],
		shape: { templateIds: templateIds() },
		request: ({ templateIds: ids }) => ({
			method: 'POST',
			host: 'api',
			edge: 'message_templates',
			entry,
			json: { hsm_ids: ids },
			// A template that is there already stays there.
			isIdempotent: true,
		}),
		item(answer, { templateIds: ids }) {
			const worked = listIn(answer[done]).map(String);
			const reasons = objectOf(answer['failed_templates']);
			if (ids.every((id) => id in reasons)) throw noneOf(reasons, entry);
			return ids.map((templateId) => ({
				[member]: worked.includes(templateId),
				templateId,
				reason: templateId in reasons ? reasonIn(reasons[templateId]) : null,
			}));
		},
		outputSchema: { [member]: 'boolean', templateId: 'string', reason: 'string' },
	});

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

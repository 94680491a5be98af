import { valuesIn } from './messageValues';
import type { TemplatePlan } from './plan';
import { isRequired } from './templateInput';

/** What a message gave and what its template takes, in words: `{{1}}, {{2}}, Image`. */
export interface Comparison {
	expected: string;
	given: string;
	/** Labels of what the message lacks. */
	missing: string[];
	/** IDs of what the template does not take. */
	unknown: string[];
}

/**
 * Compares the components of a message with what the template takes.
 *
 * @param components in Meta's form, however they came about
 */
export function compare(plan: TemplatePlan, components: unknown): Comparison {
	const given = Object.keys(valuesIn(components));
	const labels = new Map(plan.inputs.map(({ id, label }) => [id, label]));
	// Messages give the code of a one-time password twice.
	const code = plan.inputs.find(({ id }) => /^otp$|\.otp$/.test(id));
	const read = given.map((id) =>
		code !== undefined && /^body\.1$|^button\.\d\.url$/.test(id) ? code.id : id,
	);
	return {
		expected: words(plan.inputs.map(({ label }) => label)),
		given: words([...new Set(read)].map((id) => labels.get(id) ?? labelOf(id))),
		missing: plan.inputs
			.filter(({ id }) => isRequired(id) && !read.includes(id))
			.map(({ label }) => label),
		unknown: [...new Set(read)].filter((id) => !labels.has(id)),
	};
}

const words = (labels: readonly string[]): string =>
	labels.length === 0 ? 'nothing' : labels.join(', ');

/** A label made from the ID alone: `Card 1 {{2}}`. */
export function labelOf(id: string): string {
	const [first = '', second = '', ...rest] = id.split('.');
	switch (first) {
		case 'card':
			return `Card ${Number(second) + 1} ${labelOf(rest.join('.'))}`.trimEnd();
		case 'body':
			return `{{${second}}}`;
		case 'header':
			return second === 'text' ? `Header {{${rest[0] ?? ''}}}` : `Header ${second}`;
		case 'button':
			return `Button ${Number(second) + 1} ${rest.join(' ')}`;
		case 'otp':
			return 'One-Time Password';
		case 'expiry':
			return 'Offer Ends At';
		default:
			return id;
	}
}

import { objectOf } from '../../values/unknown';

/** What is known of a template beyond its message; null where nobody has told it. */
export interface TemplateKnown {
	/** What Meta prices it as, in Meta's words. */
	category: string | null;
	/** What the person reads. */
	templateText: string | null;
}

/** @param details of the message, as `MessageType.details` tells them */
export function templateKnown(details: Record<string, unknown> | undefined): TemplateKnown {
	const { category, text } = objectOf(details?.['template']);
	return {
		category: typeof category === 'string' ? category : null,
		templateText: typeof text === 'string' ? text : null,
	};
}

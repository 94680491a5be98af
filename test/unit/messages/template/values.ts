import { contentOf, problemsOf } from '../../../fixtures/messageProblems';

/** A template without any values. */
export const good = { template: 'order_update', language: 'en_US' };

export const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendTemplate', { ...good, ...values });

export const componentsOf = (values: Record<string, unknown>): unknown => {
	const { template } = contentOf('sendTemplate', { ...good, ...values });
	return (template as { components?: unknown }).components;
};

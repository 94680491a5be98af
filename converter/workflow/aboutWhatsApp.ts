import type { Workflow } from './workflow.ts';

/** Words that only WhatsApp's nodes, requests and webhooks have. */
const words = /whats-?app|messaging_product/i;

/** Whether the name of a node's type has to do with WhatsApp. */
export const isNamedWhatsApp = (type: string): boolean => words.test(type);

/** Whether the workflow has to do with WhatsApp. */
export const isAboutWhatsApp = ({ nodes }: Workflow): boolean =>
	nodes.some(({ type, parameters }) => words.test(`${type} ${JSON.stringify(parameters ?? {})}`));

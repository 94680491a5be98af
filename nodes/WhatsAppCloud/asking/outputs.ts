import type { ExpressionString, NodeConnectionType } from 'n8n-workflow';

/**
 * One output, and for questions two. n8n evaluates it in the editor, and in an execution only where
 * errors have an output of their own.
 */
export const outputsOf = (type: NodeConnectionType): ExpressionString =>
	`={{ $parameter["operation"] === "sendAndWait" ? ["Answered", "Timed Out"].map((displayName) => ({ type: "${type}", displayName })) : [{ type: "${type}" }] }}`;

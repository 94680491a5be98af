import { outputPreviews } from '../../../nodes/WhatsAppCloud/operations/outputPreviews';

interface Schema {
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** Members of an item of a Webhook operation that the editor's preview does not name. */
export function missingInPreview(operation: string, json: Record<string, unknown>): string[] {
	const look = (schema: Schema | undefined, value: unknown, name: string): string[] => {
		if (Array.isArray(value)) return value.flatMap((each) => look(schema?.items, each, name));
		if (typeof value !== 'object' || value === null) return schema === undefined ? [name] : [];
		return Object.entries(value).flatMap(([key, inner]) =>
			look(schema?.properties?.[key], inner, `${name}.${key}`),
		);
	};
	const preview = outputPreviews()[`__schema__/v1.0.0/webhook/${operation}.json`];
	return look(preview, json, operation);
}

/** The checks of Get Subscriptions, and whether each is fine. */
export const checksOf = (json: Record<string, unknown>) =>
	Object.fromEntries(
		(json['checks'] as { check: string; ok: boolean | null }[]).map(({ check, ok }) => [check, ok]),
	);

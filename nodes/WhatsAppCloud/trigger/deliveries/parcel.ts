import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/**
 * What n8n carries from `webhook()` or the loop to `execute()`, which makes the items: the name of a
 * batch in the state or, if nothing is kept, the events themselves.
 */
export type Parcel = { batchId: string } | { contents: string[] };

const field = 'whatsAppCloudDelivery';

/** The trigger's input, as a single item. */
export function wrap(parcel: Parcel): INodeExecutionData[][] {
	return [[{ json: { [field]: { ...parcel } } }]];
}

/** @returns null if the input is something else, such as pinned data */
export function unwrap(items: readonly INodeExecutionData[]): Parcel | null {
	const parcel = items[0]?.json[field] as IDataObject | undefined;
	if (parcel === undefined) return null;
	const { batchId, contents } = parcel;
	if (typeof batchId === 'string') return { batchId };
	return Array.isArray(contents) ? { contents: contents.map(String) } : null;
}

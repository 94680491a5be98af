import type { IDataObject, ISupplyDataFunctions } from 'n8n-workflow';
import { isObject, listIn, objectOf } from '../../values/unknown';

/** What has started the execution, as its trigger tells it. */
export interface Origin {
	/** The person's number or user ID; null if no message has started it. */
	contact: string | null;
	phoneNumberId: string | null;
	/** IDs of the messages that have started it. */
	messageIds: string[];
}

type Host = Pick<ISupplyDataFunctions, 'getWorkflowDataProxy' | 'getParentNodes'>;

const triggerType = '.whatsAppCloudTrigger';

/** More outputs than the trigger can have. */
const mostOutputs = 4;

/** Finds the messages that an agent answers: in its input, and in the triggers before it. */
export function originOf(host: Host, itemIndex: number): Origin {
	const proxy = host.getWorkflowDataProxy(itemIndex);
	const before = nameOf(() => objectOf(proxy['$prevNode'])['name']);
	const triggers = (before === null ? [] : host.getParentNodes(before))
		.filter(({ type }) => type.endsWith(triggerType))
		.map(({ name }) => name);
	const names = [...new Set([...triggers, ...(before === null ? [] : [before])])];
	const own = messageIn(tried(() => proxy.$json) ?? {});
	const found = names
		.flatMap((name) => itemsOf(proxy, name))
		.flatMap((json) => messageIn(json) ?? []);
	const [paired] = triggers.flatMap((name) => messageIn(pairedItemOf(proxy, name)) ?? []);
	const main = own ?? paired ?? found[0] ?? null;
	const messageIds = [
		...new Set([...(own?.messageIds ?? []), ...found.flatMap((each) => each.messageIds)]),
	];
	return {
		contact: main?.contact ?? null,
		phoneNumberId: main?.phoneNumberId ?? null,
		messageIds,
	};
}

type DataProxy = ReturnType<Host['getWorkflowDataProxy']>;

/** Of each output, since a trigger may split its events among several. */
const itemsOf = (proxy: DataProxy, name: string): IDataObject[] =>
	Array.from({ length: mostOutputs }, (_, output) => output).flatMap((output) =>
		listIn(tried(() => nodeIn(proxy, name).all(output))).map(jsonOf),
	);

const pairedItemOf = (proxy: DataProxy, name: string): IDataObject =>
	jsonOf(tried(() => nodeIn(proxy, name).item));

interface NodeInProxy {
	all(output: number): unknown;
	item: unknown;
}

const nodeIn = (proxy: DataProxy, name: string): NodeInProxy =>
	(proxy.$ as (name: string) => NodeInProxy)(name);

const jsonOf = (item: unknown): IDataObject => objectOf(objectOf(item)['json']) as IDataObject;

/** n8n's proxy throws for what has not run, has no such output, or cannot be traced. */
function tried<Result>(read: () => Result): Result | null {
	try {
		return read();
	} catch {
		return null;
	}
}

function nameOf(read: () => unknown): string | null {
	const name = tried(read);
	return typeof name === 'string' ? name : null;
}

/** A message from a person, in any of the trigger's output formats; null if the item has none. */
function messageIn(json: IDataObject): Origin | null {
	const { event, id, from, contact, messages } = json;
	const collected = listIn(messages).map(objectOf);
	const ids = [id, ...collected.map((each) => each['id'])].flatMap((each) =>
		typeof each === 'string' && each.startsWith('wamid.') ? [each] : [],
	);
	if (ids.length === 0 || (event !== undefined && event !== 'message')) return null;
	const metadata = objectOf(json['metadata']);
	const [first = {}] = collected;
	return {
		contact:
			text(objectOf(contact)['waId']) ??
			text(objectOf(contact)['userId']) ??
			text(from) ??
			text(json['from_user_id']) ??
			text(first['from']) ??
			text(first['from_user_id']),
		phoneNumberId: text(json['phoneNumberId']) ?? text(metadata['phone_number_id']),
		messageIds: ids,
	};
}

const text = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' && !isObject(value) ? value : null;

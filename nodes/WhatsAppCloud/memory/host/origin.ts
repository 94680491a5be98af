import type { IDataObject, ISupplyDataFunctions } from 'n8n-workflow';
import { mostOutputs } from '../../trigger/settings/triggerOutputs';
import { listIn, objectOf, textOrNull } from '../../values/unknown';

/** What has started the execution, as its trigger tells it. */
export interface Origin {
	/** The person's number or user ID; null if no message has started it. */
	contact: string | null;
	phoneNumberId: string | null;
	/** IDs of the messages that have started it. */
	messageIds: string[];
	/**
	 * How many people the agent's items belong to. An item that cannot be traced may belong to any of
	 * those who have started the execution.
	 */
	people: number;
	/** How many items the agent has. */
	items: number;
}

/** A message from a person. */
interface Message extends Pick<Origin, 'contact' | 'phoneNumberId' | 'messageIds'> {
	/** Tells people apart, in whichever way each message names them. */
	personId: string | null;
}

type Host = Pick<ISupplyDataFunctions, 'getWorkflowDataProxy' | 'getParentNodes'>;

const triggerType = '.whatsAppCloudTrigger';

/**
 * Finds the messages that an agent answers: in its input, and in the triggers before it.
 *
 * @param itemIndex the item for which n8n asks; an agent's memory is asked for once, for all items
 */
export function originOf(host: Host, itemIndex: number): Origin {
	const proxy = host.getWorkflowDataProxy(itemIndex);
	const before = nameOf(() => objectOf(proxy['$prevNode'])['name']);
	const triggers = (before === null ? [] : host.getParentNodes(before))
		.filter(({ type }) => type.endsWith(triggerType))
		.map(({ name }) => name);
	const names = [...new Set([...triggers, ...(before === null ? [] : [before])])];
	const found = names
		.flatMap((name) => itemsOf(proxy, name))
		.flatMap((json) => messageIn(json) ?? []);
	const items = Math.max(1, listIn(tried(() => (proxy.$input as AllItems).all())).length);
	const messageOf = (index: number): Message | null => {
		const ofItem = index === itemIndex ? proxy : host.getWorkflowDataProxy(index);
		const [paired] = triggers.flatMap((name) => messageIn(pairedItemOf(ofItem, name)) ?? []);
		return messageIn(tried(() => ofItem.$json) ?? {}) ?? paired ?? null;
	};
	const traced = Array.from({ length: items }, (_, index) => messageOf(index));
	const possible = traced.includes(null) ? [...traced, ...found] : traced;
	const own = traced[itemIndex] ?? null;
	const main = own ?? found[0] ?? null;
	const messageIds = [
		...new Set([...(own?.messageIds ?? []), ...found.flatMap((each) => each.messageIds)]),
	];
	return {
		contact: main?.contact ?? null,
		phoneNumberId: main?.phoneNumberId ?? null,
		messageIds,
		people: new Set(possible.flatMap((each) => each?.personId ?? [])).size,
		items,
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

interface AllItems {
	all(output?: number): unknown;
}

interface NodeInProxy extends AllItems {
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
function messageIn(json: IDataObject): Message | null {
	const { event, id, from, contact, messages } = json;
	const collected = listIn(messages).map(objectOf);
	const ids = [id, ...collected.map((each) => each['id'])].flatMap((each) =>
		typeof each === 'string' && each.startsWith('wamid.') ? [each] : [],
	);
	if (ids.length === 0 || (event !== undefined && event !== 'message')) return null;
	const metadata = objectOf(json['metadata']);
	const [first = {}] = collected;
	const waId =
		textOrNull(objectOf(contact)['waId']) ?? textOrNull(from) ?? textOrNull(first['from']);
	const userId =
		textOrNull(objectOf(contact)['userId']) ??
		textOrNull(json['from_user_id']) ??
		textOrNull(first['from_user_id']);
	return {
		contact: waId ?? userId,
		phoneNumberId: textOrNull(json['phoneNumberId']) ?? textOrNull(metadata['phone_number_id']),
		messageIds: ids,
		personId: userId ?? waId,
	};
}

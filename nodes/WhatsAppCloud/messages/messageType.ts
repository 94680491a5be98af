import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { refuseOutsideWindow } from '../fields/outsideWindow';
import { shownFor } from '../fields/shownFor';
import { reportNoChoice } from '../values/choice';
import { readAt } from '../values/schema/reading';
import type { Problems } from '../values/schema/singleStep';
import type { Recipient } from '../values/recipient';
import { rowOf } from '../values/row';

/**
 * The part of a `POST /messages` body that depends on the type: `{type: 'text', text: {…}}`.
 * Envelope members in it, such as `product_policy`, win over those of the send.
 */
export type MessageContent = { type: string } & Record<string, unknown>;

/** Parts of the envelope that the content itself defines, instead of the shared fields. */
export interface OwnEnvelope {
	/** The edge of the phone number to send to; `messages` by default. */
	endpoint?: 'messages' | 'marketing_messages';
	/** The recipient that the content itself names, instead of the Recipient field. */
	recipient?: Recipient;
}

/** One message type: what the editor shows, what is allowed, what goes over the wire. */
export interface MessageType<Schema extends z.ZodType = z.ZodType> {
	/** Editor fields, without the sender, recipient and options that all types share. */
	fields: INodeProperties[];
	/** The parameter that chooses between several types, if this comes from `chooseMessage`. */
	choice?: { parameter: string; variants: Record<string, MessageVariant> };
	/** Entries for the node's Options collection that only this type has. */
	options?: INodeProperties[];
	/** Checks the values of those fields, by their parameter names. */
	schema: Schema;
	/**
	 * Turns checked values into the wire form; a list if one text becomes several messages. Pure and
	 * total.
	 */
	build(values: z.output<Schema>): MessageContent | MessageContent[];
	/** What the item of a message says besides what all items say. Pure and total. */
	details?(values: z.output<Schema>): Record<string, unknown>;
	/** For the few types with their own envelope. Pure and total. */
	envelope?(values: z.output<Schema>): OwnEnvelope;
	/**
	 * Reports what Meta does not accept outside the recipient's window; see
	 * `fields/outsideWindow.ts`. A type without this function cannot be sent that way.
	 */
	outsideWindow?(values: z.output<Schema>, problems: Problems): void;
}

/** Infers the exact types of a message type. */
export function defineMessage<Schema extends z.ZodType>(
	messageType: MessageType<Schema>,
): MessageType<Schema> {
	return messageType;
}

/** A message type that is one of the choices of a parameter such as `interactiveType`. */
export interface MessageVariant<Schema extends z.ZodType = z.ZodType> extends MessageType<Schema> {
	/** Title Case, as the editor lists it. */
	name: string;
	description?: string;
}

/** The same as `defineMessage`, for one of several choices. */
export function defineVariant<Schema extends z.ZodType>(
	variant: MessageVariant<Schema>,
): MessageVariant<Schema> {
	return variant;
}

/**
 * Joins several message types into one, with a parameter to choose between them. A variant's fields
 * show only for its own value; the chosen variant checks and builds.
 *
 * @param parameter stored name and label of the choice; keys of `variants` are its stored values
 */
export function chooseMessage(
	parameter: Pick<INodeProperties, 'name' | 'displayName' | 'description'> & { default: string },
	variants: Record<string, MessageVariant>,
): MessageType<z.ZodType<Record<string, unknown>>> {
	const { name } = parameter;
	const entries = Object.entries(variants);
	const choice: INodeProperties = {
		...parameter,
		type: 'options',
		options: entries.map(([value, variant]) => ({
			name: variant.name,
			value,
			...(variant.description === undefined ? {} : { description: variant.description }),
		})),
	};
	const chosen = (values: Record<string, unknown>): MessageVariant | undefined => {
		const value = values[name];
		return typeof value === 'string' && Object.hasOwn(variants, value)
			? variants[value]
			: undefined;
	};

	const known = (values: Record<string, unknown>): MessageVariant => {
		const message = chosen(values);
		if (message === undefined) throw new RangeError(`No message type ${String(values[name])}`);
		return message;
	};

	return {
		choice: { parameter: name, variants },
		fields: [choice, ...entries.flatMap(([value, { fields }]) => shownFor(fields, name, value))],
		options: entries.flatMap(([value, { options = [] }]) => shownFor(options, `/${name}`, value)),
		schema: rowOf((values, context): Record<string, unknown> => {
			const message = chosen(values);
			if (message === undefined) {
				reportNoChoice(context, [name], Object.keys(variants), values[name]);
				return z.NEVER;
			}
			const read = readAt(message.schema, values, [], context);
			return read === undefined
				? z.NEVER
				: { ...(read as Record<string, unknown>), [name]: values[name] };
		}),
		build: (values) => known(values).build(values),
		envelope: (values) => known(values).envelope?.(values) ?? {},
		outsideWindow: (values, problems) => {
			const variant = known(values);
			if (variant.outsideWindow === undefined) refuseOutsideWindow(variant.name, problems);
			else variant.outsideWindow(values, problems);
		},
	};
}

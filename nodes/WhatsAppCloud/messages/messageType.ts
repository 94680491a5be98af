import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';

/** The part of a `POST /messages` body that depends on the type: `{type: 'text', text: {…}}`. */
export type MessageContent = { type: string } & Record<string, unknown>;

/** One message type: what the editor shows, what is allowed, what goes over the wire. */
export interface MessageType<Schema extends z.ZodType = z.ZodType> {
	/** Fields of the editor, without the sender and recipient that all types share. */
	fields: INodeProperties[];
	/** Checks the values of those fields, by their parameter names. */
	schema: Schema;
	/** Turns checked values into the wire form. Pure and total. */
	build(values: z.output<Schema>): MessageContent;
}

/** Gives a message type its exact types. */
export function defineMessage<Schema extends z.ZodType>(
	messageType: MessageType<Schema>,
): MessageType<Schema> {
	return messageType;
}

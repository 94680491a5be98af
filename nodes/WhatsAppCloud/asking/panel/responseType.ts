import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';

import type { MessageContent } from '../../messages/messageType';
import type { Step } from '../../questions/question';

/** What all steps of a question share. */
export interface SharedTexts {
	/** What is asked. */
	message: string;
	/** Sent after a wrong answer; empty: it is asked again as it was. */
	retryText: string;
}

/** What a choice in the panel asks. */
export interface Asks {
	steps: Step[];
	/** The message that asks, if the first step has none of its own; it names its question. */
	opening?: (questionId: string) => MessageContent;
}

/** One of the kinds of answer that the panel offers. */
export interface ResponseType<Schema extends z.ZodType = z.ZodType> {
	/** Title Case. */
	name: string;
	description: string;
	fields: INodeProperties[];
	/** Checks the values of these fields, by name. */
	schema: Schema;
	/** What is asked. Pure and total. */
	ask(values: z.output<Schema>, texts: SharedTexts): Asks;
}

/** Infers the exact types of a kind of answer. */
export const defineResponse = <Schema extends z.ZodType>(
	type: ResponseType<Schema>,
): ResponseType<Schema> => type;

/** The only step of a question, whose answer needs no name. */
export const onlyStep = ({ message, retryText }: SharedTexts, wanted: Step['wanted']): Asks => ({
	steps: [{ name: 'answer', text: message, wanted, retryText }],
});

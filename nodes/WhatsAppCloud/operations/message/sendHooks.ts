import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../../node/run';
import type { OutgoingMessage, SendResult } from '../../sending/attempt/outcome';
import type { Recipient } from '../../values/recipient';
import type { SendValues } from './prepare';

/** A message whose values are checked and which has not been built yet. */
export interface CheckedMessage {
	values: SendValues;
	recipient: Recipient;
	/** The recipient as written; empty if the message itself names it. */
	written: string;
	itemIndex: number;
}

/** What an operation adds to a send. All of it may look things up at Meta. */
export interface SendHooks {
	/**
	 * Completes the checked values before the message is built.
	 *
	 * @throws Problem if the message must not be sent
	 */
	complete?(run: Run, values: SendValues): Promise<SendValues>;
	/** For a message that is only shown. */
	preview?: {
		isWanted(values: SendValues): boolean;
		/**
		 * The item that takes the place of the message.
		 *
		 * @throws Problem if the message could not be sent like this
		 */
		show(run: Run, message: CheckedMessage): Promise<IDataObject>;
	};
	/** The result of a message, with an error that says more. Never throws. */
	explain?(run: Run, message: OutgoingMessage, result: SendResult): Promise<SendResult>;
}

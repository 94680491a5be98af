import { checkPersonOutside } from '../../fields/outsideWindow';
import type { SendOptions } from '../../fields/sendOptions';
import type { Run } from '../../node/run';
import type { Recipient } from '../../values/recipient';

/** A message that is about to be prepared. */
interface IntendedMessage {
	run: Run;
	recipient: Recipient;
	options: SendOptions;
}

/** Decides whether a message may be sent; throws a Problem if not. */
type SendRule = (message: IntendedMessage) => void | Promise<void>;

const recipientOutsideWindow: SendRule = ({ recipient, options }) =>
	checkPersonOutside(recipient, options.outsideWindow);

/**
 * Run in this order before anything is uploaded, recorded or sent for a message. If all messages
 * are recorded first, they run then and again when the message's turn comes.
 */
export const sendRules: readonly SendRule[] = [recipientOutsideWindow];
